import { expect, test } from 'vitest'
import { loadDetections } from '../catalogue.ts'
import { eventsIn } from '../read/decode.ts'
import { call, user } from '../records.ts'
import { createEngine } from './engine.ts'
import { matchesGlob, readMutes, type Mute } from './mutes.ts'

const detections = (await loadDetections()).filter(({ id }) => id === 'bedrock-guardrail-deleted')
const muted = (mute: Mute, today = '2026-08-03') => {
  const engine = createEngine({ detections, mutes: [mute] })
  for (const event of eventsIn(call('bedrock', 'DeleteGuardrail', { as: user('ana') }))) engine.feed(event)
  return engine.alerts(today)[0]!.muted?.reason
}

test('a mute covers what it names until it expires', () => {
  expect(muted({ detection: 'bedrock-guardrail-*', reason: 'known' })).toBe('known')
  expect(muted({ principal: '*:user/ana', reason: 'known' })).toBe('known')
  expect(muted({ principal: '*:user/bob', reason: 'known' })).toBeUndefined()
  expect(muted({ account: '111122223333', region: 'eu-*', reason: 'known' })).toBeUndefined()
  expect(muted({ detection: '*', reason: 'known', expires: '2026-08-03' })).toBe('known')
  expect(muted({ detection: '*', reason: 'known', expires: '2026-08-02' })).toBeUndefined()
})

test('patterns', () => {
  expect(matchesGlob('a*c*', 'abcd')).toBe(true)
  expect(matchesGlob('a*bc', 'abc')).toBe(true)
  expect(matchesGlob('ab*ba', 'aba')).toBe(false)
  expect(matchesGlob('abc', 'abcd')).toBe(false)
})

test('wrong mutes are refused with the reason', () => {
  expect(readMutes({})).toMatchObject({ wrong: expect.stringContaining('list') as string })
  expect(readMutes([{ detection: 'x' }])).toMatchObject({ wrong: 'mute 1 has no reason' })
  expect(readMutes([{ reason: 'all' }])).toMatchObject({ wrong: expect.stringContaining('everything') as string })
  expect(readMutes([{ reason: 'r', detection: 'x', speling: 'y' }])).toMatchObject({ wrong: expect.stringContaining('speling') as string })
})
