import * as fc from 'fast-check'
import type { PolicyKind } from '../model.ts'
import * as names from './arbitrary-names.ts'

/** A statement with every element that its kind of policy may have. */
export const statement = (kind: PolicyKind): fc.Arbitrary<object> => fc.record({
  effect: kind === 'rcp' ? fc.constant('Deny') : fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
  actions: patterns(names.actionPatterns),
  notActions: rarely(),
  resources: patterns(names.resourcePatterns),
  notResources: rarely(),
  principal: fc.constantFrom(...names.entries),
  notPrincipal: rarely(),
  conditions: fc.oneof({ arbitrary: fc.constant({}), weight: 3 }, { arbitrary: conditions(), weight: 2 }),
}).map((parts) => ({
  Effect: parts.effect,
  [parts.notActions && kind !== 'rcp' ? 'NotAction' : 'Action']: parts.actions,
  ...(kind === 'trust' ? {} : { [parts.notResources ? 'NotResource' : 'Resource']: parts.resources }),
  ...principalElement(kind, parts),
  ...(Object.keys(parts.conditions).length === 0 ? {} : { Condition: parts.conditions }),
}))

const rarely = (): fc.Arbitrary<boolean> => fc.integer({ min: 0, max: 9 }).map((number) => number === 9)

const patterns = (alphabet: readonly string[]): fc.Arbitrary<string | string[]> => fc.oneof(
  fc.constantFrom(...alphabet), fc.uniqueArray(fc.constantFrom(...alphabet), { minLength: 1, maxLength: 3 }))

const principalElement = (kind: PolicyKind, parts: { effect: string, principal: unknown, notPrincipal: boolean }): object => {
  if (kind === 'identity' || kind === 'boundary' || kind === 'session' || kind === 'scp') return {}
  if (kind === 'rcp') return { Principal: '*' }
  const negated = parts.notPrincipal && parts.effect === 'Deny' && kind !== 'trust'
  return { [negated ? 'NotPrincipal' : 'Principal']: parts.principal }
}

type Block = Record<string, Record<string, string | string[]>>

const conditions = (): fc.Arbitrary<Block> =>
  fc.array(condition(), { minLength: 1, maxLength: 2 }).map((blocks) => Object.assign({}, ...blocks) as Block)

const condition = (): fc.Arbitrary<Block> => fc.constantFrom(...names.keys).chain(({ key, operators, values, many = false }) => fc.record({
  operator: fc.constantFrom(...operators),
  set: fc.constantFrom(...(many ? ['ForAllValues:', 'ForAnyValue:', 'ForAnyValue:', ''] : ['', '', '', '', '', '', 'ForAllValues:', 'ForAnyValue:'])),
  suffix: fc.constantFrom('', '', 'IfExists'),
  wanted: fc.oneof(fc.constantFrom(...values), fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 })),
  isNull: rarely(),
  absent: fc.constantFrom('true', 'false'),
}).map(({ operator, set, suffix, wanted, isNull, absent }): Block =>
  (isNull ? { Null: { [key]: absent } } : { [`${set}${operator}${suffix}`]: { [key]: wanted } })))
