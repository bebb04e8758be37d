import { isUnknown } from '../core/unknown.ts'
import type { Estate } from './estate.ts'
import { note, type Frame } from './frame.ts'
import type { AclGrant, Known, PublicAccessBlock } from './model.ts'
import { decode } from './glob.ts'
import type { Program } from './program.ts'
import type { Statement } from './statement.ts'
import { MAYBE, NO, YES, and3, or3, type Tri } from './tri.ts'

/** Whether S3 Block Public Access stops the request: with a public policy only the owner's account and AWS services pass. */
export const blocked = (estate: Estate, frame: Frame): Tri => {
  const { subject, target } = frame
  if (frame.action.service !== 's3' || subject.kind === 'service') return NO
  if (subject.account !== '' && subject.account === target.account) return NO
  const open = target.policy === undefined ? NO : isPublic(target.policy)
  return open === NO ? NO : and3(open, setting(estate, frame, 'restrictPublicBuckets'))
}

/** A setting of Block Public Access, wherever it is made: the bucket or access point, or the account. */
const setting = (estate: Estate, frame: Frame, name: keyof PublicAccessBlock): Tri => {
  const { input } = frame.target.entry ?? {}
  const read = (block: Known<PublicAccessBlock> | undefined, whose: string): Tri => {
    if (!isUnknown(block)) return block?.[name] === true ? YES : NO
    note(frame, `Block Public Access of ${whose}: ${block.$unknown}`)
    return MAYBE
  }
  const account = estate.accounts.get(frame.target.account)?.input.publicAccessBlock
  return or3(read(account, `account ${frame.target.account}`), read(input?.accessPoint?.publicAccessBlock ?? input?.s3?.publicAccessBlock, frame.target.text))
}

const judged = new WeakMap<Program, Tri>()

/** Whether S3 calls a policy public: it allows a principal that is not fixed, without a condition on fixed values. */
export const isPublic = (policy: Program): Tri => {
  const known = judged.get(policy)
  if (known !== undefined) return known
  const found = policy.statements.map(opens).reduce(or3, NO)
  judged.set(policy, found)
  return found
}

const opens = ({ allow, deny, principals, parsed, atoms, gap, actionGap }: Statement): Tri => {
  const named = principals?.parsed.wild === true || parsed.gaps.principal !== undefined
  const limits = atoms.filter(narrows)
  if (!allow || !named || limits.some(({ source }) => source.gap === undefined)) return NO
  return deny || limits.length > 0 || [gap, actionGap, parsed.gaps.principal].some((reason) => reason !== undefined) ? MAYBE : YES
}

const narrowing = new Set([
  'aws:sourcearn', 'aws:sourcevpc', 'aws:sourcevpce', 'aws:sourceaccount', 'aws:sourceowner', 'aws:userid', 'aws:principalarn',
  'aws:principalaccount', 'aws:principalorgid', 'aws:principalorgpaths', 'aws:sourceorgid', 'aws:sourceorgpaths', 's3:dataaccesspointarn',
  's3:dataaccesspointaccount', 's3:x-amz-server-side-encryption-aws-kms-key-id',
])

const narrows = ({ key, source, templates }: Statement['atoms'][number]): boolean => {
  if (source.negated || source.ifExists || source.set === 'all' || source.comparison === 'Null') return false
  if (key.name === 'aws:sourceip') return source.values.every((range) => !isBroad(range))
  return narrowing.has(key.name) && templates.every((template) => {
    if (typeof template !== 'string') return false
    const text = decode(template)
    return !/[*?]/.test(key.name === 's3:dataaccesspointarn' ? text.split(':').slice(0, 5).join(':') : text)
  })
}

/** Ranges broader than /8, or /32 of IPv6, narrow nothing. */
const isBroad = (range: string): boolean => {
  const [address = '', prefix] = range.split('/')
  return prefix !== undefined && Number(prefix) < (address.includes(':') ? 32 : 8)
}

const permissions: Readonly<Record<string, readonly AclGrant['permission'][]>> = {
  's3:listbucket': ['READ'], 's3:listbucketversions': ['READ'], 's3:listbucketmultipartuploads': ['READ'],
  's3:putobject': ['WRITE'], 's3:getbucketacl': ['READ_ACP'], 's3:putbucketacl': ['WRITE_ACP'],
}

/** Whether the bucket's ACL lets the principal do the action; `whole` is what its own side says, for foreign accounts. */
export const aclAllows = (frame: Frame, whole: Tri, same: boolean): Tri => {
  const { subject } = frame
  const needed = permissions[frame.action.name]
  const s3 = frame.target.entry?.input.s3
  if (needed === undefined || s3?.acl === undefined) return NO
  const { ownership = 'BucketOwnerEnforced', acl } = s3
  if (ownership === 'BucketOwnerEnforced') return NO
  if (isUnknown(acl)) {
    note(frame, `the ACL of ${frame.target.text}: ${acl.$unknown}`)
    return MAYBE
  }
  let result: Tri = isUnknown(ownership) ? MAYBE : YES
  if (isUnknown(ownership)) note(frame, `object ownership of ${frame.target.text}: ${ownership.$unknown}`)
  const matching = acl.filter((grant) => (grant.permission === 'FULL_CONTROL' || needed.includes(grant.permission)) && fits(grant, frame))
  const closed = frame.target.home?.input.publicAccessBlock
  const direct = matching.some(({ grantee }) => !('group' in grantee))
  const open = matching.length === 0 ? NO : direct ? YES : publicAclsCount(frame, closed, s3.publicAccessBlock)
  result = and3(result, open)
  return subject.kind === 'anonymous' || subject.kind === 'canonical' || same ? result : and3(result, whole)
}

const publicAclsCount = (frame: Frame, ...blocks: readonly (Known<PublicAccessBlock> | undefined)[]): Tri => {
  let result: Tri = YES
  for (const block of blocks) {
    if (isUnknown(block)) {
      note(frame, `Block Public Access: ${block.$unknown}`)
      result = and3(result, MAYBE)
    } else if (block?.ignorePublicAcls === true) return NO
  }
  return result
}

const fits = ({ grantee }: AclGrant, { subject }: Frame): boolean => {
  if ('canonicalUser' in grantee) return subject.kind === 'canonical' && subject.name === grantee.canonicalUser
  if ('account' in grantee) return subject.account === grantee.account
  if (grantee.group === 'AllUsers') return true
  return grantee.group === 'AuthenticatedUsers' && subject.account !== ''
}
