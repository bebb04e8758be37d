import { partitionOf } from '../../core/arn.ts'
import type { Finding } from '../../model/finding.ts'
import { defineFormat } from '../format.ts'

const severityLabels = { info: 'INFORMATIONAL', low: 'LOW', medium: 'MEDIUM', high: 'HIGH', critical: 'CRITICAL' } as const

const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length - 1)}…` : text)

/** Security Hub takes no more tags of a resource. */
const mostTags = 50

/** Types that Security Hub has a name for; it takes any other for `Other`. */
const typesOfHub = new Set([
  'AwsAppSyncGraphQlApi', 'AwsCloudFrontDistribution', 'AwsCloudTrailTrail', 'AwsCodeBuildProject', 'AwsDynamoDbTable', 'AwsEc2Instance', 'AwsEc2LaunchTemplate', 'AwsEc2SecurityGroup', 'AwsEc2Subnet',
  'AwsEc2Volume', 'AwsEc2Vpc', 'AwsEcrRepository', 'AwsEcsCluster', 'AwsEcsService', 'AwsEcsTaskDefinition', 'AwsEksCluster', 'AwsIamAccessKey', 'AwsIamGroup', 'AwsIamPolicy', 'AwsIamRole', 'AwsIamUser',
  'AwsKmsKey', 'AwsLambdaFunction', 'AwsRdsDbCluster', 'AwsRdsDbInstance', 'AwsS3Bucket', 'AwsSageMakerNotebookInstance', 'AwsSecretsManagerSecret', 'AwsSqsQueue', 'AwsStepFunctionStateMachine',
])

/** `AWS::S3::Bucket` is `AwsS3Bucket`; the letters of some differ in case. */
const typeOf = (type: string): string => {
  const plain = type.replaceAll('::', '').replace('ManagedPolicy', 'Policy').toLowerCase()
  return [...typesOfHub].find((name) => name.toLowerCase() === plain) ?? 'Other'
}

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
    ProductName: 'Bartizan',
    CompanyName: 'Bartizan',
    ProductFields: { 'bartizan/check': finding.check, 'bartizan/risk': finding.risk, 'bartizan/pillar': finding.pillar, ...finding.also.length === 0 ? {} : { 'bartizan/also': cut(finding.also.join(' '), 1024) } },
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
      Type: typeOf(finding.resourceType),
      Id: cut(finding.resource, 512),
      Partition: partition,
      Region: region,
      ...Object.keys(finding.tags).length === 0 ? {} : { Tags: Object.fromEntries(Object.entries(finding.tags).slice(0, mostTags)) },
      Details: { Other: { type: finding.resourceType, name: cut(finding.resourceName, 1024) } },
    }],
    Compliance: { Status: 'FAILED' },
    Workflow: { Status: 'NEW' },
    RecordState: 'ACTIVE',
    FindingProviderFields: { Severity: { Label: label }, Types: ['Software and Configuration Checks/AWS Security Best Practices'] },
  }
}
