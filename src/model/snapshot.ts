import type { Gap } from '../core/gap.ts'
import type { Resource } from './resource.ts'

/** The version of the snapshot format; readers accept it and every one before it. */
export const snapshotSchema = 'bartizan.snapshot/1'

/** An account that a snapshot covers. */
export interface AccountInfo {
  readonly id: string
  readonly name?: string
  /** Organizational unit path from the root, ids joined by `/`. */
  readonly path?: string
}

/** The first thing a snapshot says: what was read, when, by what. */
export interface SnapshotHeader {
  readonly schema: string
  /** ISO 8601; the only clock that anything after collecting knows. */
  readonly takenAt: string
  readonly tool: string
  /** `aws`, `cloudformation`, `cdk`, `terraform`, `config`, `demo`. */
  readonly source: string
  /** What the source was: an account id, a path. */
  readonly origin: string
  readonly accounts: readonly AccountInfo[]
  readonly regions: readonly string[]
}

/** One collector has finished with one account and region: a scan that goes on starts after it. */
export interface Done { readonly collector: string, readonly account: string, readonly region: string }

/** One line of a snapshot file. */
export type SnapshotLine =
  | { readonly kind: 'header', readonly header: SnapshotHeader }
  | { readonly kind: 'resource', readonly resource: Resource }
  | { readonly kind: 'gap', readonly gap: Gap }
  | { readonly kind: 'done', readonly done: Done }

/** A snapshot in memory: all that collecting found, and what it could not. */
export interface Snapshot {
  readonly header: SnapshotHeader
  readonly resources: ResourceTable
  readonly gaps: readonly Gap[]
  readonly done: readonly Done[]
}

/** Resources by number; a large snapshot keeps them as bytes and reads one when it is asked for. */
export interface ResourceTable {
  readonly length: number
  get(index: number): Resource
  /** What identifies a resource, without reading the rest of it. */
  typeOf(index: number): string
  idOf(index: number): string
  arnOf(index: number): string | undefined
  accountOf(index: number): string
  regionOf(index: number): string
}

/** A table over resources that are in memory already. */
export const tableOf = (resources: readonly Resource[]): ResourceTable => ({
  length: resources.length,
  get: (index) => resources[index]!,
  typeOf: (index) => resources[index]!.type,
  idOf: (index) => resources[index]!.id,
  arnOf: (index) => resources[index]!.arn,
  accountOf: (index) => resources[index]!.account,
  regionOf: (index) => resources[index]!.region,
})
