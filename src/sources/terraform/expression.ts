import { isUnknown, unknown } from '../../core/unknown.ts'
import { callFunction } from './functions.ts'

/** Looks up what a name means: `var.x`, `local.y`, `aws_iam_role.r.arn`; each part after the first is a name or a key. */
export type Lookup = (path: readonly (string | number)[]) => unknown

/** Expressions deeper than this are not evaluated. */
const deepest = 80

const token = /\s+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/|(<<-?\s*[A-Za-z_]\w*\n)|("(?:\\[\s\S]|\$\{(?:[^{}"]|"(?:\\[\s\S]|[^"\\])*"|\{[^{}]*\})*\}|[^"\\])*")|(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([A-Za-z_][\w-]*)|(&&|\|\||==|!=|<=|>=|=>|\.\.\.|[-+*/%!<>?:.,=(){}[\]])/y

type Token = { readonly kind: 'text' | 'number' | 'name' | 'mark', readonly text: string }

/** Evaluates a text as hcl2json gives it: plain, an expression `${…}`, or a template that holds some. */
export const evaluateText = (text: string, lookup: Lookup, depth = 0): unknown => {
  if (depth > deepest) return unknown('the expression is nested too deep')
  if (!text.includes('${') && !text.includes('%{')) return text.replaceAll('$${', '${')
  if (text.includes('%{')) return unknown('template directives are not evaluated')
  const parts = split(text)
  if (parts.length === 1 && parts[0]!.expression) return evaluateExpression(parts[0]!.text, lookup, depth)
  let joined = ''
  for (const part of parts) {
    const value = part.expression ? evaluateExpression(part.text, lookup, depth) : part.text
    if (isUnknown(value)) return value
    if (typeof value === 'object' && value !== null) return unknown('a list or object stands in a text')
    joined += String(value ?? '')
  }
  return joined
}

/** Parts a template into plain text and expressions, counting braces outside of quoted texts. */
const split = (text: string): { expression: boolean, text: string }[] => {
  const parts: { expression: boolean, text: string }[] = []
  let plain = ''
  for (let at = 0; at < text.length; at++) {
    if (text.startsWith('$${', at)) {
      plain += '${'
      at += 2
    } else if (text.startsWith('${', at)) {
      const end = closing(text, at + 2)
      if (plain !== '') parts.push({ expression: false, text: plain })
      plain = ''
      parts.push({ expression: true, text: text.slice(at + 2, end) })
      at = end
    } else plain += text[at]
  }
  return plain === '' ? parts : [...parts, { expression: false, text: plain }]
}

const closing = (text: string, from: number): number => {
  let open = 1
  let quoted = false
  for (let at = from; at < text.length; at++) {
    const mark = text[at]
    if (quoted && mark === '\\') at++
    else if (mark === '"') quoted = !quoted
    else if (!quoted && mark === '{') open++
    else if (!quoted && mark === '}' && --open === 0) return at
  }
  return text.length
}

const evaluateExpression = (source: string, lookup: Lookup, depth: number): unknown => {
  try {
    const tokens = tokenize(source)
    const parser = { tokens, at: 0, lookup, depth }
    const value = conditional(parser)
    return parser.at === tokens.length ? value : unknown(`"${source.slice(0, 60)}" is not evaluated`)
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return unknown(`"${source.slice(0, 60)}" is not evaluated`)
    throw error
  }
}

const tokenize = (source: string): Token[] => {
  const tokens: Token[] = []
  token.lastIndex = 0
  while (token.lastIndex < source.length) {
    const found = token.exec(source)
    if (found === null || found[1] !== undefined) throw new SyntaxError('not an expression')
    const [, , text, number, name, mark] = found
    if (text !== undefined) tokens.push({ kind: 'text', text })
    else if (number !== undefined) tokens.push({ kind: 'number', text: number })
    else if (name !== undefined) tokens.push({ kind: 'name', text: name })
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark })
  }
  return tokens
}

interface Parser { readonly tokens: readonly Token[], at: number, readonly lookup: Lookup, readonly depth: number }

const is = (parser: Parser, text: string): boolean => parser.tokens[parser.at]?.kind === 'mark' && parser.tokens[parser.at]?.text === text

const take = (parser: Parser, text: string): boolean => {
  if (!is(parser, text)) return false
  parser.at++
  return true
}

const expect = (parser: Parser, text: string): void => {
  if (!take(parser, text)) throw new SyntaxError(`expected ${text}`)
}

const conditional = (parser: Parser): unknown => {
  const test = binary(parser, 0)
  if (!take(parser, '?')) return test
  const yes = conditional(parser)
  expect(parser, ':')
  const no = conditional(parser)
  if (isUnknown(test)) return JSON.stringify(yes) === JSON.stringify(no) ? yes : test
  return test === true || test === 'true' ? yes : no
}

const levels = [['||'], ['&&'], ['==', '!='], ['<', '>', '<=', '>='], ['+', '-'], ['*', '/', '%']]

const binary = (parser: Parser, level: number): unknown => {
  const marks = levels[level]
  if (marks === undefined) return unary(parser)
  let left = binary(parser, level + 1)
  for (let mark = marks.find((text) => is(parser, text)); mark !== undefined; mark = marks.find((text) => is(parser, text))) {
    parser.at++
    left = operate(mark, left, binary(parser, level + 1))
  }
  return left
}

const operate = (mark: string, a: unknown, b: unknown): unknown => {
  if (mark === '&&' && (a === false || b === false)) return false
  if (mark === '||' && (a === true || b === true)) return true
  if (isUnknown(a)) return a
  if (isUnknown(b)) return b
  const [x, y] = [Number(a), Number(b)]
  switch (mark) {
    case '&&': return Boolean(a) && Boolean(b)
    case '||': return Boolean(a) || Boolean(b)
    case '==': return JSON.stringify(a) === JSON.stringify(b)
    case '!=': return JSON.stringify(a) !== JSON.stringify(b)
    case '<': return x < y
    case '>': return x > y
    case '<=': return x <= y
    case '>=': return x >= y
    case '+': return x + y
    case '-': return x - y
    case '*': return x * y
    case '/': return x / y
    default: return x % y
  }
}

const unary = (parser: Parser): unknown => {
  if (take(parser, '!')) {
    const value = unary(parser)
    return isUnknown(value) ? value : !(value === true || value === 'true')
  }
  if (take(parser, '-')) {
    const value = unary(parser)
    return isUnknown(value) ? value : -Number(value)
  }
  return postfix(parser, primary(parser))
}

const primary = (parser: Parser): unknown => {
  const next = parser.tokens[parser.at++]
  if (next === undefined) throw new SyntaxError('the expression ends too soon')
  if (next.kind === 'text') return evaluateText(unquoted(next.text), parser.lookup, parser.depth + 1)
  if (next.kind === 'number') return Number(next.text)
  if (next.kind === 'name') return named(parser, next.text)
  if (next.text === '(') {
    const value = conditional(parser)
    expect(parser, ')')
    return value
  }
  if (next.text === '[') return list(parser)
  if (next.text === '{') return object(parser)
  throw new SyntaxError(`unexpected ${next.text}`)
}

const unquoted = (text: string): string => text.slice(1, -1).replaceAll(/\\(n|t|r|"|\\)/g, (_all, mark: string) => ({ n: '\n', t: '\t', r: '\r' })[mark] ?? mark)

const named = (parser: Parser, name: string): unknown => {
  if (name === 'true') return true
  if (name === 'false') return false
  if (name === 'null') return null
  if (take(parser, '(')) {
    const values: unknown[] = []
    while (!is(parser, ')')) {
      values.push(conditional(parser))
      if (take(parser, '...')) return unknown('the arguments of a function are spread')
      if (!take(parser, ',')) break
    }
    expect(parser, ')')
    return callFunction(name, values)
  }
  const path: (string | number)[] = [name]
  for (;;) {
    const { at } = parser
    if (take(parser, '.')) {
      const next = parser.tokens[parser.at]
      if (next === undefined || next.kind === 'mark') {
        parser.at = at
        break
      }
      parser.at++
      path.push(next.kind === 'number' ? Number(next.text) : next.text)
    } else if (is(parser, '[') && path[0] !== 'local' && !(parser.tokens[parser.at + 1]?.kind === 'mark')) {
      parser.at++
      const key = conditional(parser)
      expect(parser, ']')
      if (isUnknown(key)) return key
      path.push(typeof key === 'number' ? key : String(key))
    } else break
  }
  return parser.lookup(path)
}

const postfix = (parser: Parser, start: unknown): unknown => {
  let value = start
  for (;;) {
    if (take(parser, '.') || is(parser, '[')) {
      if (take(parser, '[')) {
        if (take(parser, '*')) {
          expect(parser, ']')
          continue
        }
        const key = conditional(parser)
        expect(parser, ']')
        value = member(value, key)
        continue
      }
      const next = parser.tokens[parser.at++]
      if (next === undefined) throw new SyntaxError('the expression ends in a dot')
      value = next.text === '*' ? value : member(value, next.text)
    } else return value
  }
}

/** A member of an object, an item of a list, or that member of every item (`list[*].name`). */
export const member = (value: unknown, key: unknown): unknown => {
  if (isUnknown(value)) return value
  if (isUnknown(key)) return key
  if (Array.isArray(value)) return typeof key === 'number' || /^\d+$/.test(String(key)) ? value[Number(key)] ?? unknown('the list has no such item') : value.map((item) => member(item, key))
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, String(key))) return (value as Record<string, unknown>)[String(key)]
  return unknown(`there is no ${String(key)}`)
}

const list = (parser: Parser): unknown => {
  if (parser.tokens[parser.at]?.text === 'for') throw new SyntaxError('for expressions are not evaluated')
  const items: unknown[] = []
  while (!is(parser, ']')) {
    items.push(conditional(parser))
    if (!take(parser, ',')) break
  }
  expect(parser, ']')
  return items
}

const object = (parser: Parser): unknown => {
  if (parser.tokens[parser.at]?.text === 'for') throw new SyntaxError('for expressions are not evaluated')
  const fields: Record<string, unknown> = {}
  while (!is(parser, '}')) {
    const key = parser.tokens[parser.at]
    const bare = key?.kind === 'name' && ['=', ':'].includes(parser.tokens[parser.at + 1]?.text ?? '')
    let name: unknown
    if (bare) {
      parser.at++
      name = key.text
    } else name = conditional(parser)
    if (!take(parser, '=')) expect(parser, ':')
    const value = conditional(parser)
    if (isUnknown(name)) return name
    if (String(name) !== '__proto__') fields[String(name)] = value
    take(parser, ',')
  }
  expect(parser, '}')
  return fields
}
