import { isUnknown } from '../core/unknown.ts'
import type { AccountInput, EndpointInput, Known } from '../iam/model.ts'
import type { Resource } from '../model/resource.ts'
import type { Estate } from './estate.ts'
import { publicAccessBlock } from './guards.ts'
import type { PolicyBook } from './permissions.ts'

/** The accounts of an estate, each with its place in the organisation and the policies that bind it there. */
export const accountInputs = (estate: Estate, book: PolicyBook): AccountInput[] => {
  const organization = first(estate, 'AWS::Organizations::Organization')
  const policies = estate.ofType('AWS::Organizations::Policy').map((index) => estate.resource(index))
  return [...estate.accounts].sort().map((id): AccountInput => {
    const block = estate.ofType('AWS::S3::AccountPublicAccessBlock').map((index) => estate.resource(index)).find(({ account }) => account === id)
    const base = { id, ...(block === undefined ? {} : publicAccessBlock(block.properties)) }
    if (organization === undefined) return { ...base, ...written(book, policies, id) }
    const path = estate.header.accounts.find((account) => account.id === id)?.path ?? ''
    return {
      ...base,
      organization: String(organization.properties['Id'] ?? organization.id),
      ...(path === '' ? {} : { organizationPath: `${path}/` }),
      management: organization.properties['ManagementAccountId'] === id,
      scps: attachedTo(estate, book, policies, 'SERVICE_CONTROL_POLICY', path, id),
      rcps: attachedTo(estate, book, policies, 'RESOURCE_CONTROL_POLICY', path, id),
    }
  })
}

/**
 * The policies that templates attach without saying where the account stands: to the account itself, or to a root or unit, which
 * then is the account's, as is one that is only known once deployed. What AWS attaches of its own accord, leave to do everything, stands beside them.
 */
const written = (book: PolicyBook, policies: readonly Resource[], account: string): Pick<AccountInput, 'scps' | 'rcps'> => {
  const level = (type: string, kind: 'scp' | 'rcp') => {
    const attached = policies.filter(({ properties: { Type, TargetIds } }) => Type === type && Array.isArray(TargetIds) && TargetIds.some((target) => target === account || !/^\d{12}$/.test(String(target))))
    const [manager] = attached
    if (manager === undefined) return undefined
    return [[book.add(kind, `${kind}:FullAWSAccess`, everything, manager, 'Content', 'FullAWSAccess'), ...attached.map((policy) => book.add(kind, policy.id, policy.properties['Content'], policy, 'Content'))]]
  }
  const [scps, rcps] = [level('SERVICE_CONTROL_POLICY', 'scp'), level('RESOURCE_CONTROL_POLICY', 'rcp')]
  return { ...scps === undefined ? {} : { scps }, ...rcps === undefined ? {} : { rcps } }
}

const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }

const first = (estate: Estate, type: string): Resource | undefined => {
  const index = estate.ofType(type)[0]
  return index === undefined ? undefined : estate.resource(index)
}

/** Policies of a kind from the root down to the account, one list a level. */
const attachedTo = (
  estate: Estate, book: PolicyBook, policies: readonly Resource[], type: string, path: string, account: string): Known<string[][]> => {
  const manager = policies[0]?.account ?? account
  const gap = estate.incomplete('AWS::Organizations::Policy', manager, 'global')
  if (gap !== undefined) return { $unknown: gap }
  const levels = [...path.split('/').filter((part) => part.startsWith('r-') || part.startsWith('ou-')), account]
  const kind = type === 'SERVICE_CONTROL_POLICY' ? 'scp' : 'rcp'
  const lists = levels.map((level) => policies
    .filter(({ properties }) => properties['Type'] === type && Array.isArray(properties['TargetIds']) && properties['TargetIds'].includes(level))
    .map((policy) => book.add(kind, policy.id, policy.properties['Content'], policy, 'Content')))
  // With policies of the kind in use each level has at least one; a level without any says that attachments were not read.
  return kind === 'scp' ? lists.filter((list) => list.length > 0) : lists
}

/** VPC endpoints and their policies; an endpoint without one allows everything. */
export const endpointInputs = (estate: Estate, book: PolicyBook): EndpointInput[] =>
  estate.ofType('AWS::EC2::VPCEndpoint').map((index): EndpointInput => {
    const endpoint = estate.resource(index)
    const document = endpoint.properties['PolicyDocument']
    const vpc = endpoint.properties['VpcId']
    return {
      id: endpoint.id,
      account: endpoint.account,
      ...(typeof vpc === 'string' ? { vpc } : {}),
      ...(document === undefined ? {} : { policy: isUnknown(document) ? document : book.add('endpoint', `${endpoint.id}#policy`, document, endpoint, 'PolicyDocument', `policy of ${endpoint.id}`) }),
    }
  })
