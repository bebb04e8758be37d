import type { StatementRef } from '../iam/model.ts'
import type { Relation } from '../model/relations.ts'

/** One end of a relation, and the property that states it. */
export interface Link {
  readonly node: number
  readonly pointer: string
  /** What must hold for the relation to hold, in words, where that is not certain. */
  readonly condition?: string
}

/** Those who hold a permission: numbers of principal classes in rising order, doubled, with the lowest bit set where it is conditional. */
export type Who = Int32Array

/** A permission with what decides it. */
export interface Permission {
  readonly action: string
  /** The ARN asked for. */
  readonly resource: string
  readonly statements: readonly StatementRef[]
  /** In words; empty when it holds for certain. */
  readonly conditions: readonly string[]
}

/** What the solver asks of an estate. Nodes are numbers from 0; a class of principals goes by the number of one of its members. */
export interface Scene {
  readonly size: number
  idOf(node: number): string
  nameOf(node: number): string
  typeOf(node: number): string
  find(id: string): number | undefined
  ofType(type: string): readonly number[]
  out(node: number, relation: Relation): readonly Link[]
  in(node: number, relation: Relation): readonly Link[]
  /** Everyone who may do the action to the node; without a node, in their own account. */
  who(action: string, node: number | undefined, context: Readonly<Record<string, string>> | undefined): Who
  /** The class that a principal belongs to. */
  classOf(principal: number): number
  membersOf(principalClass: number): readonly number[]
  explain(principal: number, action: string, node: number | undefined, context: Readonly<Record<string, string>> | undefined): Permission
}
