import { partitionOf } from '../../core/arn.ts'
import type { Finding } from '../../model/finding.ts'
import { defineFormat } from '../format.ts'

const severityLabels = { info: 'INFORMATIONAL', low: 'LOW', medium: 'MEDIUM', high: 'HIGH', critical: 'CRITICAL' } as const

const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length - 1)}…` : text)

/** Findings in the AWS Security Finding Format (2018-10-08), ready for BatchImportFindings. */
export default defineFormat({
  id: 'asff',
  title: 'AWS Security Finding Format, for Security Hub',
  mediaType: 'application/json',
  render: ({ findings, estate }) => `${JSON.stringify({ Findings: findings.map((finding) => securityFinding(finding, estate.header.takenAt)) }, undefined, 2)}\n`,
})

const securityFinding = (finding: Finding, time: string) => {
  const region = finding.region === 'global' || finding.region === '' ? 'us-east-1' : finding.region
  const partition = partitionOf(region)
  const label = severityLabels[finding.severity]
  return {
    SchemaVersion: '2018-10-08',
    Id: `bartizan/${finding.fingerprint}`,
    ProductArn: `arn:${partition}:securityhub:${region}:${finding.account}:product/${finding.account}/default`,
    ProductFields: { 'bartizan/check': finding.check, 'bartizan/risk': finding.risk },
    GeneratorId: cut(`bartizan/${finding.check}`, 512),
    AwsAccountId: finding.account,
    Types: ['Software and Configuration Checks/AWS Security Best Practices'],
    CreatedAt: time,
    UpdatedAt: time,
    Severity: { Label: label },
    Title: cut(finding.title, 256),
    Description: cut(finding.why, 1024),
    Remediation: { Recommendation: { Text: cut(finding.fix, 512) } },
    Resources: [{
      Type: 'Other',
      Id: cut(finding.resource, 512),
      Partition: partition,
      Region: region,
      Details: { Other: { type: finding.resourceType, name: cut(finding.resourceName, 1024) } },
    }],
    Compliance: { Status: 'FAILED' },
    Workflow: { Status: 'NEW' },
    RecordState: 'ACTIVE',
    FindingProviderFields: { Severity: { Label: label }, Types: ['Software and Configuration Checks/AWS Security Best Practices'] },
  }
}
