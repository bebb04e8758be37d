import { isUnknown, type Unknown } from '../../core/unknown.ts'
import type { Context } from './context.ts'
import type { Test } from './grammar.ts'
import { operatorNamed, type Operator } from './operators.ts'
import { resolve } from './variables.ts'
import { perhaps } from './world.ts'

/** Where a condition is evaluated: the request, and the policy that it stands in. */
export interface Place { readonly context: Context, readonly policy: string, readonly versioned: boolean }

/** "If your policy has multiple condition operators or keys, they are evaluated using a logical AND" (…_elements_condition). */
export const holdsAll = (tests: readonly (Test | Unknown)[], place: Place): boolean =>
  tests.every((test, index) => isUnknown(test) ? perhaps(place.context.world, `${place.policy} condition ${index}`) : holds(test, place))

/** Whether one key under one operator holds (reference_policies_elements_condition_operators). */
export const holds = (test: Test, place: Place): boolean => {
  const found = place.context.values(test.key)
  // "…or if the key values resolve to a null data set, such as an empty string": for Null and set operators that is no value.
  const filled = found?.filter((value) => value !== '') ?? []
  if (test.operator === 'Null') return isAbsent(test, filled.length === 0, place)
  const operator = operatorNamed(test.operator)
  // "ForAllValues … also returns true if there are no context keys in the request" (…_condition-single-vs-multi-valued).
  if (test.set === 'ForAllValues') return filled.every((value) => holdsFor(value, test, operator, place))
  const actual = test.set === 'ForAnyValue' ? filled : found ?? []
  if (actual.length === 0) return holdsWithoutKey(test, operator)
  if (test.set === 'ForAnyValue') return actual.some((value) => holdsFor(value, test, operator, place))
  // Without a set operator a key must have one value; with several nothing is said to match.
  const [value, ...more] = actual
  return value !== undefined && more.length === 0 && holdsFor(value, test, operator, place)
}

/**
 * "If the key is not present … IfExists: evaluate the condition element as true"; "if the key that you specify in a policy
 * condition is not present in the request context, the values do not match": false, but true where the operator is negated,
 * "ForAnyValue … returns false if there are no context keys in the request", negated or not.
 */
const holdsWithoutKey = (test: Test, operator: Operator): boolean => {
  if (test.ifExists) return true
  return test.set === undefined && operator.negated
}

/** Values of one key are OR, or NOR under a negated operator (reference_policies_condition-logic-multiple-context-keys-or-values). */
const holdsFor = (actual: string, test: Test, operator: Operator, place: Place): boolean => {
  const matched = test.values.some((wanted, index) => {
    if (isUnknown(wanted)) return perhaps(place.context.world, `${place.policy}${test.pointer}/${index} is ${actual}`)
    // Variables stand in values of "String operators, ARN operators" only (reference_policies_variables).
    const letters = resolve(wanted, place.versioned && operator.pattern !== undefined, place.context.single)
    return letters !== undefined && operator.match(actual, letters)
  })
  return matched !== operator.negated
}

/** "true – the key doesn't exist; false – the key exists and its value is not null" (Null condition operator). */
const isAbsent = (test: Test, absent: boolean, place: Place): boolean =>
  test.values.some((wanted, index) => {
    if (isUnknown(wanted)) return perhaps(place.context.world, `${place.policy}${test.pointer}/${index}`)
    return (wanted.toLowerCase() === 'true') === absent
  })
