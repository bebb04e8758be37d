import { isUnknown, unknown } from '../../../core/unknown.ts'
import type { Unknown } from '../../../core/unknown.ts'

/** What an expression sees: the first part of each name, local files, and how much work is left for it. */
export interface Scope {
  /** `var`, `local`, `each`, `aws_iam_role`: what stands under it. */
  name(root: string): unknown
  readonly files: LocalFiles
  /** What a text comes to as a template with these names. */
  render(template: string, names: Readonly<Record<string, unknown>>): unknown
  /** Counts down as loops turn, so that no input can keep the evaluation busy. */
  readonly budget: { left: number }
}

/** Files that expressions may read: only those inside what is scanned. */
export interface LocalFiles {
  /** The text of a file; undefined where it is not there, or may not be read. */
  read(path: string): string | undefined
  list(folder: string): readonly string[]
}

/** A scope with more names. */
export const extended = (scope: Scope, names: Readonly<Record<string, unknown>>): Scope =>
  ({ ...scope, name: (root) => (Object.hasOwn(names, root) ? names[root] : scope.name(root)) })

const get: unique symbol = Symbol('get')

/** Members that are worked out only when they are asked for: a resource's attributes, a module's outputs. */
export interface Lazy { readonly [get]: (key: string) => unknown }

export const lazy = (find: (key: string) => unknown): Lazy => ({ [get]: find })

export const isLazy = (value: unknown): value is Lazy => typeof value === 'object' && value !== null && get in value

const failed: unique symbol = Symbol('failed')

/** An unknown that Terraform would call an error, which `try` and `can` catch. */
export const failure = (reason: string): Unknown => Object.assign(unknown(reason), { [failed]: true })

export const isFailure = (value: unknown): boolean => isUnknown(value) && failed in value

/** A member of an object or an item of a list. */
export const member = (value: unknown, key: unknown): unknown => {
  if (isUnknown(value)) return value
  if (isUnknown(key)) return key
  if (isLazy(value)) return value[get](String(key))
  if (Array.isArray(value)) return value[Number(key)] ?? failure('the list has no such item')
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, String(key))) return (value as Record<string, unknown>)[String(key)]
  return failure(`there is no ${String(key).slice(0, 100)}`)
}

/** Takes from the budget; when it is used up the evaluation ends. */
export const spend = ({ budget }: Scope, amount: number): void => {
  budget.left -= amount
  if (budget.left < 0) throw new RangeError('the expression is too large')
}
