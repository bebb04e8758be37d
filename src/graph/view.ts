import type { ResourceType, ResourceTypes } from '../model/types.gen.ts'
import type { Relation } from '../model/relations.ts'

/** A resource that a question found, with its typed properties. */
export interface Found<T extends ResourceType = ResourceType> {
  readonly type: T
  readonly id: string
  readonly arn: string | undefined
  readonly name: string
  readonly account: string
  readonly region: string
  readonly tags: Readonly<Record<string, string>>
  /** ISO times, where the source tells. */
  readonly createdAt?: string
  readonly lastUsedAt?: string
  readonly properties: ResourceTypes[T]
}

/** Somebody to whom a permission is granted. */
export interface Grantee {
  /** A principal's ARN, an account id, a service name, or `*` for anyone. */
  readonly principal: string
  readonly kind: 'user' | 'role' | 'root' | 'account' | 'service' | 'federated' | 'anyone' | 'other'
  /** Its account; empty for a service and for anyone. */
  readonly account: string
  /** What the environment must add (address, MFA, time), in words; empty when nothing. */
  readonly conditions: readonly string[]
}

/** Why something can be reached from the internet, fact by fact. */
export interface Exposure {
  /** `public` when anyone can, `authenticated` when anyone with an AWS account or a sign-up can. */
  readonly kind: 'public' | 'authenticated'
  readonly reason: string
  readonly evidence: readonly { readonly resource: string, readonly pointer: string, readonly note: string }[]
}

/**
 * The estate as one resource sees it. Each answer may be unknown: the check then becomes unknown by itself, with the gap's
 * reason, and no check needs to ask for it.
 */
export interface EstateView {
  readonly account: string
  readonly region: string
  readonly partition: string
  /** Whether the estate is what templates say: code, and a part of an account. */
  readonly isTemplate: boolean
  /** Whether the source tells when things were last used, so that no time means not used. */
  readonly tellsUse: boolean
  /** Days from an ISO time to when the snapshot was taken. */
  daysSince(time: string): number
  /** The resource under check. */
  readonly self: Found
  /** Every resource of a type in this account and region (global types: in this account). */
  all<T extends ResourceType>(type: T): readonly Found<T>[]
  /** The resource that a value names (ARN, id or name); undefined when it is certain that there is none here. */
  find<T extends ResourceType>(type: T, reference: string | undefined): Found<T> | undefined
  /** What this resource names through a relation. */
  related<T extends ResourceType>(relation: Relation, type: T): readonly Found<T>[]
  /** What names this resource, or the resource given, through a relation. */
  referrers<T extends ResourceType>(relation: Relation, type: T, to?: { readonly id: string }): readonly Found<T>[]
  /** Everyone who may do an action to a resource, wherever they are. */
  whoCan(action: string, resource: string, context?: Readonly<Record<string, string>>): readonly Grantee[]
  /** Those of them who stand outside: AWS services, accounts that were not read, anyone. */
  outsiders(action: string, resource: string): readonly Grantee[]
  /** Whether a principal may do an action to a resource. */
  can(principal: string | undefined, action: string, resource: string, context?: Readonly<Record<string, string>>): boolean
  /** How this resource, or the resource given, can be reached from outside; undefined when it cannot. */
  exposure(of?: { readonly id: string }): Exposure | undefined
  /** Whether an account belongs to the scanned estate or its organisation. */
  isOurs(account: string): boolean
}
