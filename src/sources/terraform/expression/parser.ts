import type { Scope } from './scope.ts'
import type { Token } from './tokens.ts'

/** An expression that is ready to be evaluated in a scope. */
export type Expression = (scope: Scope) => unknown

/** Compiles the source of an expression that stands inside another at this depth; one that cannot be read is a SyntaxError. */
export type Compile = (source: string, depth: number) => Expression

/** Tokens and how far they have been read. */
export interface Parser {
  readonly tokens: readonly Token[]
  at: number
  depth: number
  /** Reads a whole expression. */
  readonly expression: (parser: Parser) => Expression
}

/** Whether this mark comes next. */
export const is = (parser: Parser, text: string): boolean => parser.tokens[parser.at]?.kind === 'mark' && parser.tokens[parser.at]?.text === text

/** Goes past this mark if it comes next. */
export const take = (parser: Parser, text: string): boolean => {
  if (!is(parser, text)) return false
  parser.at++
  return true
}

/** Goes past this mark, which must come next. */
export const expect = (parser: Parser, text: string): void => {
  if (!take(parser, text)) throw new SyntaxError(`expected ${text}`)
}
