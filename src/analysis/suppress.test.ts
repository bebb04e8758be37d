import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Finding } from '../model/finding.ts'
import { readMutes } from './mutes.ts'
import { noSilence, silence } from './suppress.ts'

const finding = (more: Partial<Finding> = {}): Finding => ({
  fingerprint: 'f1', check: 'ai-bucket-versioning-logging', title: 'No versions', severity: 'medium', severityChanges: [], risk: 'data-poisoning', pillar: 'data',
  resource: 'arn:aws:s3:::ci-logs-replica', resourceType: 'AWS::S3::Bucket', resourceName: 'ci-logs-replica', account: '123456789012', region: 'eu-west-1',
  tags: {}, why: '', fix: '', evidence: [], also: ['prowler:s3_bucket_object_versioning', 'checkov:CKV_AWS_21'], paths: [], ...more,
})
const muted = (yaml: string, one: Finding, takenAt = '2026-01-01T00:00:00Z') =>
  silence([one], { ...noSilence, mutes: readMutes(parse(yaml, { uniqueKeys: false }), 'mutes.yaml') }, takenAt)
const isMuted = (yaml: string, one = finding()): boolean => muted(yaml, one).suppressed.length === 1

const own = (more = '') => `mute: [{ check: ai-bucket-*, resource: "ci-*", reason: copies, owner: platform, expires: 2026-06-30${more} }]`

test('mutes by check, resource, account, region and tag, until the day it expires', () => {
  expect(muted(own(), finding()).suppressed[0]?.suppression).toEqual({ by: 'mute', reason: 'copies', owner: 'platform', expires: '2026-06-30' })
  expect(isMuted(own(), finding({ resource: 'arn:aws:s3:::models', resourceName: 'models' }))).toBe(false)
  expect(isMuted(own(', account: "999988887777"'))).toBe(false)
  expect(isMuted(own(', tags: ["stage=*"]'), finding({ tags: { stage: 'test' } }))).toBe(true)
  expect(isMuted(own(', tags: ["stage=*"]'))).toBe(false)
  expect(muted(own(), finding(), '2026-06-30T23:59:59Z').suppressed).toHaveLength(1)
})

test('tells of a mute that expired, and counts its findings again', () => {
  const { kept, expired } = muted(own(), finding(), '2026-07-01T00:00:00Z')
  expect(kept).toHaveLength(1)
  expect(expired).toEqual([{ place: 'mutes.yaml: mute/0', owner: 'platform', expires: '2026-06-30', findings: 1 }])
  expect(muted(own(), finding({ check: 'other', also: [] }), '2026-07-01T00:00:00Z').expired).toEqual([])
})

test('takes a name of others for a check', () => {
  expect(isMuted('mute: [{ check: CKV_AWS_21, reason: copies, owner: platform, expires: 2026-06-30 }]')).toBe(true)
})

test('refuses a mute that says too little, or a word that it does not know', () => {
  const wrong = (yaml: string) => () => readMutes(parse(yaml), 'mutes.yaml')
  expect(wrong('mute: [{ check: a, owner: b, expires: 2026-06-30 }]')).toThrow('mute/0 gives no reason')
  expect(wrong('mute: [{ check: a, reason: b, expires: 2026-06-30 }]')).toThrow('mute/0 names no owner')
  expect(wrong('mute: [{ check: a, reason: b, owner: c }]')).toThrow('needs "expires" as a date')
  expect(wrong(own(', resourse: x'))).toThrow('unknown field "resourse"; did you mean "resource"?')
  expect(wrong('rules: []')).toThrow('neither "mute" nor "Mutelist"')
})

test('silences what stands in a baseline', () => {
  const baseline = new Set(['f1'])
  expect(silence([finding(), finding({ fingerprint: 'f2' })], { mutes: [], baseline }, '2026-01-01').kept.map(({ fingerprint }) => fingerprint)).toEqual(['f2'])
})

test('silences what a comment ignores, by our name or that of others, while it holds', () => {
  const ignored = (check: string, until?: string) =>
    silence([finding()], noSilence, '2026-01-01', () => [{ check, reason: 'copies', ...(until === undefined ? {} : { until }) }]).suppressed.length
  expect([ignored('ai-bucket-versioning-logging'), ignored('CKV_AWS_21'), ignored('other'), ignored('CKV_AWS_21', '2025-12-31')]).toEqual([1, 1, 0, 0])
})

test('tells of a comment that expired', () => {
  const { kept, expired } = silence([finding()], noSilence, '2026-01-01', () => [{ check: 'CKV_AWS_21', reason: 'copies', until: '2025-12-31' }])
  expect(kept).toHaveLength(1)
  expect(expired).toEqual([{ place: 'bartizan:ignore CKV_AWS_21 on arn:aws:s3:::ci-logs-replica', expires: '2025-12-31', findings: 1 }])
})

/** In the form of Prowler's documentation: patterns anywhere in the text, tags all of which must be there. */
const prowler = (rule: string, account = '*', check = 's3_bucket_object_versioning') => `
Mutelist:
  Accounts:
    "${account}":
      Checks:
        "${check}":
${rule.split('\n').map((line) => `          ${line}`).join('\n')}
`
const everywhere = (resource: string, more = '') => prowler(`Regions: ["*"]\nResources: ["${resource}"]\n${more}`)

test('reads patterns of Prowler as regular expressions anywhere in the text', () => {
  for (const pattern of ['ci-logs', 'logs', '.+-logs', '^ci-', '*']) expect(isMuted(everywhere(pattern)), pattern).toBe(true)
  for (const pattern of ['^logs', 'ci-logs$', 'qa-.+']) expect(isMuted(everywhere(pattern)), pattern).toBe(false)
  expect(isMuted(prowler('Regions: [us-east-1]\nResources: ["*"]'))).toBe(false)
  expect(isMuted(prowler('Regions: ["eu-.*"]\nResources: ["*"]', '123456789012', 's3_*'))).toBe(true)
  expect(isMuted(prowler('Regions: ["*"]\nResources: ["*"]', '999988887777'))).toBe(false)
  expect(isMuted(prowler('Regions: ["*"]\nResources: ["*"]', '*', '*'), finding({ also: [] }))).toBe(true)
})

test('wants all tags of a Prowler list, and one side of an alternative', () => {
  const rule = everywhere('*', 'Tags: ["test=test", "project=test|project=stage"]')
  expect(isMuted(rule, finding({ tags: { test: 'test', project: 'stage' } }))).toBe(true)
  expect(isMuted(rule, finding({ tags: { test: 'test' } }))).toBe(false)
})

test('leaves exceptions of a Prowler list alone', () => {
  expect(isMuted(everywhere('*', 'Exceptions: { Accounts: ["123456789012"], Regions: [eu-west-1, eu-south-2] }'))).toBe(false)
  expect(isMuted(everywhere('*', 'Exceptions: { Accounts: ["123456789012"], Regions: [us-east-1] }'))).toBe(true)
  expect(isMuted(everywhere('*', 'Exceptions: { Resources: [replica], Tags: ["environment=prod"] }'))).toBe(true)
  expect(isMuted(everywhere('*', 'Exceptions: { Resources: [replica], Tags: ["environment=prod"] }'), finding({ tags: { environment: 'prod' } }))).toBe(false)
})

test('ends the list of an account at an exception', () => {
  const all = 'Regions: ["*"], Resources: ["*"]'
  const list = (first: string, second: string) => `Mutelist: { Accounts: { "*": { Checks: { "s3_*": { ${first} }, "*": { ${second} } } } } }`
  expect(isMuted(list(`${all}, Exceptions: { Regions: [eu-west-1] }`, all))).toBe(false)
  expect(isMuted(list(all, `${all}, Exceptions: { Regions: [eu-west-1] }`))).toBe(true)
})

test('takes the last of accounts that a Prowler list names twice, and its older names', () => {
  const twice = `Mute List:
  Accounts:
    "*": { Checks: { "iam_*": { Regions: ["*"], Resources: ["*"] } } }
    "*": { Checks: { "s3_*": { Regions: ["*"], Resources: ["*"], Description: copies } } }
`
  expect(muted(twice, finding()).suppressed[0]?.suppression?.reason).toBe('copies')
})

test('refuses patterns that are none, or that could take for ever', () => {
  const wrong = (pattern: string) => () => isMuted(everywhere(pattern))
  expect(wrong('logs(')).toThrow('"logs(" is not a regular expression')
  expect(wrong('(a+)+$')).toThrow('too involved')
  expect(() => isMuted(prowler('Regions: ["*"]'))).toThrow('needs "Resources" as a list')
})
