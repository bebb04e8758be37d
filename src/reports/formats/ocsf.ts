import { partitionOf } from '../../core/arn.ts'
import type { Finding } from '../../model/finding.ts'
import { risks } from '../../model/risk.ts'
import type { Severity } from '../../model/severity.ts'
import { defineFormat } from '../format.ts'

/** OCSF's numbers for severities. */
export const ocsfSeverity: Readonly<Record<Severity, { readonly id: number, readonly name: string }>> = {
  info: { id: 1, name: 'Informational' }, low: { id: 2, name: 'Low' }, medium: { id: 3, name: 'Medium' }, high: { id: 4, name: 'High' }, critical: { id: 5, name: 'Critical' },
}

/** Findings as OCSF 1.6.0 Compliance Findings (class 2003), a JSON array. Times are milliseconds, as OCSF has them. */
export default defineFormat({
  id: 'ocsf',
  title: 'OCSF 1.6.0 compliance findings',
  mediaType: 'application/json',
  render: ({ findings, suppressed, estate }) =>
    `${JSON.stringify([...findings, ...suppressed].map((finding) => complianceFinding(finding, Date.parse(estate.header.takenAt))), undefined, 2)}\n`,
})

const complianceFinding = (finding: Finding, time: number) => {
  const { id, name } = ocsfSeverity[finding.severity]
  return {
    activity_id: 1,
    activity_name: 'Create',
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2003,
    class_name: 'Compliance Finding',
    type_uid: 200_301,
    type_name: 'Compliance Finding: Create',
    time,
    severity_id: id,
    severity: name,
    status_id: finding.suppression === undefined ? 1 : 3,
    status: finding.suppression === undefined ? 'New' : 'Suppressed',
    message: `${finding.title}: ${finding.resourceName}`,
    metadata: {
      product: { name: 'Bartizan', vendor_name: 'Bartizan', feature: { uid: finding.check, name: finding.title } },
      version: '1.6.0',
      profiles: ['cloud'],
      event_code: finding.check,
    },
    cloud: { provider: 'AWS', region: finding.region, account: { uid: finding.account, type_id: 10, type: 'AWS Account' } },
    finding_info: {
      uid: finding.fingerprint,
      title: finding.title,
      desc: finding.why,
      types: [finding.pillar, risks[finding.risk].title],
    },
    compliance: { control: controlOf(finding), status_id: 3, status: 'Fail', standards: ['Bartizan'] },
    remediation: { desc: finding.fix },
    resources: [{
      uid: finding.resource,
      name: finding.resourceName,
      type: finding.resourceType,
      region: finding.region,
      cloud_partition: partitionOf(finding.region),
      labels: Object.entries(finding.tags).map(([key, value]) => `${key}=${value}`),
    }],
    evidences: finding.evidence.map(({ pointer, value, resource }) => ({ data: { resource, pointer, value: value ?? null } })),
    unmapped: { also: finding.also, ...finding.suppression === undefined ? {} : { suppression: finding.suppression } },
  }
}

/** The Security Hub control where AWS has one for the same thing, else our own check. */
const controlOf = ({ also, check }: Finding): string =>
  also.find((alias) => alias.startsWith('securityhub:'))?.slice('securityhub:'.length) ?? check
