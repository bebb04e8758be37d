import type { Relation } from './relations.ts'
import type { Pillar } from './risk.ts'
import type { ResourceTypes, ResourceType } from './types.gen.ts'

/** What a relation's value names: a resource of these types, or something that is written in its own way. */
export type Target =
  | ResourceType | readonly ResourceType[]
  /** An S3 URI, bucket ARN or bucket name: a storage location of its own, by prefix. */
  | 'storage'
  /** A container image URI. */
  | 'image'
  /** A Bedrock model: an ARN, a model id, an inference profile. */
  | 'model'
  /** Any ARN. */
  | 'arn'

/** A relation that a property declares. */
export interface RelationRule {
  readonly relation: Relation
  readonly pointer: string
  readonly target: Target
}

/** The item of a list, the value of a map. */
type Item<T> = T extends readonly (infer I)[] ? I : T extends Readonly<Record<string, infer V>> ? V : never

type Step<T, K extends string> = T extends unknown ? K extends '*' ? Item<T> : K extends keyof T ? NonNullable<T[K]> : never : never

/** Accepts a pointer that exists in a type and refuses any other: `P` itself, or `never`. */
export type PointerIn<T, P extends string> =
  P extends `${infer Head}/${infer Rest}`
    ? [Step<T, Head>] extends [never] ? never : PointerIn<Step<T, Head>, Rest> extends never ? never : P
    : [Step<T, P>] extends [never] ? never : P

/** What is special about a resource type. */
export interface TypeDescription {
  readonly type: ResourceType
  /** What people call one of these, singular, in lower case where it is no proper name. */
  readonly label: string
  /** The AWS service, as people write it: `SageMaker`. */
  readonly service: string
  /** The pillar it counts under, when it is AI or AI depends on it. */
  readonly asset?: Pillar
  /** What part it plays in a pipeline; absent when it is none. */
  readonly stage?: Stage
  /** True when it is found once per region (a setting): it is always a resource, even when unset. */
  readonly setting?: true
  readonly relations: readonly RelationRule[]
}

/** Descriptions by type; each is made when something asks for it. */
export type Descriptions = Pick<ReadonlyMap<string, TypeDescription>, 'get' | 'has'>

/** The parts of a pipeline, in the order that data passes through them. */
export const stages = ['data', 'prepare', 'train', 'model', 'serve', 'use'] as const

export type Stage = (typeof stages)[number]

/** What `related` declares for one type, with pointers checked against the type's properties. */
type Rules<T extends ResourceType> = (add: <const P extends string>(
  relation: Relation, pointer: P & PointerIn<ResourceTypes[T], P>, target: Target) => void) => void

type Described = Omit<TypeDescription, 'type' | 'relations'>

/** Declares a resource type: its label, what it is to a pipeline, and the relations that its properties state. */
export const describeType = <T extends ResourceType>(type: T, description: Described, related?: Rules<T>): TypeDescription => {
  const relations: RelationRule[] = []
  related?.((relation, pointer, target) => relations.push({ relation, pointer, target }))
  return { type, ...description, relations }
}
