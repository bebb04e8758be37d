import type { Usage } from './last-use.ts'
import type { Run } from './run.ts'

/** A member of an answer, or an answer. */
export type Item = Readonly<Record<string, unknown>>

/** One call to a service: what it is given and where in its answer stands what it is made for. */
export interface Call {
  readonly operation: string
  /**
   * Input members and the pointer in the item from which each is filled. `$` is the item itself where a list gives plain
   * texts, `$arn` its own ARN, `$parent/…` the item above it, `$account` and `$region` where the scan is; a template (`{…}`) is filled as an ARN is.
   */
  readonly by: Readonly<Record<string, string>>
  /** Input members that are always the same. */
  readonly with?: Item
  /** Where in the answer the wanted part stands; absent: all of it. */
  readonly at?: string
  /** The member that the wanted part becomes; absent: its members join the item's. */
  readonly as?: string
  /** The IAM permission, where it is not the operation's own name. */
  readonly permission?: string
  /** Properties that are unknown when this call fails; by default `as`. */
  readonly gives?: readonly string[]
  /** Error names that mean "not set" besides those that say not found. */
  readonly absent?: readonly string[]
  /** Made for each thing in the wanted part, which is a list; its answer joins the thing. */
  readonly each?: Call
  /** Made only for items that pass. */
  readonly when?: (item: Item) => boolean
  /** Made where an endpoint does not know this one; for a list, `at` says where its items stand. */
  readonly otherwise?: Call
}

/** How resources of one type are found. */
export interface Row {
  readonly type: string
  /** Lists them; absent for a setting, which `describe` reads and which is a resource even when unset. */
  readonly list?: Call
  /** Where the items stand in the list's answer. */
  readonly items?: string
  /** Keeps the items that pass; an unset setting is an item without members. */
  readonly keep?: (item: Item, run: Pick<Run, 'home' | 'account'>) => boolean
  readonly describe?: Call
  /** Describes many at once: input member that takes the texts at `from`, items of the answer, the most in one call. */
  readonly describeMany?: { readonly operation: string, readonly member: string, readonly from: string, readonly items: string, readonly size: number, readonly with?: Item, readonly permission?: string }
  /** Further calls whose answers join the item. */
  readonly more?: readonly Call[]
  /** Pointer to tags in the item, or the call that gives them where the tagging API does not. */
  readonly tags?: string | Call
  /** Pointer to the ARN, or a template of it: `arn:{partition}:sns:{region}:{account}:{Name}`. */
  readonly arn?: string
  /** Pointers whose values, joined by `|`, identify it where it has no ARN. */
  readonly id?: readonly string[]
  /** Pointer to the name. */
  readonly name?: string
  /** Member names (pointers in CloudFormation's spelling) and what CloudFormation calls them. */
  readonly rename?: Readonly<Record<string, string>>
  readonly createdAt?: string
  readonly lastUsedAt?: string
  /** The metric that counts its uses, and the pointer to its name there; tells when it was last used where the service does not. */
  readonly usage?: Usage & { readonly by: string }
  /** Members that CloudFormation would give, made from the item. */
  readonly derive?: (item: Item, run: Pick<Run, 'account' | 'region' | 'home' | 'partition'>) => Item
  /** What only code tells, read with `--read-code`; without it a gap says once that code was not read. */
  readonly code?: {
    /** IAM permissions that reading needs. */
    readonly permissions: readonly string[]
    /** Whether the item has code. */
    readonly when?: (item: Item) => boolean
    readonly read: (run: Run, item: Item) => Promise<Item>
  }
  /** Further resources that the same item tells of. */
  readonly with?: readonly (Omit<Row, 'list' | 'items' | 'describe' | 'children' | 'with'> & {
    readonly when?: (item: Item) => boolean
    /** Where in the item they stand, or how they are made from it; absent: the item itself. */
    readonly items?: string | ((item: Item) => readonly Item[])
    /** The member that they are made of, by default `items`: without it there are none, and where it is unknown the list of them is incomplete. */
    readonly needs?: string
  })[]
  /** Resources that are listed once for each of these. */
  readonly children?: readonly Row[]
}

/** What reads one AWS service. */
export interface Collector {
  /** Its file's name. */
  readonly id: string
  /** The service's prefix in IAM policies. */
  readonly prefix: string
  /** `organization`: read once, from the account that stands for all. */
  readonly scope: 'region' | 'global' | 'organization'
  /** The service's SDK package, loaded when it is first needed. */
  readonly client: () => Promise<object>
  /** Input members of each list: page sizes. */
  readonly page?: Item
  /** What answers of the service call the next page, and the input that takes it, in place of the usual names: `{NextMarker: 'NextMarker'}`. */
  readonly token?: Readonly<Record<string, string>>
  /** An input member that tells apart what one operation is asked for: a refusal of one value says nothing of another. */
  readonly apart?: string
  /** Gives the tags of a thing by its ARN (`$arn`), for types that have tags and where the tagging API tells nothing of the service. */
  readonly tags?: Call
  readonly resources: readonly Row[]
  /** Reads what rows cannot express. */
  readonly collect?: (run: Run) => Promise<void>
  /** Types and permissions of `collect`. */
  readonly collects?: { readonly types: readonly string[], readonly permissions: readonly string[] }
}

/** Declares a collector. */
export const defineCollector = (collector: Collector): Collector => collector

/** A call, short: `by` is one member that is named alike in item and input, several of them, or a map from input to item. */
export const call = (operation: string, by: string | readonly string[] | Readonly<Record<string, string>> = {}, rest: Omit<Call, 'operation' | 'by'> = {}): Call =>
  ({ operation, by: typeof by === 'string' ? { [by]: by } : Array.isArray(by) ? Object.fromEntries(by.map((name: string) => [name, name])) : by as Readonly<Record<string, string>>, ...rest })
