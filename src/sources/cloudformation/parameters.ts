import { unknown } from '../../core/unknown.ts'
import { notGiven } from '../stand-in.ts'

interface Parameter { readonly Type?: unknown, readonly Default?: unknown, readonly NoEcho?: unknown }

/** Values of parameters: given, else the default. One without either, a secret one, and one read from SSM when deployed are unknown. */
export const parameterValues = (declared: Readonly<Record<string, unknown>>, given: Readonly<Record<string, unknown>>): Map<string, unknown> =>
  new Map(Object.entries(declared).map(([name, declaration]) => [name, valueOf(name, (declaration ?? {}) as Parameter, given)]))

const valueOf = (name: string, { Type: type, Default: standard, NoEcho: hidden }: Parameter, given: Readonly<Record<string, unknown>>): unknown => {
  const value = Object.hasOwn(given, name) ? given[name] : standard
  if (String(hidden) === 'true') return unknown(`parameter ${name} is secret`)
  if (typeof type === 'string' && type.startsWith('AWS::SSM::Parameter::Value')) return unknown(`parameter ${name} is read from SSM when deployed`)
  if (value === undefined || (value === '' && !Object.hasOwn(given, name) && typeof type === 'string' && type.startsWith('AWS::'))) return notGiven(name, `parameter ${name} has no value`)
  if (typeof type === 'string' && (type === 'CommaDelimitedList' || type.startsWith('List<'))) return typeof value === 'string' ? value.split(',').map((item) => item.trim()).filter((item) => item !== '') : value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
}
