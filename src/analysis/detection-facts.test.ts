import { expect, test } from 'vitest'
import { loadDetections } from '../detect/catalogue.ts'
import { alertsOn } from '../detect/example.ts'
import { ACCOUNT, call, invoke, role, user } from '../detect/records.ts'
import { demoSnapshot } from './demo.ts'
import { estateFacts } from './detection-facts.ts'

const facts = await estateFacts(demoSnapshot())
const detections = await loadDetections()
const arn = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`

test('principals of the sample estate lead on to targets', () => {
  expect(facts.reaches[arn('ml-admin')]![0]).toContain('takes over account')
  expect(facts.reaches[arn('support-kb')]!.join()).toContain('support-answers')
  expect(Object.values(facts.reaches).every((targets) => targets.length > 0 && targets.length < 8)).toBe(true)
})

test('storage is known by what it is to AI', () => {
  const uses = (bucket: string) => new Set(facts.stores.filter((store) => store.bucket === bucket).map(({ use }) => use))
  expect(uses('larkspur-support-docs')).toEqual(new Set(['knowledge base']))
  expect(uses('larkspur-models')).toEqual(new Set(['model']))
})

test('an alert says what the principal leads on to, and is raised for it', () => {
  const logging = call('bedrock', 'GetModelInvocationLoggingConfiguration', { as: role('ml-admin', 'x') })
  const alert = alertsOn(detections, { records: [logging, invoke({ as: role('ml-admin', 'x'), at: 60 })], facts }).find(({ detection }) => detection === 'bedrock-logging-query-then-invoke')
  expect(alert!.severity).toBe('high')
  expect(alert!.facts.join('\n')).toContain('an attack path goes on from it: takes over account')
})

test('who gains by passing a role is seen, others are not', () => {
  const passers = new Set(facts.stronger.map(({ caller, role: passed }) => `${caller} ${passed}`))
  expect(passers.size).toBeGreaterThan(0)
  expect(facts.stronger.find(({ role: passed }) => passed === arn('ml-admin'))!.gains[0]).toMatch(/^iam:/)
  const { caller, role: passed } = facts.stronger[0]!
  const name = caller.slice(caller.lastIndexOf('/') + 1)
  const as = caller.includes(':user/') ? user(name) : role(name, 'x')
  const alerts = (who: typeof as) => alertsOn(detections, { records: [call('sagemaker', 'CreateProcessingJob', { as: who, request: { roleArn: passed } })], facts }).map(({ detection }) => detection)
  expect(alerts(as)).toContain('ai-stronger-role-passed')
  expect(alerts(user('nobody'))).not.toContain('ai-stronger-role-passed')
})
