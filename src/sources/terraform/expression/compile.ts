import { isUnknown, unknown } from '../../../core/unknown.ts'
import { callFunction } from '../functions.ts'
import { levels, operate, truth } from './operators.ts'
import { forList, forObject } from './for.ts'
import { expect, is, take } from './parser.ts'
import type { Compile, Expression, Parser } from './parser.ts'
import { isLazy, member } from './scope.ts'
import { compileTemplate } from './template.ts'
import { tokenize } from './tokens.ts'

/** Expressions deeper than this are refused. */
const deepest = 150

/** Compiles the source of an expression; one that cannot be read is a SyntaxError. */
export const compileExpression: Compile = (source, depth) => {
  const parser: Parser = { tokens: tokenize(source), at: 0, depth, expression: conditional }
  const expression = conditional(parser)
  const rest = parser.tokens[parser.at]
  if (rest !== undefined) throw new SyntaxError(`unexpected ${rest.text}`)
  return expression
}

function conditional(parser: Parser): Expression {
  if (++parser.depth > deepest) throw new SyntaxError('the expression is nested too deep')
  const test = binary(parser, 0)
  parser.depth--
  if (!take(parser, '?')) return test
  const yes = conditional(parser)
  expect(parser, ':')
  const no = conditional(parser)
  return (scope) => {
    const held = test(scope)
    if (!isUnknown(held)) return truth(held) === true ? yes(scope) : no(scope)
    const [a, b] = [yes(scope), no(scope)]
    return !isLazy(a) && JSON.stringify(a) === JSON.stringify(b) ? a : held
  }
}

const binary = (parser: Parser, level: number): Expression => {
  const marks = levels[level]
  if (marks === undefined) return unary(parser)
  let left = binary(parser, level + 1)
  for (let mark = marks.find((text) => is(parser, text)); mark !== undefined; mark = marks.find((text) => is(parser, text))) {
    parser.at++
    const [operator, a, b] = [mark, left, binary(parser, level + 1)]
    left = (scope) => operate(operator, a(scope), b(scope))
  }
  return left
}

const unary = (parser: Parser): Expression => {
  const mark = ['!', '-'].find((text) => take(parser, text))
  if (mark === undefined) return postfix(parser, primary(parser))
  const inner = unary(parser)
  return (scope) => {
    const value = inner(scope)
    return isUnknown(value) ? value : mark === '!' ? truth(value) !== true : -Number(value)
  }
}

const primary = (parser: Parser): Expression => {
  const token = parser.tokens[parser.at++]
  if (token === undefined) throw new SyntaxError('the expression ends too early')
  if (token.kind === 'text') return compileTemplate(token.text, compileExpression, parser.depth + 1)
  if (token.kind === 'number') {
    const value = Number(token.text)
    return () => value
  }
  if (token.kind === 'name') return named(parser, token.text)
  switch (token.text) {
    case '(': {
      const inner = conditional(parser)
      expect(parser, ')')
      return inner
    }
    case '[': return parser.tokens[parser.at]?.text === 'for' ? forList(parser) : list(parser)
    case '{': return parser.tokens[parser.at]?.text === 'for' ? forObject(parser) : object(parser)
    default: throw new SyntaxError(`unexpected ${token.text}`)
  }
}

const constants: Readonly<Record<string, unknown>> = { true: true, false: false, null: null }

const named = (parser: Parser, name: string): Expression => {
  if (Object.hasOwn(constants, name)) return () => constants[name]
  let whole = name
  while (take(parser, '::')) {
    const part = parser.tokens[parser.at++]
    if (part === undefined) throw new SyntaxError('the expression ends too early')
    whole += `::${part.text}`
  }
  const next = parser.tokens[parser.at]
  if (next?.text !== '(' || next.kind !== 'mark' || next.breaks) return (scope) => scope.name(name)
  parser.at++
  const values: Expression[] = []
  let spread = false
  while (!is(parser, ')')) {
    values.push(conditional(parser))
    spread = take(parser, '...')
    if (!take(parser, ',')) break
  }
  expect(parser, ')')
  return (scope) => {
    const given = values.map((value) => value(scope))
    if (!spread) return callFunction(whole, given, scope)
    const last = given.pop()
    return Array.isArray(last) ? callFunction(whole, [...given, ...last as unknown[]], scope) : isUnknown(last) ? last : unknown('what is spread is not a list')
  }
}

/** Members, items and splats; what follows a splat is asked of each item. */
const postfix = (parser: Parser, start: Expression): Expression => {
  let value = start
  for (;;) {
    const inner = value
    if (take(parser, '.')) {
      const next = parser.tokens[parser.at++]
      if (next === undefined) throw new SyntaxError('the expression ends in a dot')
      if (next.text === '*') return splat(parser, inner)
      if (next.kind === 'mark' || next.kind === 'text') throw new SyntaxError(`unexpected ${next.text}`)
      // `list.0.1` is read as one number by the tokens
      for (const key of next.kind === 'number' ? next.text.split('.') : [next.text]) {
        const before = value
        value = (scope) => member(before(scope), key)
      }
    } else if (is(parser, '[') && !parser.tokens[parser.at]!.breaks) {
      parser.at++
      if (take(parser, '*')) {
        expect(parser, ']')
        return splat(parser, inner)
      }
      const key = conditional(parser)
      expect(parser, ']')
      value = (scope) => member(inner(scope), key(scope))
    } else return value
  }
}

const splat = (parser: Parser, list: Expression): Expression => {
  let item: unknown
  const each = postfix(parser, () => item)
  return (scope) => {
    const value = list(scope)
    if (isUnknown(value)) return value
    const items: unknown[] = Array.isArray(value) ? value : value === null ? [] : [value]
    return items.map((one) => {
      item = one
      return each(scope)
    })
  }
}

const list = (parser: Parser): Expression => {
  const items: Expression[] = []
  while (!is(parser, ']')) {
    items.push(conditional(parser))
    if (!take(parser, ',')) break
  }
  expect(parser, ']')
  return (scope) => items.map((item) => item(scope))
}

const object = (parser: Parser): Expression => {
  const fields: (readonly [Expression, Expression])[] = []
  while (!is(parser, '}')) {
    const key = parser.tokens[parser.at]
    const bare = key?.kind === 'name' && ['=', ':'].includes(parser.tokens[parser.at + 1]?.text ?? '')
    if (bare) parser.at++
    const name: Expression = bare ? () => key.text : conditional(parser)
    if (!take(parser, '=')) expect(parser, ':')
    fields.push([name, conditional(parser)])
    take(parser, ',')
  }
  expect(parser, '}')
  return (scope) => {
    const entries = fields.map(([name, value]) => [name(scope), value(scope)] as const)
    const missing = entries.find(([name]) => isUnknown(name))?.[0]
    return missing ?? Object.fromEntries(entries.filter(([name]) => name !== '__proto__').map(([name, value]) => [String(name), value]))
  }
}
