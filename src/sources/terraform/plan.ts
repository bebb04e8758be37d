import { unknown } from '../../core/unknown.ts'
import type { Gap } from '../../core/gap.ts'
import type { Resource } from '../../model/resource.ts'
import { configAddress } from './block.ts'
import type { Block } from './block.ts'
import { blocksToResources } from './resources.ts'
import { settleReferences } from './settle.ts'
import type { Where } from './resources.ts'

type Json = Readonly<Record<string, unknown>>

interface Change { readonly address: string, readonly type: string, readonly mode?: string, readonly change: { readonly actions: readonly string[], readonly after?: unknown, readonly after_unknown?: unknown, readonly before?: unknown } }
interface Module { readonly resources?: readonly (Json & { readonly address: string, readonly type: string, readonly mode?: string, readonly values?: Json, readonly expressions?: Json })[], readonly child_modules?: readonly Module[], readonly module_calls?: Readonly<Record<string, { readonly module?: Module }>> }
interface Plan { readonly resource_changes?: readonly Change[], readonly planned_values?: { readonly root_module?: Module }, readonly values?: { readonly root_module?: Module }, readonly configuration?: { readonly root_module?: Module } }

/** Whether a document is what `terraform show -json` prints, of a plan or of a state. */
export const isPlan = (document: unknown): document is Plan => {
  const plan = document as (Plan & { format_version?: unknown }) | null
  return typeof plan === 'object' && plan !== null && plan.format_version !== undefined && (plan.resource_changes !== undefined || plan.planned_values !== undefined || plan.values !== undefined)
}

/** The resources that a plan will leave, or that a state holds; what is known only after apply is unknown. */
export const planResources = (file: string, plan: Plan, where: Where): { readonly resources: Resource[], readonly gaps: Gap[] } => {
  const blocks = plan.resource_changes === undefined
    ? moduleBlocks(plan.planned_values?.root_module ?? plan.values?.root_module ?? {})
    : plan.resource_changes.filter(({ mode, change }) => mode !== 'data' && !isDestroyed(change.actions)).map(({ address, type, change }): Block =>
      ({ address, type, values: withUnknowns(change.after, change.after_unknown) as Record<string, unknown> ?? {} }))
  const expressions = new Map<string, Json>()
  expressionsOf(plan.configuration?.root_module ?? {}, '', expressions)
  const settled = settleReferences(blocks.map((block) => ({ ...block, file })), (block) => expressions.get(configAddress(block.address)), where)
  return blocksToResources(settled, where)
}

const isDestroyed = (actions: readonly string[]): boolean => actions.length === 1 && actions[0] === 'delete'

const moduleBlocks = ({ resources = [], child_modules: children = [] }: Module): Block[] => [
  ...resources.filter(({ mode }) => mode !== 'data').map(({ address, type, values = {} }): Block => ({ address, type, values: { ...values } })),
  ...children.flatMap(moduleBlocks),
]

/** Lays `after_unknown`, which has `true` where a value is not known yet, over the planned values. */
const withUnknowns = (value: unknown, unknowns: unknown): unknown => {
  if (unknowns === true) return unknown('it is known only after apply')
  if (typeof unknowns !== 'object' || unknowns === null) return value
  if (Array.isArray(unknowns)) return Array.isArray(value) ? value.map((item, index) => withUnknowns(item, unknowns[index])) : value
  const object = typeof value === 'object' && value !== null ? { ...value as Json } : {}
  return Object.fromEntries([...new Set([...Object.keys(object), ...Object.keys(unknowns)])].map((name) => [name, withUnknowns(object[name], (unknowns as Json)[name])]))
}

const expressionsOf = ({ resources = [], module_calls: calls = {} }: Module, prefix: string, into: Map<string, Json>): void => {
  for (const { address, expressions = {} } of resources) into.set(`${prefix}${address}`, expressions)
  for (const [name, { module }] of Object.entries(calls)) if (module !== undefined) expressionsOf(module, `${prefix}module.${name}.`, into)
}
