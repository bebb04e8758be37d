import { unknown } from '../../core/unknown.ts'
import type { Gap } from '../../core/gap.ts'
import type { Resource } from '../../model/resource.ts'
import type { Block } from './block.ts'
import { settleReferences } from './plan-references.ts'
import type { ConfigModule } from './plan-references.ts'
import { blocksToResources } from './resources.ts'
import { whereOf } from './where.ts'
import type { Where } from './where.ts'

type Json = Readonly<Record<string, unknown>>

interface Change { readonly address: string, readonly type: string, readonly mode?: string, readonly change: { readonly actions: readonly string[], readonly after?: unknown, readonly after_unknown?: unknown, readonly before?: unknown } }
interface Module { readonly resources?: readonly { readonly address: string, readonly type: string, readonly mode?: string, readonly values?: Json }[], readonly child_modules?: readonly Module[] }
/** A state as it lies on disk. */
interface State { readonly resources?: readonly { readonly module?: string, readonly mode?: string, readonly type?: unknown, readonly name?: unknown, readonly instances?: readonly { readonly index_key?: string | number, readonly attributes?: Json }[] }[] }

interface Plan extends State {
  readonly resource_changes?: readonly Change[]
  readonly planned_values?: { readonly root_module?: Module }
  readonly values?: { readonly root_module?: Module }
  readonly prior_state?: { readonly values?: { readonly root_module?: Module } }
  readonly configuration?: { readonly root_module?: ConfigModule, readonly provider_config?: Readonly<Record<string, { readonly full_name?: string, readonly expressions?: Json }>> }
  readonly variables?: Readonly<Record<string, { readonly value?: unknown }>>
}

/** Whether a document is what `terraform show -json` prints, of a plan or of a state, or a state as it lies on disk. */
export const isPlan = (document: unknown): document is Plan => {
  const plan = document as (Plan & { format_version?: unknown, version?: unknown, terraform_version?: unknown }) | null
  if (typeof plan === 'object' && plan?.version === 4 && plan.terraform_version !== undefined && Array.isArray(plan.resources)) return true
  return typeof plan === 'object' && plan !== null && plan.format_version !== undefined && (plan.resource_changes !== undefined || plan.planned_values !== undefined || plan.values !== undefined)
}

/** The resources that a plan will leave, or that a state holds; what is known only after apply is unknown. */
export const planResources = (file: string, plan: Plan, given: Where): { readonly resources: Resource[], readonly gaps: Gap[] } => {
  const where = placeOf(plan, given)
  const changes = plan.resource_changes?.filter(({ change }) => !isDestroyed(change.actions)).map((change): Change & { block: Block } => ({ ...change, block: blockOf(change, file) }))
  const blocks = changes === undefined
    ? moduleBlocks(plan.planned_values?.root_module ?? plan.values?.root_module ?? { resources: stateResources(plan) }).filter(({ mode }) => mode !== 'data').map(({ address, type, values = {} }): Block => ({ address, type, values: { ...values }, file }))
    : changes.filter(({ mode }) => mode !== 'data').map(({ block }) => block)
  const documents = changes?.filter(({ mode, type }) => mode === 'data' && type === 'aws_iam_policy_document').map(({ block }) => block) ?? []
  return blocksToResources(settleReferences({ root: plan.configuration?.root_module ?? {}, blocks, documents, variables: plan.variables ?? {}, where }), where)
}

const isDestroyed = (actions: readonly string[]): boolean => actions.length === 1 && (actions[0] === 'delete' || actions[0] === 'forget')

const blockOf = ({ address, type, change }: Change, file: string): Block => ({ address, type, values: withUnknowns(change.after, change.after_unknown) as Record<string, unknown> ?? {}, file })

const moduleBlocks = ({ resources = [], child_modules: children = [] }: Module): NonNullable<Module['resources']>[number][] => [...resources, ...children.flatMap(moduleBlocks)]

const stateResources = ({ resources = [] }: State): NonNullable<Module['resources']> => resources.flatMap(({ module, mode = 'managed', type, name, instances = [] }) =>
  (typeof type !== 'string' || typeof name !== 'string' ? [] : instances.map(({ index_key: key, attributes: values = {} }) =>
    ({ address: `${module === undefined ? '' : `${module}.`}${type}.${name}${key === undefined ? '' : `[${JSON.stringify(key)}]`}`, type, mode, values }))))

/** The account that the plan was made in, and the region of its provider. */
const placeOf = (plan: Plan, where: Where): Where => {
  const read = moduleBlocks(plan.prior_state?.values?.root_module ?? {})
  const value = (type: string, name: string) => read.find((block) => block.mode === 'data' && block.type === type)?.values?.[name]
  const { expressions = {} } = Object.values(plan.configuration?.provider_config ?? {}).find(({ full_name: name = '' }) => /\/(aws|awscc)$/.test(name)) ?? plan.configuration?.provider_config?.['aws'] ?? {}
  const { constant_value: constant, references } = (expressions['region'] ?? {}) as { constant_value?: unknown, references?: readonly string[] }
  const region = constant ?? plan.variables?.[references?.[0]?.replace(/^var\./, '') ?? '']?.value ?? value('aws_region', 'region') ?? value('aws_region', 'id')
  const account = value('aws_caller_identity', 'account_id')
  return whereOf(where, { region, role: typeof account === 'string' ? `arn:aws:iam::${account}:role/` : undefined })
}

/** Lays `after_unknown`, which has `true` where a value is not known yet, over the planned values. */
const withUnknowns = (value: unknown, unknowns: unknown): unknown => {
  if (unknowns === true) return unknown('it is known only after apply')
  if (typeof unknowns !== 'object' || unknowns === null) return value
  if (Array.isArray(unknowns)) return Array.isArray(value) ? value.map((item, index) => withUnknowns(item, unknowns[index])) : unknowns.length === 0 ? value : unknowns.map((inner) => withUnknowns(undefined, inner))
  const object = typeof value === 'object' && value !== null ? { ...value as Json } : {}
  return Object.fromEntries([...new Set([...Object.keys(object), ...Object.keys(unknowns)])].map((name) => [name, withUnknowns(object[name], (unknowns as Json)[name])]))
}
