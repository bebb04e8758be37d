import { isUnknown } from '../../core/unknown.ts'
import { alwaysPresent, booleans, multivalued } from '../condition-keys.ts'
import type { Request } from '../model.ts'
import { edges } from './address.ts'
import type { Estate } from './estate.ts'
import type { Policy, Test } from './grammar.ts'
import { date, operatorNamed } from './operators.ts'
import { exactly, lettersOf, type Pattern } from './pattern.ts'
import { resolve, variableKeys } from './variables.ts'
import { witnesses } from './witnesses.ts'

/** Something that no policy names. */
const OTHER = 'other'

/**
 * The values of an open key that policies can tell apart, and its absence. A policy only ever compares a value, so one value
 * for each outcome of all comparisons stands for all values.
 */
export const samplesOf = (key: string, estate: Estate, request: Request): (readonly string[] | undefined)[] => {
  const tests = testsOf(key, estate)
  const singles = booleans.has(key) ? ['true', 'false'] : singleSamples(tests, piecesFor(key, estate, request))
  const lists = isMultivalued(key, estate) ? subsets(singles) : singles.map((value) => [value])
  return alwaysPresent.has(key) ? lists : [...lists, undefined]
}

interface Found { readonly test: Test, readonly policy: Policy }

const testsOf = (key: string, { everyPolicy }: Estate): Found[] =>
  allTests(everyPolicy).filter(({ test }) => test.key === key)

const allTests = (policies: readonly Policy[]): Found[] => policies.flatMap((policy) => policy.statements.flatMap((statement) =>
  isUnknown(statement) ? [] : statement.tests.flatMap((test) => isUnknown(test) ? [] : [{ test, policy }])))

const singleSamples = (tests: readonly Found[], pieces: readonly string[]): string[] => {
  const values = (pattern: RegExp): string[] => tests.flatMap(({ test }) =>
    pattern.test(test.operator) ? test.values.filter((value) => typeof value === 'string') : [])
  const numbers = values(/^Numeric/).map(Number).flatMap((value) => [value - 1, value, value + 1]).map(String)
  const dates = values(/^Date/).map(date).flatMap((value) => [value - 1000, value, value + 1000])
    .flatMap((value) => Number.isNaN(value) ? [] : [new Date(value).toISOString()])
  const addresses = values(/IpAddress$/).flatMap(edges)
  const flags = tests.some(({ test }) => test.operator === 'Bool') ? ['true', 'false'] : []
  const binaries = values(/^Binary/)
  const typed = [...numbers, ...dates, ...addresses, ...flags, ...binaries]
  const empty = values(/^String/).filter((value) => value === '')
  const patterns = [...tests.flatMap(patternsOf), ...typed.map((value) => exactly(lettersOf(value))), ...pieces.map((piece) => exactly(lettersOf(piece)))]
  const texts = patterns.length === 0 ? [OTHER] : witnesses(patterns)
  // Keys that only hold booleans, numbers, dates or addresses never hold other text.
  return [...new Set(typed.length > 0 && values(/^(String|Arn)/).length === 0 ? typed : [...typed, ...empty, ...texts])]
}

const patternsOf = ({ test, policy }: Found): Pattern[] => {
  if (test.operator === 'Null') return []
  const { pattern } = operatorNamed(test.operator)
  if (pattern === undefined) return []
  return test.values.flatMap((value) => {
    if (isUnknown(value) || (policy.versioned && variableKeys(value).length > 0)) return []
    return [pattern(resolve(value, policy.versioned, () => undefined) ?? [])]
  })
}

/**
 * Where a variable compares a key with the resource or with another key, values worth trying are the parts of the resource
 * and what else the request and the policies name.
 */
const piecesFor = (key: string, estate: Estate, request: Request): string[] => {
  if (!isInVariables(key, estate)) return []
  const parts = runs(request.resource)
  const given = Object.values(request.context ?? {}).flat()
  const tags = [request.session?.tags, ...(estate.input.principals ?? []).map(({ tags }) => tags), ...(estate.input.resources ?? []).map(({ tags }) => tags)]
    .flatMap((each) => each === undefined || isUnknown(each) ? [] : Object.values(each))
  const named = allTests(estate.everyPolicy).filter(({ test }) => /^(String|Arn)/.test(test.operator))
    .flatMap(({ test }) => test.values).flatMap((value) => typeof value === 'string' && !/[$*?]/.test(value) ? [value] : [])
  const { principals = [], accounts = [] } = estate.input
  const names = [request.principal, ...principals.map(({ arn }) => arn)].flatMap((arn) => [arn, arn.slice(arn.lastIndexOf('/') + 1)])
  const places = accounts.flatMap(({ id, organization = '', organizationPath = '' }) => [id, organization, organizationPath])
  return [...new Set([...parts, ...given, ...tags, ...named, ...names, ...places])].filter((piece) => piece !== '' && !/[*?]/.test(piece))
}

/** Everything that stands between two separators of an ARN, or between one and the end: a tag's value may hold separators itself. */
const runs = (arn: string): string[] => {
  const starts = [0, ...[...arn.matchAll(/[:/]/g)].map(({ index }) => index + 1)]
  const ends = [...starts.slice(1).map((start) => start - 1), arn.length]
  return starts.flatMap((start) => ends.filter((end) => end > start).map((end) => arn.slice(start, end)))
}

/** Whether a variable reads the key, or the key is compared with one. */
const isInVariables = (key: string, { everyPolicy }: Estate): boolean => everyPolicy.some((policy) =>
  policy.versioned && policy.statements.some((statement) => !isUnknown(statement) && (
    texts(statement.resources?.patterns).some((text) => variableKeys(text).includes(key)) ||
    statement.tests.some((test) => !isUnknown(test) && texts(test.values).some((value) => {
      const keys = variableKeys(value)
      return keys.includes(key) || (test.key === key && keys.length > 0)
    })))))

const texts = (values: readonly unknown[] | undefined): string[] => (values ?? []).filter((value) => typeof value === 'string')

const isMultivalued = (key: string, { catalogue }: Estate): boolean => {
  const types = [catalogue?.globalKeys[key], ...Object.values(catalogue?.services ?? {}).map(({ keys }) => keys?.[key])]
  return multivalued.has(key) || types.some((type) => type?.startsWith('ArrayOf') === true)
}

/** Every choice of up to four values; more would need more comparisons than a readable policy makes. */
const subsets = (values: readonly string[]): string[][] => {
  const all: string[][] = [[]]
  for (const value of values) all.push(...all.filter((subset) => subset.length < 4).map((subset) => [...subset, value]))
  return all.filter((subset) => subset.length > 0)
}

/** Names that sessions of a role may have: those that policies name as principals or in aws:userid, and another. */
export const sampleSessions = (estate: Estate, prefix: string): readonly (readonly string[])[] => {
  const texts = estate.everyPolicy.flatMap(({ statements }) => statements)
    .flatMap((statement) => isUnknown(statement) ? [] : statement.principals?.entries ?? [])
    .flatMap((entry) => isUnknown(entry) ? [] : [entry.text])
  const behind = JSON.stringify(estate.input.resources?.map(({ also }) => also) ?? []).match(/arn:[^"]*/g) ?? []
  const named = [...texts, ...behind].flatMap((text) => text.startsWith(prefix) ? [text.slice(prefix.length)] : [])
  const ids = witnesses(testsOf('aws:userid', estate).flatMap(patternsOf))
    .flatMap((id) => id.includes(':') ? [id.slice(id.indexOf(':') + 1)] : [])
  return [...new Set([...named, ...ids, OTHER])].map((name) => [name])
}
