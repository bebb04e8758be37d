import { byText } from '../core/text.ts'
import { actionOf, buildActions } from './actions.ts'
import { isOfType } from './call.ts'
import type { Catalogue } from './catalogue.ts'

/** Something that a principal did, as a log of it says. */
export interface Activity {
  readonly principal: string
  /** `s3:GetObject`. */
  readonly action: string
  /** ARN of what it was done to; absent or `*` when the log does not tell. */
  readonly resource?: string
}

export interface PolicyStatement { readonly Sid: string, readonly Effect: 'Allow', readonly Action: readonly string[], readonly Resource: readonly string[] }
export interface PolicyDocument { readonly Version: '2012-10-17', readonly Statement: readonly PolicyStatement[] }

/** Objects of one folder beyond which the policy names the folder. */
const fewObjects = 5

/** The least policy that allows what was done: one statement for each set of resources, sorted. Other principals' activity is left out. */
export const leastPrivilege = (activity: Iterable<Activity>, principal: string, catalogue?: Catalogue): PolicyDocument => {
  const table = buildActions(catalogue)
  const used = new Map<string, Set<string>>()
  for (const { principal: who, action, resource = '*' } of activity) {
    if (who !== principal || !/^[A-Za-z0-9-]+:[A-Za-z0-9]+$/.test(action)) continue
    const entry = actionOf(table, action)
    const takes = entry.facts === undefined || (entry.facts.resources?.length ?? 0) > 0
    const resources = used.get(entry.shown) ?? new Set()
    resources.add(takes && resource.startsWith('arn:') && fits(entry.service, entry.facts?.resources, resource, catalogue) ? escapeWildcards(resource) : '*')
    used.set(entry.shown, resources)
  }
  const grouped = new Map<string, { service: string, actions: string[], resources: string[] }>()
  for (const [action, resources] of used) {
    const service = action.slice(0, action.indexOf(':'))
    const list = resources.has('*') ? ['*'] : folders([...resources]).sort(byText)
    const key = `${service} ${list.join(' ')}`
    const group = grouped.get(key) ?? { service, actions: [], resources: list }
    group.actions.push(action)
    grouped.set(key, group)
  }
  const groups = [...grouped.values()].map((group) => ({ ...group, actions: group.actions.sort(byText) })).sort((a, b) => byText(a.actions[0]!, b.actions[0]!))
  return { Version: '2012-10-17', Statement: groups.map(({ service, actions, resources }, i) => (
    { Sid: `${service.replace(/[^a-z0-9]/gi, '')}${i + 1}`, Effect: 'Allow', Action: actions, Resource: resources })) }
}

/** A log names the bucket besides the object: only a resource of a type that the action takes can stand in its statement. */
const fits = (service: string, types: readonly { readonly type: string }[] | undefined, resource: string, catalogue: Catalogue | undefined): boolean => {
  const known = catalogue?.services[service]?.resources
  if (types === undefined || known === undefined) return true
  const arns = types.flatMap(({ type }) => known[type]?.arns ?? [])
  return arns.length === 0 || arns.some((arn) => isOfType(arn, resource))
}

/** A star or question mark in a resource's name is itself, not a wildcard. */
const escapeWildcards = (resource: string): string => resource.replace(/[*?]/g, (character) => `\${${character}}`)

/** Many objects of one folder of a bucket become the folder. */
const folders = (resources: readonly string[]): string[] => {
  const byFolder = Map.groupBy(resources, (resource) => (/^arn:[^:]+:s3:::[^/]+\//.test(resource) ? resource.slice(0, resource.lastIndexOf('/') + 1) : resource))
  return [...byFolder].flatMap(([folder, members]) => (members.length > fewObjects ? [`${folder}*`] : members))
}

/** A policy as JSON, or as a template that attaches it to a role or a user, which is given by its ARN or, of a role, its name. */
export const renderPolicy = (document: PolicyDocument, format: 'json' | 'cloudformation' | 'terraform', name: string, principal: string): string => {
  const kind = principal.includes(':user/') ? 'User' : 'Role'
  const holder = principal.slice(principal.lastIndexOf('/') + 1)
  switch (format) {
    case 'json': return `${JSON.stringify(document, undefined, 2)}\n`
    case 'cloudformation': return `${JSON.stringify({
      AWSTemplateFormatVersion: '2010-09-09',
      Resources: { LeastPrivilege: { Type: `AWS::IAM::${kind}Policy`, Properties: { PolicyName: name, [`${kind}Name`]: holder, PolicyDocument: document } } },
    }, undefined, 2)}\n`
    case 'terraform': return [
      `resource "aws_iam_${kind.toLowerCase()}_policy" "least_privilege" {`, `  name   = ${hcl(name)}`, `  ${kind.toLowerCase()}   = ${hcl(holder)}`, '  policy = jsonencode({',
      '    Version = "2012-10-17"', '    Statement = [', ...document.Statement.flatMap(terraformStatement), '    ]', '  })', '}', '',
    ].join('\n')
  }
}

const terraformStatement = ({ Sid, Effect, Action, Resource }: PolicyStatement): string[] => [
  '      {', `        Sid      = ${hcl(Sid)}`, `        Effect   = ${hcl(Effect)}`, `        Action   = [${Action.map(hcl).join(', ')}]`,
  `        Resource = [${Resource.map(hcl).join(', ')}]`, '      },',
]

/** A quoted HCL text: `${` and `%{` would begin an expression. */
const hcl = (text: string): string => JSON.stringify(text).replaceAll('${', () => '$${').replaceAll('%{', () => '%%{')

/** The IAM actions that a CloudTrail event stands for; some events are named otherwise than what they need. */
export const actionsOfEvent = (eventSource: string, eventName: string): readonly string[] => {
  const service = sources[eventSource] ?? eventSource.replace(/\.amazonaws\.com(\.cn)?$/, '')
  const name = eventName.replace(/20\d{6}(v\d)?$/, '')
  return events[`${service}:${name}`] ?? [`${service}:${name}`]
}

const sources: Readonly<Record<string, string>> = {
  'monitoring.amazonaws.com': 'cloudwatch', 'email.amazonaws.com': 'ses', 'tagging.amazonaws.com': 'tag', 'signin.amazonaws.com': 'signin',
  'api.ecr.amazonaws.com': 'ecr', 'application-insights.amazonaws.com': 'applicationinsights',
}

const events: Readonly<Record<string, readonly string[]>> = {
  's3:HeadObject': ['s3:GetObject'], 's3:ListObjects': ['s3:ListBucket'], 's3:ListObjectsV2': ['s3:ListBucket'], 's3:HeadBucket': ['s3:ListBucket'],
  's3:ListBuckets': ['s3:ListAllMyBuckets'], 's3:CopyObject': ['s3:GetObject', 's3:PutObject'], 's3:DeleteObjects': ['s3:DeleteObject'],
  's3:CreateMultipartUpload': ['s3:PutObject'], 's3:UploadPart': ['s3:PutObject'], 's3:CompleteMultipartUpload': ['s3:PutObject'],
  's3:UploadPartCopy': ['s3:GetObject', 's3:PutObject'], 's3:ListMultipartUploads': ['s3:ListBucketMultipartUploads'], 's3:ListParts': ['s3:ListMultipartUploadParts'],
  's3:ListObjectVersions': ['s3:ListBucketVersions'], 's3:SelectObjectContent': ['s3:GetObject'],
  's3:GetBucketLifecycle': ['s3:GetLifecycleConfiguration'], 's3:PutBucketLifecycle': ['s3:PutLifecycleConfiguration'],
  's3:GetBucketEncryption': ['s3:GetEncryptionConfiguration'], 's3:PutBucketEncryption': ['s3:PutEncryptionConfiguration'],
  's3:GetBucketReplication': ['s3:GetReplicationConfiguration'], 's3:PutBucketReplication': ['s3:PutReplicationConfiguration'],
  'lambda:Invoke': ['lambda:InvokeFunction'], 'bedrock:Converse': ['bedrock:InvokeModel'], 'bedrock:ConverseStream': ['bedrock:InvokeModelWithResponseStream'],
}
