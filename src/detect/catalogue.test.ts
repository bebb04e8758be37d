import { describe, expect, test } from 'vitest'
import { loadDetections } from './catalogue.ts'
import { alertsOn, partsOf } from './example.ts'
import { needlesOf } from './read/needles.ts'
import { createEngine } from './engine/engine.ts'
import { estateOf, noFacts } from './estate.ts'
import type { LogRecord } from './event.ts'
import { createReader } from './read/reader.ts'

const detections = await loadDetections()

describe.each(detections)('$id', (detection) => {
  test('has examples of both kinds', () => {
    expect(detection.fires.length).toBeGreaterThan(0)
    expect(detection.quiet.length).toBeGreaterThan(0)
  })
  test.each(detection.fires.map((example, index) => ({ example, index })))('fires on example $index', ({ example }) => {
    const alerts = alertsOn([detection], example)
    expect(alerts.map(({ detection }) => detection)).toEqual([detection.id])
    expect(alerts[0]!.evidence.length).toBeGreaterThan(0)
  })
  test.each(detection.quiet.map((example, index) => ({ example, index })))('is quiet on example $index', ({ example }) => {
    expect(partsOf(example).records.length).toBeGreaterThan(0)
    expect(alertsOn([detection], example)).toEqual([])
  })
  test('does not mind the order or repetition of records', () => {
    for (const example of detection.fires) {
      const { records, facts } = partsOf(example)
      if (detection.when.kind === 'first' || detection.when.kind === 'spike') continue
      const alerts = alertsOn([detection], { records: [...records.toReversed(), ...records], facts })
      expect(alerts.map(({ detection }) => detection)).toEqual([detection.id])
    }
  })
  test('is found by the bytes of its records', async () => {
    for (const example of detection.fires) {
      const { records, facts } = partsOf(example)
      const estate = estateOf({ ...noFacts, ...facts })
      const engine = createEngine({ detections: [detection], estate })
      const reader = createReader(needlesOf([detection], estate), engine.feed)
      if (detection.log === 'cloudtrail') await reader.bytes(Buffer.from(JSON.stringify({ Records: records.filter(isCall) })), 'trail')
      await reader.bytes(Buffer.from(JSON.stringify(detection.log === 'cloudtrail' ? records.filter((record) => !isCall(record)) : records)), 'log')
      expect(engine.alerts().map(({ detection }) => detection)).toEqual([detection.id])
    }
  })
})

const isCall = (record: LogRecord): boolean => 'eventSource' in record

test('ids are unique and say what they are', () => {
  const ids = detections.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.filter((id) => !/^[a-z0-9]+(?:-[a-z0-9]+)+$/.test(id))).toEqual([])
})

test('techniques are ids of ATT&CK or ATLAS', () => {
  for (const { id, techniques } of detections) {
    for (const technique of techniques) expect(technique, id).toMatch(/^(?:T\d{4}(?:\.\d{3})?|AML\.T\d{4}(?:\.\d{3})?)$/)
  }
})
