import { days, defineDetection } from '../../detection.ts'
import { BEDROCK, SAGEMAKER } from '../../names.ts'
import { ACCOUNT, invoke, user } from '../../records.ts'

const eve = user('build-bot')
const guardDuty = (type: string, severity = 8) => ({
  schemaVersion: '2.0', accountId: ACCOUNT, region: 'us-east-1', id: `f-${type}`, type, severity, title: type, createdAt: '2026-08-03T09:50:00Z', updatedAt: '2026-08-03T09:55:00Z',
  service: { serviceName: 'guardduty', eventFirstSeen: '2026-08-03T09:50:00Z' },
  resource: { resourceType: 'AccessKey', accessKeyDetails: { accessKeyId: String(eve.userIdentity['accessKeyId']), principalId: 'AIDAEXAMPLE', userName: 'build-bot', userType: 'IAMUser' } },
})
const hub = (title: string, type: string) => ({
  SchemaVersion: '2018-10-08', Id: `h-${type}`, ProductArn: 'arn:aws:securityhub:us-east-1::product/aws/guardduty', AwsAccountId: ACCOUNT, Region: 'us-east-1', Title: title, Types: [type],
  Severity: { Normalized: 70, Label: 'HIGH' }, UpdatedAt: '2026-08-03T09:55:00Z', CreatedAt: '2026-08-03T09:50:00Z', Resources: [{ Type: 'AwsIamAccessKey', Id: 'AWS::IAM::AccessKey:AKIAEXAMPLE' }],
})
const AI_TYPES = /AnomalousModelInvocation|CostHarvesting|PromptInjection|Bedrock|SageMaker/

/** What AWS's own detectors found, as evidence and to be joined with calls. */
export default [
  defineDetection({
    id: 'guardduty-ai-finding', title: 'GuardDuty found abuse of AI',
    risk: 'model-misuse', severity: 'high', techniques: ['T1496.004', 'AML.T0034', 'AML.T0051.000'], log: 'finding', source: 'findings',
    why: 'GuardDuty’s own models saw unusual calls of a model, a harvest of cost or an injection.',
    when: { kind: 'event', match: { eventSource: 'guardduty.amazonaws.com', eventName: { like: AI_TYPES } } },
    fires: [[guardDuty('Impact:IAMUser/CostHarvesting')]], quiet: [[guardDuty('Recon:EC2/PortProbeUnprotectedPort')]],
  }),
  defineDetection({
    id: 'securityhub-ai-finding', title: 'Security Hub holds a threat finding about AI',
    risk: 'model-misuse', severity: 'medium', techniques: ['T1496.004'], log: 'finding', source: 'findings',
    why: 'A product that reports to Security Hub saw a threat to Bedrock or SageMaker.',
    when: { kind: 'event', match: { eventSource: 'securityhub.amazonaws.com', eventName: { like: /^TTPs.*(?:AnomalousModelInvocation|CostHarvesting|PromptInjection|Bedrock|SageMaker)/ } } },
    fires: [[hub('Cost harvesting', 'TTPs/Impact/Impact:IAMUser-CostHarvesting')]], quiet: [[hub('S3 is public', 'Software and Configuration Checks/AWS Security Best Practices')]],
  }),
  defineDetection({
    id: 'finding-then-ai-call', title: 'Key with a credential finding calls AI',
    risk: 'model-misuse', severity: 'critical', techniques: ['T1078.004', 'AML.T0012', 'AML.T0040'],
    why: 'GuardDuty holds the key for stolen or misused, and it calls models.',
    respond: ['aws iam delete-access-key --user-name {user} --access-key-id {accessKey}'],
    when: {
      kind: 'set', ordered: true, atLeast: 2, by: ['accessKey'], within: days(2),
      steps: [
        { name: 'finding', match: { log: 'finding', eventName: { like: /CredentialExfiltration|MaliciousIPCaller|TorIPCaller|ConsoleLoginSuccess\.B|AnomalousBehavior|CompromisedCredentials|AttackSequence/ } } },
        { name: 'AI call', match: { eventSource: [BEDROCK, SAGEMAKER] } }],
    },
    fires: [[guardDuty('UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom'), invoke({ as: eve })]], quiet: [[guardDuty('UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom'), invoke({ as: user('other') })]],
  }),
]
