import { parseArn } from '../../core/arn.ts'
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

/** Says for which ARN, or pattern of ARNs, an action on a node is checked; undefined for what is not in the estate and goes by no ARN. */
export const makeAsked = (nodes: Nodes, catalogue: Catalogue) => {
  const patterns = resourcePatterns(catalogue)
  const ask = (action: string, node: number | undefined): Asked | undefined => {
    if (node === undefined) return { resource: '*' }
    const extra = nodes.extra(node)
    if (extra?.type === 'retagged resource') return ask(action, extra.about)
    if (extra?.type === 'account') return ofAccount(action, extra.id.slice('account/'.length))
    if (extra?.type === 'traces') return { resource: '*', account: extra.id.slice('traces/'.length) }
    if (extra !== undefined) return { resource: extra.id.startsWith('arn:') ? extra.id : '*' }
    if (action.startsWith('s3:')) {
      const place = placeOf(nodes, node)
      if (place === undefined) return { resource: '*' }
      const account = nodes.account(nodes.find(place.bucket) ?? node)
      return { resource: `arn:aws:s3:::${place.bucket}${objectActions.has(action) ? `/${place.prefix === '' ? '' : `${place.prefix}/`}*` : ''}`, ...(account === '' ? {} : { account }) }
    }
    const arn = nodes.arn(node)
    if (arn === undefined) {
      const resource = modelArn(nodes, node) ?? (nodes.account(node) === '' ? undefined : '*')
      return resource === undefined ? undefined : { resource, ...(nodes.account(node) === '' ? {} : { account: nodes.account(node) }) }
    }
    const special = below[action]
    if (special !== undefined) return { resource: special(arn) }
    const known = patterns(action)
    if (known.length === 0) return { resource: '*', account: nodes.account(node) }
    return { resource: known.some(({ test }) => test.test(arn)) ? arn : known[0]!.like(nodes, node) }
  }
  return ask
}

const placeOf = (nodes: Nodes, node: number): { bucket: string, prefix: string } | undefined => {
  if (nodes.typeOf(node) === 'AWS::S3::Bucket') return { bucket: nodes.nameOf(node).replace(/^s3:\/\//, ''), prefix: '' }
  return storagePlace(nodes.idOf(node))
}

/** A model that no account owns: `model/anthropic.claude-…`. */
const modelArn = (nodes: Nodes, node: number): string | undefined => {
  const id = nodes.idOf(node)
  return id.startsWith('model/') ? `arn:aws:bedrock:*::foundation-model/${id.slice('model/'.length)}` : undefined
}

/** What stands for the whole account: a user and a role that nobody has named. */
const ofAccount = (action: string, account: string): Asked => {
  if (!action.startsWith('iam:')) return { resource: '*', account }
  return { resource: `arn:aws:iam::${account}:${action.includes('Role') ? 'role' : 'user'}/bartizan-any-name`, account }
}

interface ArnPattern { readonly test: RegExp, like(nodes: Nodes, node: number): string }

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
        .flatMap(({ type }) => entry?.resources[type]?.arns ?? []).map(patternOf)
      memo.set(action, found)
    }
    return found
  }
}

const patternOf = (template: string): ArnPattern => ({
  test: new RegExp(`^${template.split(/\$\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('.+')}$`),
  like: (nodes, node) => {
    const arn = parseArn(nodes.arn(node) ?? '')
    const filled = template.replace('${Partition}', arn?.partition ?? 'aws').replace('${Region}', arn?.region || nodes.region(node)).replace('${Account}', arn?.account || nodes.account(node))
    return filled.replace(/\$\{\w+\}/g, '*')
  },
})
