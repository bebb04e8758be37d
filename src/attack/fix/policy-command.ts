import { valueAt } from '../../core/pointer.ts'
import { arnOf } from '../../graph/permissions.ts'
import type { Estate } from '../../graph/estate.ts'
import type { Resource } from '../../model/resource.ts'
import type { Edit } from './edit.ts'
import { statementsOf } from './statement.ts'
import { words } from './words.ts'

/** The AWS CLI commands that write a policy; undefined where the edit is of something else. AWS refuses a policy without statements: what is left of one is nothing. */
export const policyCommands = (estate: Estate, resource: Resource, edit: Edit): string[] | undefined => {
  const { type, name } = resource
  const isEmpty = statementsOf(edit.after).length === 0
  const document = JSON.stringify(edit.after ?? {})
  if (edit.pointer === 'AssumeRolePolicyDocument') return [words('aws iam update-assume-role-policy', { 'role-name': name, 'policy-document': document })]
  if (type === 'AWS::IAM::ManagedPolicy' && edit.pointer === 'PolicyDocument') {
    return isEmpty ? detached(estate, arnOf(resource)) : [`${words('aws iam create-policy-version', { 'policy-arn': arnOf(resource), 'policy-document': document })} --set-as-default`]
  }
  const kind = kinds[type]
  if (kind !== undefined) return inline(kind, resource, edit)
  if (type in separate && edit.pointer === 'PolicyDocument') {
    return separate[type]!.flatMap(([principal, pointer]) => namesIn(resource.properties, pointer).map((holder) => put(principal, holder, String(resource.properties['PolicyName'] ?? name), isEmpty, document)))
  }
  if (type === 'AWS::Lambda::Function' && edit.pointer === 'BartizanPolicy') return withoutPermissions(name, edit)
  return guards[type]?.[0] === edit.pointer ? [guards[type][isEmpty ? 2 : 1](resource, document)] : undefined
}

const kinds: Readonly<Record<string, string>> = { 'AWS::IAM::Role': 'role', 'AWS::IAM::User': 'user', 'AWS::IAM::Group': 'group' }

const separate: Readonly<Record<string, readonly (readonly [kind: string, pointer: string])[]>> = {
  'AWS::IAM::Policy': [['role', 'Roles'], ['user', 'Users'], ['group', 'Groups']],
  'AWS::IAM::RolePolicy': [['role', 'RoleName']],
  'AWS::IAM::UserPolicy': [['user', 'UserName']],
  'AWS::IAM::GroupPolicy': [['group', 'GroupName']],
}

const namesIn = (properties: Resource['properties'], pointer: string): string[] => {
  const value = properties[pointer]
  return (Array.isArray(value) ? value as readonly unknown[] : [value]).filter((name) => typeof name === 'string')
}

const put = (kind: string, holder: string, policy: string, isEmpty: boolean, document: string): string =>
  words(`aws iam ${isEmpty ? 'delete' : 'put'}-${kind}-policy`, { [`${kind}-name`]: holder, 'policy-name': policy, ...isEmpty ? {} : { 'policy-document': document } })

/** A policy in a principal's own list: the document of one that was there, or the whole of a new one. */
const inline = (kind: string, { name, properties }: Resource, { pointer, after }: Edit): string[] | undefined => {
  const [, index, isDocument] = /^Policies\/(\d+)(\/PolicyDocument)?$/.exec(pointer) ?? []
  if (index === undefined) return undefined
  const { PolicyName: policy = 'inline', PolicyDocument: written } = (isDocument === undefined ? after : { ...valueAt(properties, `Policies/${index}`) as object, PolicyDocument: after }) as { PolicyName?: string, PolicyDocument?: unknown }
  return [put(kind, name, policy, statementsOf(written).length === 0, JSON.stringify(written))]
}

/** A managed policy of which nothing is left goes from everyone who has it. */
const detached = (estate: Estate, arn: string): string[] => Object.entries(kinds).flatMap(([type, kind]) => estate.ofType(type).map((index) => estate.resource(index))
  .filter(({ properties }) => Array.isArray(properties['ManagedPolicyArns']) && properties['ManagedPolicyArns'].includes(arn))
  .map(({ name }) => words(`aws iam detach-${kind}-policy`, { [`${kind}-name`]: name, 'policy-arn': arn })))

/** A function's policy is written permission by permission. */
const withoutPermissions = (name: string, { before, after }: Edit): string[] => {
  const left = new Set(statementsOf(after).map((statement) => statement?.Sid))
  return statementsOf(before).flatMap((statement) => (statement?.Sid === undefined || left.has(statement.Sid) ? [] : [words('aws lambda remove-permission', { 'function-name': name, 'statement-id': statement.Sid })]))
}

type Write = (resource: Resource, document: string) => string

const guard = (pointer: string, write: string, remove: string, options: (resource: Resource) => Readonly<Record<string, string>>, argument = 'policy'): readonly [string, Write, Write] =>
  [pointer, (resource, document) => words(`aws ${write}`, { ...options(resource), [argument]: document }), (resource) => words(`aws ${remove}`, options(resource))]

const text = ({ properties, name }: Resource, property: string): string => String(valueAt(properties, property) ?? name)

/** Resource policies: where they stand, and the commands that write and remove them. */
const guards: Readonly<Record<string, readonly [pointer: string, write: Write, remove: Write]>> = {
  'AWS::S3::BucketPolicy': guard('PolicyDocument', 's3api put-bucket-policy', 's3api delete-bucket-policy', (resource) => ({ bucket: text(resource, 'Bucket') })),
  'AWS::SecretsManager::ResourcePolicy': guard('ResourcePolicy', 'secretsmanager put-resource-policy', 'secretsmanager delete-resource-policy', (resource) => ({ 'secret-id': text(resource, 'SecretId') }), 'resource-policy'),
  'AWS::ECR::Repository': guard('RepositoryPolicyText', 'ecr set-repository-policy', 'ecr delete-repository-policy', ({ name }) => ({ 'repository-name': name }), 'policy-text'),
  'AWS::KMS::Key': guard('KeyPolicy', 'kms put-key-policy --policy-name default', 'kms disable-key', ({ arn, id }) => ({ 'key-id': arn ?? id })),
  'AWS::SageMaker::ModelPackageGroup': guard('ModelPackageGroupPolicy', 'sagemaker put-model-package-group-policy', 'sagemaker delete-model-package-group-policy', ({ name }) => ({ 'model-package-group-name': name }), 'resource-policy'),
  'AWS::EFS::FileSystem': guard('FileSystemPolicy', 'efs put-file-system-policy', 'efs delete-file-system-policy', (resource) => ({ 'file-system-id': text(resource, 'FileSystemId') })),
  'AWS::DynamoDB::Table': guard('ResourcePolicy/PolicyDocument', 'dynamodb put-resource-policy', 'dynamodb delete-resource-policy', ({ arn, id }) => ({ 'resource-arn': arn ?? id })),
  'AWS::BedrockAgentCore::ResourcePolicy': guard('Policy', 'bedrock-agentcore-control put-resource-policy', 'bedrock-agentcore-control delete-resource-policy', (resource) => ({ 'resource-arn': text(resource, 'ResourceArn') })),
  'AWS::SQS::QueuePolicy': queue(),
  'AWS::SNS::TopicPolicy': topic(),
}

function queue(): readonly [string, Write, Write] {
  const set = (resource: Resource, document: string) => words('aws sqs set-queue-attributes', { 'queue-url': text(resource, 'Queues/0'), 'attributes': JSON.stringify({ Policy: document }) })
  return ['PolicyDocument', set, (resource) => set(resource, '')]
}

function topic(): readonly [string, Write, Write] {
  const set = (resource: Resource, document: string) => words('aws sns set-topic-attributes', { 'topic-arn': text(resource, 'Topics/0'), 'attribute-name': 'Policy', 'attribute-value': document })
  return ['PolicyDocument', set, (resource) => words('aws sns remove-permission', { 'topic-arn': text(resource, 'Topics/0'), 'label': text(resource, 'PolicyDocument/Statement/0/Sid') })]
}
