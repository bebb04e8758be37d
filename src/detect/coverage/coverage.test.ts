import { expect, test } from 'vitest'
import { loadDetections } from '../catalogue.ts'
import { noFacts, type LogSettings } from '../estate.ts'
import { coverageGaps } from './coverage.ts'

const detections = await loadDetections()
const gaps = (settings: Partial<LogSettings>) => coverageGaps(detections, { ...noFacts, settings: [{ account: '111122223333', region: 'us-east-1', ...settings }] })
const of = (id: string, settings: Partial<LogSettings>) => gaps(settings).find(({ detection }) => detection === id)

test('a detection without its log can never fire, and the setting is named', () => {
  expect(of('bedrock-guardrail-deleted', { trail: false })).toMatchObject({ state: 'off', region: 'us-east-1' })
  expect(of('bedrock-guardrail-deleted', { trail: true })).toBeUndefined()
  expect(of('bedrock-validation-probing', { trail: true, readEvents: false })?.needs).toContain('read-only')
  expect(of('knowledge-base-bulk-retrieval', { trail: true, dataEvents: ['AWS::Bedrock::AgentAlias'] })).toMatchObject({ state: 'off', needs: expect.stringContaining('AWS::Bedrock::KnowledgeBase') as string })
  expect(of('knowledge-base-bulk-retrieval', { dataEvents: ['AWS::Bedrock::KnowledgeBase'] })).toBeUndefined()
  expect(of('invocation-prompt-injection', { invocationLogging: false })?.needs).toContain('invocation logging')
})

test('what was not read is unknown, not off', () => {
  expect(of('guardduty-ai-finding', {})?.state).toBe('unknown')
  expect(gaps({}).every(({ state }) => state === 'unknown')).toBe(true)
  expect(coverageGaps(detections, noFacts)).toEqual([])
})
