import { parseArn, partitionOf } from '../../core/arn.ts'
import type { Catalogue } from '../../iam/catalogue.ts'
import { storagePlace } from '../../graph/storage.ts'
import type { Nodes } from './nodes.ts'

/** The resource that a permission is asked for, and its owner where the ARN does not tell. */
export interface Asked { readonly resource: string, readonly account?: string }

/** Actions on what is in a bucket. */
const objectActions = new Set(['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion', 's3:GetObjectVersion', 's3:GetObjectVersionForReplication'])

/** Actions whose resource stands under the one that a step names. */
const below: Readonly<Record<string, (arn: string) => string>> = {
  'sagemaker:CreateModelPackage': (arn) => arn,
  'bedrock:InvokeAgent': (arn) => arn.replace(':agent/', ':agent-alias/').concat('/*'),
  'bedrock:GetAgentMemory': (arn) => arn.replace(':agent/', ':agent-alias/').concat('/*'),
  'logs:FilterLogEvents': (arn) => `${arn.replace(/:\*$/, '')}:*`,
  'logs:DeleteLogGroup': (arn) => `${arn.replace(/:\*$/, '')}:*`,
  'es:ESHttpPut': (arn) => `${arn}/*`,
  'es:ESHttpGet': (arn) => `${arn}/*`,
}

/** For which ARNs, or patterns of ARNs, actions are checked. */
export interface Asking {
  /** An action on a node; undefined for what is not in the estate and goes by no ARN. */
  on(action: string, node: number): Asked | undefined
  /** An action that makes something in an account, or uses something made: one of these will do. */
  anew(action: string, account: string): readonly Asked[]
}

export const makeAsking = (nodes: Nodes, catalogue: Catalogue, region = 'us-east-1'): Asking => {
  const partition = partitionOf(region)
  const patterns = resourcePatterns(catalogue)
  const ask = (action: string, node: number): Asked | undefined => {
    if (nodes.idOf(node) === 'bedrock models') return { resource: `arn:${partition}:bedrock:*::foundation-model/*` }
    const extra = nodes.extra(node)
    if (extra?.type === 'retagged resource') return ask(action, extra.about!)
    if (extra?.type === 'account') return ofAccount(partition, action, extra.id.slice('account/'.length))
    if (extra?.type === 'traces') return { resource: '*', account: extra.id.slice('traces/'.length) }
    if (extra !== undefined) return { resource: extra.id.startsWith('arn:') ? extra.id : '*' }
    if (action.startsWith('s3:')) {
      const place = placeOf(nodes, node)
      if (place === undefined) return { resource: '*' }
      const account = nodes.account(nodes.find(place.bucket) ?? node)
      return { resource: `arn:${partition}:s3:::${place.bucket}${objectActions.has(action) ? `/${place.prefix === '' ? '' : `${place.prefix}/`}*` : ''}`, ...(account === '' ? {} : { account }) }
    }
    const arn = nodes.arn(node)
    const known = patterns(action)
    if (arn === undefined) {
      const account = nodes.account(node)
      if (account !== '') return { resource: known[0]?.like(nodes, node) ?? '*', account }
      const resource = modelArn(partition, nodes.idOf(node))
      return resource === undefined ? undefined : { resource }
    }
    const special = below[action]
    if (special !== undefined) return { resource: special(arn) }
    if (known.length === 0) return { resource: '*', account: nodes.account(node) }
    return { resource: known.some(({ test }) => test.test(arn)) ? arn : known[0]!.like(nodes, node) }
  }
  const anew = (action: string, account: string): readonly Asked[] => {
    const needed = patterns(action).filter(({ required }) => required)
    const [made] = needed.filter(({ kind }) => action.toLowerCase().includes(kind)).sort((a, b) => b.kind.length - a.kind.length)
    const asked = made === undefined ? needed : [made]
    return asked.length === 0 ? [{ resource: '*', account }] : asked.map(({ any }) => ({ resource: any(partition, account), account }))
  }
  return { on: ask, anew }
}

const placeOf = (nodes: Nodes, node: number): { bucket: string, prefix: string } | undefined => {
  if (nodes.typeOf(node) === 'AWS::S3::Bucket') return { bucket: nodes.nameOf(node).replace(/^s3:\/\//, ''), prefix: '' }
  return storagePlace(nodes.idOf(node))
}

/** A model that no account owns: `model/anthropic.claude-…`. */
const modelArn = (partition: string, id: string): string | undefined =>
  (id.startsWith('model/') ? `arn:${partition}:bedrock:*::foundation-model/${id.slice('model/'.length)}` : undefined)

/** What stands for the whole account: a user and a role that nobody has named. */
const ofAccount = (partition: string, action: string, account: string): Asked => {
  if (!action.startsWith('iam:')) return { resource: '*', account }
  return { resource: `arn:${partition}:iam::${account}:${action.includes('Role') ? 'role' : 'user'}/bartizan-any-name`, account }
}

interface ArnPattern {
  /** Letters of the resource type's name. */
  readonly kind: string
  readonly required: boolean
  readonly test: RegExp
  /** Some resource of this kind beside a node. */
  like(nodes: Nodes, node: number): string
  /** Some resource of this kind in an account, in whatever region. */
  any(partition: string, account: string): string
}

/** The ARN patterns that an action takes, from the catalogue; none for actions without resources. */
const resourcePatterns = ({ services }: Catalogue) => {
  const memo = new Map<string, readonly ArnPattern[]>()
  return (action: string): readonly ArnPattern[] => {
    let found = memo.get(action)
    if (found === undefined) {
      const [prefix = '', name = ''] = action.split(':')
      const entry = services[prefix]
      const wanted = entry?.actions[name]?.resources ?? []
      found = [...wanted].sort((a, b) => Number(b.required === true) - Number(a.required === true))
        .flatMap(({ type, required = false }) => (entry?.resources[type]?.arns ?? []).map((arn, index) => patternOf(arn, type.replaceAll(/[^a-z]/gi, '').toLowerCase(), required && index === 0 && !ofAws.test(arn))))
      memo.set(action, found)
    }
    return found
  }
}

/** What AWS itself owns in every account. */
const ofAws = /^[^:]*:[^:]*:[^:]*:[^:]*:aws:/

const patternOf = (template: string, kind: string, required: boolean): ArnPattern => ({
  kind, required,
  test: new RegExp(`^${template.split(/\$\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('.+')}$`),
  like: (nodes, node) => {
    const arn = parseArn(nodes.arn(node) ?? '')
    const filled = template.replace('${Partition}', arn?.partition ?? 'aws').replace('${Region}', arn?.region || nodes.region(node)).replace('${Account}', arn?.account || nodes.account(node))
    return filled.replace(/\$\{\w+\}/g, '*')
  },
  any: (partition, account) => template.replace('${Partition}', partition).replace('${Account}', account).replace(/\$\{\w+\}/g, '*'),
})
