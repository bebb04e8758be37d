import { valueAt } from '../../core/pointer.ts'
import { arnOf } from '../../graph/permissions.ts'
import type { Estate } from '../../graph/estate.ts'
import type { Resource } from '../../model/resource.ts'
import { resourceOf } from './change.ts'
import { policyCommands } from './policy-command.ts'
import type { Edit } from './edit.ts'
import { words } from './words.ts'

/** The AWS CLI commands that make some edits, in order. */
export const commandsOf = (estate: Estate, edits: readonly Edit[]): string[] => edits.flatMap((edit) => {
  if (edit.adds !== undefined) return [organizational(edit.adds)]
  const resource = resourceOf(estate, edit.type, edit.resource)
  return resource === undefined ? [] : policyCommands(estate, resource, edit) ?? detached(resource, edit) ?? setting(resource, edit) ?? [generic(resource, edit)]
})

/** Makes a policy of the organisation and puts it on its account. */
const organizational = ({ name, properties }: Resource): string => {
  const made = words('aws organizations create-policy', { name, type: String(properties['Type']), description: 'Stops an attack path', content: JSON.stringify(properties['Content']) })
  return `aws organizations attach-policy --target-id ${(properties['TargetIds'] as string[]).join()} --policy-id "$(${made} --query Policy.PolicySummary.Id --output text)"`
}

const kinds: Readonly<Record<string, string>> = { 'AWS::IAM::Role': 'role', 'AWS::IAM::User': 'user', 'AWS::IAM::Group': 'group' }

const detached = ({ type, name }: Resource, { pointer, before, after }: Edit): string[] | undefined => {
  const kind = kinds[type]
  if (kind === undefined || pointer !== 'ManagedPolicyArns' || !Array.isArray(before)) return undefined
  return (before as string[]).filter((arn) => !(after as string[]).includes(arn)).map((arn) => words(`aws iam detach-${kind}-policy`, { [`${kind}-name`]: name, 'policy-arn': arn }))
}

/** Settings that have a command of their own. */
const setting = (resource: Resource, { pointer, before, after }: Edit): string[] | undefined => {
  const { properties } = resource
  const text = (name: string) => String(valueAt(properties, name) ?? resource.name)
  switch (`${resource.type} ${pointer}`) {
    case 'AWS::IAM::AccessKey Status': return [words('aws iam update-access-key', { 'user-name': text('UserName'), 'access-key-id': resource.name, 'status': String(after) })]
    case 'AWS::IAM::ServiceSpecificCredential Status': return [words('aws iam update-service-specific-credential', { 'user-name': text('UserName'), 'service-specific-credential-id': text('ServiceSpecificCredentialId'), 'status': String(after) })]
    case 'AWS::Lambda::Url AuthType': return [words('aws lambda update-function-url-config', { 'function-name': text('TargetFunctionArn'), 'auth-type': String(after) })]
    case 'AWS::ApiGatewayV2::Route AuthorizationType': return [words('aws apigatewayv2 update-route', { 'api-id': text('ApiId'), 'route-id': text('RouteId'), 'authorization-type': String(after) })]
    case 'AWS::ApiGateway::Method AuthorizationType': return [words('aws apigateway update-method', {
      'rest-api-id': text('RestApiId'), 'resource-id': text('ResourceId'), 'http-method': text('HttpMethod'), 'patch-operations': `op=replace,path=/authorizationType,value=${String(after)}`,
    })]
    case 'AWS::S3::Bucket PublicAccessBlockConfiguration': return [words('aws s3api put-public-access-block', { 'bucket': resource.name, 'public-access-block-configuration': JSON.stringify(after) })]
    case 'AWS::Bedrock::DataSource ': return [words('aws bedrock-agent delete-data-source', { 'knowledge-base-id': text('KnowledgeBaseId'), 'data-source-id': text('DataSourceId') })]
    case 'AWS::Lambda::Permission ': return [words('aws lambda remove-permission', { 'function-name': text('FunctionName'), 'statement-id': text('Id') })]
    case 'AWS::EC2::SecurityGroup SecurityGroupIngress': return [words('aws ec2 revoke-security-group-ingress', { 'group-id': text('GroupId'), 'ip-permissions': JSON.stringify(gone(before, after).map(permission)) })]
    default: return undefined
  }
}

const gone = (before: unknown, after: unknown): Readonly<Record<string, unknown>>[] =>
  (before as Readonly<Record<string, unknown>>[]).filter((rule) => !(after as readonly unknown[]).includes(rule))

/** A rule of a security group as EC2's API writes it. */
const permission = ({ IpProtocol: protocol, FromPort: from, ToPort: to, CidrIp: four, CidrIpv6: six }: Readonly<Record<string, unknown>>) => ({
  IpProtocol: protocol, FromPort: from, ToPort: to, ...four === undefined ? {} : { IpRanges: [{ CidrIp: four }] }, ...six === undefined ? {} : { Ipv6Ranges: [{ CidrIpv6: six }] },
})

/** Any other property, through Cloud Control. */
const generic = (resource: Resource, { pointer, before, after }: Edit): string => {
  if (pointer === '') return words('aws cloudcontrol delete-resource', { 'type-name': resource.type, 'identifier': resource.id })
  const identifier = resource.id.startsWith('arn:') && resource.type.startsWith('AWS::IAM::') ? arnOf(resource) : resource.id
  const patch = [after === undefined ? { op: 'remove', path: `/${pointer}` } : { op: before === undefined ? 'add' : 'replace', path: `/${pointer}`, value: after }]
  return words('aws cloudcontrol update-resource', { 'type-name': resource.type, identifier, 'patch-document': JSON.stringify(patch) })
}
