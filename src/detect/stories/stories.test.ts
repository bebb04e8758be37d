import { expect, test } from 'vitest'
import { loadDetections } from '../catalogue.ts'
import { createEngine } from '../engine/engine.ts'
import { cloudTrailEvent } from '../read/cloudtrail.ts'
import { background } from './background.ts'
import { hijacking } from './hijacking.ts'
import { others } from './others.ts'
import { pressing, scoreStories } from './story.ts'

const detections = await loadDetections()
const stories = [...hijacking, ...others]

test.each(stories.filter(({ attack }) => attack))('sees the attack $id', (story) => {
  const ids = pressing(detections, story).map(({ detection }) => detection)
  expect(ids).toEqual(expect.arrayContaining([...story.expects]))
})

test.each(stories.filter(({ attack }) => !attack))('calls nobody for $id', (story) => {
  expect(pressing(detections, story).map(({ detection, severity, evidence }) => `${severity} ${detection} ${evidence[0]!.eventName}`)).toEqual([])
})

test('precision and recall of every category are whole', () => {
  const scores = scoreStories(detections, stories)
  expect(scores.map(({ category, precision, recall }) => ({ category, precision, recall }))).toEqual(scores.map(({ category }) => ({ category, precision: 1, recall: 1 })))
  expect(scores.every(({ attacks, benign }) => attacks > 0 && benign > 0)).toBe(true)
})

test('a million ordinary records raise nothing above low', () => {
  const engine = createEngine({ detections })
  for (const record of background(1_000_000)) engine.feed(cloudTrailEvent(record)!)
  expect(engine.alerts().filter(({ severity }) => severity !== 'low' && severity !== 'info').map(({ detection, severity }) => `${severity} ${detection}`)).toEqual([])
  expect(engine.counts().events).toBe(1_000_000)
})
