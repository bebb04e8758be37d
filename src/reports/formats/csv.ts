import type { Finding } from '../../model/finding.ts'
import { csvOf } from '../csv-rows.ts'
import { defineFormat } from '../format.ts'
import { factOf } from '../fact.ts'

/** Column names as Prowler has them, so that what reads its CSV reads ours. */
const columns: readonly (readonly [name: string, value: (finding: Finding) => string])[] = [
  ['FINDING_UID', ({ fingerprint }) => fingerprint],
  ['PROVIDER', () => 'aws'],
  ['CHECK_ID', ({ check }) => check],
  ['CHECK_TITLE', ({ title }) => title],
  ['STATUS', () => 'FAIL'],
  ['STATUS_EXTENDED', ({ evidence }) => evidence.map(factOf).join('; ')],
  ['MUTED', ({ suppression }) => (suppression === undefined ? 'False' : 'True')],
  ['SEVERITY', ({ severity }) => severity],
  ['PILLAR', ({ pillar }) => pillar],
  ['RISK', ({ risk }) => risk],
  ['ACCOUNT_UID', ({ account }) => account],
  ['REGION', ({ region }) => region],
  ['SERVICE_NAME', ({ resourceType }) => resourceType.split('::')[1] ?? ''],
  ['RESOURCE_TYPE', ({ resourceType }) => resourceType],
  ['RESOURCE_UID', ({ resource }) => resource],
  ['RESOURCE_NAME', ({ resourceName }) => resourceName],
  ['RESOURCE_TAGS', ({ tags }) => Object.entries(tags).map(([key, value]) => `${key}=${value}`).join(' | ')],
  ['RISK_DESCRIPTION', ({ why }) => why],
  ['REMEDIATION_RECOMMENDATION_TEXT', ({ fix }) => fix],
  ['ADDITIONAL_IDS', ({ also }) => also.join(' | ')],
  ['LOCATION', ({ location }) => (location === undefined ? '' : `${location.file}:${location.line ?? ''}`)],
]

/** Findings as semicolon-separated values with Prowler's column names. */
export default defineFormat({
  id: 'csv',
  title: 'CSV with Prowler\'s columns',
  mediaType: 'text/csv',
  render: ({ findings }) => csvOf([columns.map(([name]) => name), ...findings.map((finding) => columns.map(([, value]) => value(finding)))], ';'),
})
