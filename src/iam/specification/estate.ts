import { isUnknown, type Unknown } from '../../core/unknown.ts'
import type { AccountInput, IamInput, Known, PolicyId, PolicyInput, PolicyKind, ResourceInput } from '../model.ts'
import type { Catalogue } from '../catalogue.ts'
import { memo } from './memo.ts'
import { readPolicy, type Policy } from './grammar.ts'

/** A policy as it was read: one that is not listed, or unreadable, is a gap. */
export type Read = Policy | Unknown | 'malformed'

/** The input with its policies read, by the kind of the place that refers to them. */
export interface Estate {
  readonly input: IamInput
  readonly catalogue?: Catalogue
  readonly policy: (id: Known<PolicyId>, kind: PolicyKind) => Read
  /** Every policy that can be read, whatever its place: where values worth trying are found. */
  readonly everyPolicy: readonly Policy[]
}

export const estateOf = (input: IamInput, catalogue?: Catalogue): Estate => {
  const readAs = memo((kind: PolicyKind) => memo(({ id, document }: PolicyInput) => readPolicy(id, kind, document)))
  const policy = (id: Known<PolicyId>, kind: PolicyKind): Read => {
    if (isUnknown(id)) return id
    const listed = input.policies.find((each) => each.id === id)
    return listed === undefined ? { $unknown: `policy ${id}` } : readAs(kind)(listed)
  }
  const everyPolicy = input.policies.flatMap(({ id, kind, document }) => {
    const read = readPolicy(id, kind, document)
    return read === 'malformed' || isUnknown(read) ? [] : [read]
  })
  return { input, catalogue, policy, everyPolicy }
}

export const listedAccount = ({ accounts }: IamInput, id: string | undefined): AccountInput | undefined =>
  accounts?.find((account) => account.id === id)

export const listedResource = ({ resources }: IamInput, arn: string): ResourceInput | undefined =>
  resources?.find((resource) => resource.arn === arn)

/** The bucket of an S3 object, the access point of an object behind it; any other resource is itself. */
export const bucketOf = (arn: string): string =>
  /^(arn:[^:]*:s3:[^:]*:[^:]*:accesspoint\/[^/]+)/.exec(arn)?.[1] ?? /^(arn:[^:]*:s3:::[^/]+)\//.exec(arn)?.[1] ?? arn
