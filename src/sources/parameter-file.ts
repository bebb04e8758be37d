import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { BartizanError } from '../core/errors.ts'

/** Parameters as the AWS CLI takes them (a list of `ParameterKey` and `ParameterValue`, or of `Name=Value`), as CodePipeline and Git sync do, or as one object. */
export const parameterFile = (file: string): Record<string, unknown> => {
  try {
    const document = parse(readFileSync(file, 'utf8'), { maxAliasCount: 100 }) as unknown
    const { Parameters: inner = document, parameters = inner } = (document ?? {}) as { Parameters?: unknown, parameters?: unknown }
    if (Array.isArray(parameters)) return Object.fromEntries(parameters.map((each: unknown) => (typeof each === 'string' ? pairOf(each) : named(each))))
    if (typeof parameters === 'object' && parameters !== null) return parameters as Record<string, unknown>
    throw new Error('it holds no parameters')
  } catch (error) {
    throw new BartizanError('BZ008', `Cannot read parameters from ${file}: ${(error as Error).message}`, { cause: error })
  }
}

const named = (parameter: unknown): [string, unknown] => {
  const { ParameterKey: key, ParameterValue: value } = (parameter ?? {}) as { ParameterKey?: unknown, ParameterValue?: unknown }
  if (typeof key !== 'string') throw new Error('an item of the list has no ParameterKey')
  return [key, value]
}

const pairOf = (text: string): [string, unknown] => {
  const at = text.indexOf('=')
  if (at < 1) throw new Error(`"${text}" is not Name=Value`)
  return [text.slice(0, at), text.slice(at + 1)]
}
