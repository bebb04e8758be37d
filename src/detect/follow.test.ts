import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { loadDetections } from './catalogue.ts'
import { createEngine, type EngineState } from './engine/engine.ts'
import { loadBaseline, loadState, saveBaseline, saveState } from './engine/state-file.ts'
import { estateOf, noFacts } from './estate.ts'
import { follow, objectsIn, type QueueMessage } from './follow.ts'
import { eventsIn } from './read/decode.ts'
import { needlesOf } from './read/needles.ts'
import { createReader } from './read/reader.ts'
import { invoke, OPUS, user } from './records.ts'
import { hijacking } from './stories/hijacking.ts'

const detections = await loadDetections()
const needles = needlesOf(detections, estateOf(noFacts))
const story = hijacking.find(({ id }) => id === 'key-checker')!.records
const notice = (key: string): string => JSON.stringify({ Records: [{ s3: { bucket: { name: 'trail' }, object: { key: encodeURIComponent(key) } } }] })

/** A queue that gives a message again until it is removed, and an account that can be killed at any point. */
const world = () => {
  const objects = new Map(story.map((record, index) => [`AWSLogs/1/part ${index}.json.gz`, gzipSync(JSON.stringify({ Records: [record] }))]))
  const queued = new Map([...objects.keys()].map((key, index) => [`r${index}`, { body: notice(key), receipt: `r${index}` }]))
  return { objects, queued }
}

const runUntil = async (w: ReturnType<typeof world>, path: string, killAt: 'before save' | 'before remove' | 'never', batches: number) => {
  const state = await loadState(path)
  const engine = createEngine({ detections, ...(state !== undefined && { state }) })
  const reader = createReader(needles, engine.feed)
  const stop = new AbortController()
  let left = batches
  const killed = new Error('killed')
  await follow({
    engine, reader, signal: stop.signal, trouble: (text) => { throw new Error(text) },
    bucket: { list: async () => [], get: async (uri) => w.objects.get(uri.slice('s3://trail/'.length))! },
    queue: {
      receive: async (): Promise<readonly QueueMessage[]> => {
        if (w.queued.size === 0) stop.abort()
        return [...w.queued.values()].slice(0, 4)
      },
      remove: async (messages) => {
        if (killAt === 'before remove' && left === 0) throw killed
        for (const { receipt } of messages) w.queued.delete(receipt)
      },
    },
    save: async () => {
      if (--left === 0 && killAt === 'before save') throw killed
      await saveState(path, engine.state())
    },
    report: async () => false,
  }).catch((error: unknown) => { if (error !== killed) throw error })
  return engine
}

const uids = (engine: { alerts: () => readonly { uid: string, count: number }[] }) => engine.alerts().map(({ uid, count }) => `${uid} ${count}`).sort()

test.each(['before save', 'before remove'] as const)('a kill %s loses nothing and alerts nothing twice', async (killAt) => {
  const folder = await mkdtemp(join(tmpdir(), 'follow-'))
  const whole = await runUntil(world(), join(folder, 'whole'), 'never', 1000)
  const w = world()
  await runUntil(w, join(folder, 'state'), killAt, 3)
  expect(w.queued.size).toBeGreaterThan(0)
  const after = await runUntil(w, join(folder, 'state'), 'never', 1000)
  expect(uids(after)).toEqual(uids(whole))
  expect(w.queued.size).toBe(0)
})

test('objects are found in every kind of message', () => {
  expect(objectsIn(notice('a b/c.gz'))).toEqual(['s3://trail/a b/c.gz'])
  expect(objectsIn(JSON.stringify({ Message: notice('x') }))).toEqual(['s3://trail/x'])
  expect(objectsIn(JSON.stringify({ detail: { bucket: { name: 'b' }, object: { key: 'k' } } }))).toEqual(['s3://b/k'])
  expect(objectsIn(JSON.stringify({ s3Bucket: 'b', s3ObjectKey: ['k1', 'k2'] }))).toEqual(['s3://b/k1', 's3://b/k2'])
  expect(objectsIn('not json')).toEqual([])
  expect(objectsIn(JSON.stringify({ detail: invoke() }))).toEqual([])
})

test('state survives a file, and damage is named', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'state-'))
  const engine = createEngine({ detections })
  for (const event of eventsIn(story.slice(0, 4))) engine.feed(event)
  await saveState(join(folder, 's'), engine.state())
  const again = createEngine({ detections, state: await loadState(join(folder, 's')) as EngineState })
  for (const event of eventsIn(story.slice(4))) again.feed(event)
  for (const event of eventsIn(story.slice(4))) engine.feed(event)
  expect(uids(again)).toEqual(uids(engine))
  await writeFile(join(folder, 'bad'), (await readFile(join(folder, 's'))).subarray(0, 40))
  await expect(loadState(join(folder, 'bad'))).rejects.toThrow('damaged')
  expect(await loadState(join(folder, 'none'))).toBeUndefined()
})

test('a learned baseline makes the first day quiet and the first stranger loud', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'learn-'))
  const first = detections.filter(({ id }) => id === 'bedrock-model-family-first-seen')
  const learner = createEngine({ detections: first, learning: true })
  for (const event of eventsIn([invoke({ as: user('bot') })])) learner.feed(event)
  expect(learner.alerts()).toEqual([])
  await saveBaseline(join(folder, 'b'), learner.baseline())
  const baseline = await loadBaseline(join(folder, 'b'))
  const engine = createEngine({ detections: first, ...(baseline !== undefined && { baseline }) })
  for (const event of eventsIn([invoke({ as: user('bot'), at: 60 }), invoke({ as: user('other'), at: 61, model: OPUS }), invoke({ as: user('bot'), at: 62, model: 'meta.llama3-70b-instruct-v1:0' })])) engine.feed(event)
  expect(engine.alerts().map(({ principal }) => principal)).toEqual(['arn:aws:iam::111122223333:user/bot'])
})

test('memory stays within its limits and says what it forgot', () => {
  const engine = createEngine({ detections, caps: { entries: 500, seen: 200, ids: 100 } })
  for (let i = 0; i < 3000; i++) for (const event of eventsIn(invoke({ as: user(`u${i}`), at: i, error: 'ValidationException', fields: { eventID: `e${i}` } }))) engine.feed(event)
  const { memory } = engine.state()
  expect(memory.windows.reduce((sum, [, entries]) => sum + entries.length, 0)).toBeLessThanOrEqual(600)
  expect(memory.seen.length).toBeLessThanOrEqual(210)
  expect(engine.counts().evicted).toBeGreaterThan(1000)
})
