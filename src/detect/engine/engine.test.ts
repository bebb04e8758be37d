import { expect, test } from 'vitest'
import { loadDetections } from '../catalogue.ts'
import { eventsIn } from '../read/decode.ts'
import { call, invoke, repeat, user } from '../records.ts'
import type { LogRecord } from '../event.ts'
import { createEngine, type EngineState } from './engine.ts'

const detections = await loadDetections()
const key = user('build-bot')
const counted = (records: readonly LogRecord[], id: string, state?: EngineState) => {
  const engine = createEngine({ detections: detections.filter((detection) => detection.id === id), ...(state !== undefined && { state }) })
  for (const record of records) for (const event of eventsIn(record)) engine.feed(event)
  return { counts: engine.alerts().map(({ count }) => count), engine }
}

const many = repeat(1500, 2, (at) => invoke({ as: key, at }))

test('a record counts once in an alert, however many windows it stands in', () => {
  expect(counted(many, 'bedrock-high-frequency-model').counts).toEqual([1500])
  expect(counted([...many, ...many], 'bedrock-high-frequency-model').counts).toEqual([1500])
})

test('a restart in between counts the same', () => {
  const state = JSON.parse(JSON.stringify(counted(many.slice(0, 700), 'bedrock-high-frequency-model').engine.state())) as EngineState
  expect(counted(many.slice(650), 'bedrock-high-frequency-model', state).counts).toEqual([1500])
})

test('late records count where they belong', () => {
  const late = [...many.filter((_, index) => index % 7 > 0), ...many.filter((_, index) => index % 7 === 0)]
  expect(counted(late.slice(0, 900), 'bedrock-high-frequency-model').counts).toEqual([900])
})

test('a chain grows with each further step', () => {
  const opened = call('bedrock', 'PutFoundationModelEntitlement', { as: key, request: { modelId: 'm' } })
  expect(counted([opened, ...repeat(20, 5, (at) => invoke({ as: key, at: 60 + at }))], 'bedrock-enable-then-invoke').counts).toEqual([21])
})
