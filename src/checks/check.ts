import type { EstateView } from '../graph/view.ts'
import type { ResourceType, ResourceTypes } from '../model/types.gen.ts'
import type { Risk } from '../model/risk.ts'
import type { Severity } from '../model/severity.ts'

/** A resource that surrounds an example: any type, with what identifies it and its properties. */
export interface Given {
  readonly type: ResourceType
  readonly properties: Readonly<Record<string, unknown>>
  readonly id?: string
  readonly account?: string
  readonly region?: string
  readonly tags?: Readonly<Record<string, string>>
  readonly createdAt?: string
  readonly lastUsedAt?: string
}

/** An example of a resource that a check judges, and what surrounds it. */
export type Example<T extends ResourceType> = ResourceTypes[T] & {
  readonly given?: readonly Given[]
  /** Accounts whose lists are complete are all by default; types named here could not be listed. */
  readonly unlisted?: readonly ResourceType[]
  /** The example's tags by name, where the check reads the resource's normalised tags. */
  readonly tagged?: Readonly<Record<string, string>>
  /** When it was made and last used, in ISO times; examples are of the first day of 2026. */
  readonly times?: { readonly createdAt?: string, readonly lastUsedAt?: string }
}

/** How to put it right. */
export interface Fix<T extends ResourceType = ResourceType> {
  readonly text: string
  /** The properties to set; used for patches and shown as CloudFormation. */
  readonly set?: { readonly [K in keyof ResourceTypes[T]]?: unknown }
  /** Properties without which AWS refuses what is set: where they are missing, a person has to give them, and no patch is made. */
  readonly needs?: readonly (keyof ResourceTypes[T])[]
}

/** A rule over one resource type. */
export interface Check<T extends ResourceType = ResourceType> {
  /** Never renamed; equals the file name, unless a family makes it. */
  readonly id: string
  readonly title: string
  readonly risk: Risk
  readonly severity: Severity
  readonly on: T
  readonly why: string
  readonly fix: Fix<T>
  /** What others call it. */
  readonly also: readonly string[]
  /** Whether the check applies; always when absent. */
  readonly when?: (resource: ResourceTypes[T], estate: EstateView) => boolean
  /** Whether the resource passes. */
  readonly requires: (resource: ResourceTypes[T], estate: EstateView) => boolean
  readonly fails: readonly Example<T>[]
  readonly passes: readonly Example<T>[]
}

type Definition<T extends ResourceType> = Omit<Check<T>, 'also'> & { readonly also?: readonly string[] }

/** Defines a check; its examples are its tests. */
export const defineCheck = <T extends ResourceType>(definition: Definition<T>): Check =>
  Object.freeze({ also: [], ...definition }) as unknown as Check
