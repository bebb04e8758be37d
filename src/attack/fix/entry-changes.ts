import type { AttackPath } from '../path.ts'
import type { Change, Ground } from './change.ts'
import { privateBucket, setting } from './closures.ts'

/** Changes that take away where the attacker stands: the key that may leak, public access to a bucket. */
export const entryChanges = (ground: Ground, { entry, steps }: AttackPath): Change[] => {
  if (entry.kind === 'leaked-key') return [entry.id, ...entry.alike].length > 1 ? [] : keys(ground, entry.id)
  const { estate } = ground
  if (entry.kind !== 'internet' && entry.kind !== 'any-account') return []
  return steps.flatMap(({ permissions }) => permissions).flatMap(({ resource }) => {
    const bucket = resource.startsWith('arn:aws:s3:::') ? estate.graph.find(resource.split('/')[0]!) : undefined
    return bucket === undefined || estate.graph.node(bucket).type !== 'AWS::S3::Bucket' ? [] : setting(estate.resource(bucket), 'PublicAccessBlockConfiguration', privateBucket, 3)
  })
}

const day = 86_400_000

/** Deactivating the only key of a user: cheap where nobody has used it for 90 days. */
const keys = ({ estate }: Ground, user: string): Change[] => {
  const node = estate.graph.find(user)
  const found = node === undefined ? [] : ['AWS::IAM::AccessKey', 'AWS::IAM::ServiceSpecificCredential'].flatMap((type) => estate.ofType(type))
    .filter((key) => estate.graph.out(key, 'part of').some((link) => link.node === node)).map((key) => estate.resource(key)).filter(({ properties }) => properties['Status'] !== 'Inactive')
  const [key] = found
  if (key === undefined || found.length > 1) return []
  const used = key.lastUsedAt === undefined ? undefined : Date.parse(key.lastUsedAt)
  const stale = used !== undefined && Date.parse(estate.header.takenAt) - used > 90 * day
  return setting(key, 'Status', 'Inactive', stale ? 1 : 15).map((change) => ({ ...change, title: `Deactivate ${key.type === 'AWS::IAM::AccessKey' ? 'access key' : 'credential'} ${key.name}${stale ? ', not used for 90 days' : ''}`, stops: user }))
}
