import { isUnknown, unknown } from '../../../core/unknown.ts'
import { truth } from './operators.ts'
import { expect, take } from './parser.ts'
import type { Expression, Parser } from './parser.ts'
import { extended, isLazy, spend } from './scope.ts'
import type { Scope } from './scope.ts'

/** `[for x in list : value if test]`, after its bracket. */
export const forList = (parser: Parser): Expression => {
  const loop = loopOf(parser)
  const value = parser.expression(parser)
  const test = testOf(parser)
  expect(parser, ']')
  return (scope) => {
    const turns = turnsOf(loop, test, scope)
    return isUnknown(turns) ? turns : turns.map((turn) => value(turn))
  }
}

/** `{for k, v in map : key => value... if test}`, after its brace; `...` groups values under one key. */
export const forObject = (parser: Parser): Expression => {
  const loop = loopOf(parser)
  const key = parser.expression(parser)
  expect(parser, '=>')
  const value = parser.expression(parser)
  const groups = take(parser, '...')
  const test = testOf(parser)
  expect(parser, '}')
  return (scope) => {
    const turns = turnsOf(loop, test, scope)
    if (isUnknown(turns)) return turns
    const fields = new Map<string, unknown>()
    for (const turn of turns) {
      const name = key(turn)
      if (isUnknown(name)) return name
      fields.set(String(name), groups ? [...fields.get(String(name)) as unknown[] ?? [], value(turn)] : value(turn))
    }
    return Object.fromEntries([...fields].filter(([name]) => name !== '__proto__'))
  }
}

interface Loop { readonly key?: string, readonly value: string, readonly collection: Expression }

const loopOf = (parser: Parser): Loop => {
  parser.at++
  const first = nameOf(parser)
  const second = take(parser, ',') ? nameOf(parser) : undefined
  if (parser.tokens[parser.at++]?.text !== 'in') throw new SyntaxError('expected in')
  const collection = parser.expression(parser)
  expect(parser, ':')
  return second === undefined ? { value: first, collection } : { key: first, value: second, collection }
}

const nameOf = (parser: Parser): string => {
  const token = parser.tokens[parser.at++]
  if (token?.kind !== 'name') throw new SyntaxError('expected a name')
  return token.text
}

const testOf = (parser: Parser): Expression | undefined => {
  const token = parser.tokens[parser.at]
  if (token?.kind !== 'name' || token.text !== 'if') return undefined
  parser.at++
  return parser.expression(parser)
}

/** A scope for each turn of a loop; unknown when it is not known which turns there are. */
const turnsOf = ({ key, value, collection }: Loop, test: Expression | undefined, scope: Scope): Scope[] | ReturnType<typeof unknown> => {
  const entries = entriesOf(collection(scope))
  if (isUnknown(entries)) return entries
  spend(scope, entries.length)
  const turns: Scope[] = []
  for (const [name, item] of entries) {
    const turn = extended(scope, key === undefined ? { [value]: item } : { [key]: name, [value]: item })
    const held = test?.(turn) ?? true
    if (isUnknown(held)) return held
    if (truth(held) === true) turns.push(turn)
  }
  return turns
}

/** Keys and values in the order in which Terraform goes through them. */
export const entriesOf = (collection: unknown): (readonly [string | number, unknown])[] | ReturnType<typeof unknown> => {
  if (isUnknown(collection)) return collection
  if (Array.isArray(collection)) return [...collection.entries()]
  if (isLazy(collection) || typeof collection !== 'object' || collection === null) return unknown('what is looped over is not a collection')
  return Object.entries(collection).sort(([a], [b]) => (a < b ? -1 : 1))
}
