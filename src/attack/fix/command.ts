import type { Estate } from '../../graph/estate.ts'
import type { Resource } from '../../model/resource.ts'
import type { Edit } from './edit.ts'

/** The AWS CLI command that makes an edit. */
export const command = (estate: Estate, edit: Edit): string => {
  const index = estate.graph.find(edit.resource)
  const resource = index === undefined ? undefined : estate.resource(index)
  if (resource === undefined) return ''
  const specific = ofPolicy(resource, edit)
  if (specific !== undefined) return specific
  const patch = [edit.after === undefined ? { op: 'remove', path: `/${edit.pointer}` } : { op: edit.before === undefined ? 'add' : 'replace', path: `/${edit.pointer}`, value: edit.after }]
  return words('aws cloudcontrol update-resource', { 'type-name': resource.type, 'identifier': resource.id, 'patch-document': JSON.stringify(patch) })
}

const ofPolicy = ({ type, id, arn, name, properties }: Resource, { pointer, after }: Edit): string | undefined => {
  const document = JSON.stringify(after ?? {})
  if (pointer === 'AssumeRolePolicyDocument') return words('aws iam update-assume-role-policy', { 'role-name': name, 'policy-document': document })
  if (type === 'AWS::IAM::ManagedPolicy') return `${words('aws iam create-policy-version', { 'policy-arn': arn ?? id, 'policy-document': document })} --set-as-default`
  // AWS refuses a policy without statements: what is left of one is nothing.
  if (type === 'AWS::S3::BucketPolicy' && document.includes('"Statement":[]')) return words('aws s3api delete-bucket-policy', { bucket: String(properties['Bucket']) })
  if (type === 'AWS::S3::BucketPolicy') return words('aws s3api put-bucket-policy', { bucket: String(properties['Bucket']), policy: document })
  const kind = type === 'AWS::IAM::Role' ? 'role' : type === 'AWS::IAM::User' ? 'user' : type === 'AWS::IAM::Group' ? 'group' : undefined
  if (kind === undefined) return undefined
  const inline = /^Policies\/(\d+)\/PolicyDocument$/.exec(pointer)
  const list = properties['Policies'] as readonly { readonly PolicyName?: string }[] | undefined
  const put = (policy: string, text: string) => words(`aws iam put-${kind}-policy`, { [`${kind}-name`]: name, 'policy-name': policy, 'policy-document': text })
  if (inline !== null) return put(list?.[Number(inline[1])]?.PolicyName ?? 'inline', document)
  if (pointer !== 'Policies' || !Array.isArray(after)) return undefined
  const added = after.at(-1) as { readonly PolicyName: string, readonly PolicyDocument: unknown }
  return put(added.PolicyName, JSON.stringify(added.PolicyDocument))
}

const words = (start: string, options: Readonly<Record<string, string>>): string =>
  [start, ...Object.entries(options).map(([name, value]) => `--${name} ${quoted(value)}`)].join(' ')

/** A word that a POSIX shell takes as it stands. */
const quoted = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll(`'`, String.raw`'\''`)}'`)
