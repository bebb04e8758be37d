import { holdsUnknown, isUnknown, uncounted, unknown } from '../../core/unknown.ts'
import { subnetOf } from '../cidr.ts'
import { standInFor } from '../stand-in.ts'
import { noValue, stackOutput } from './scope.ts'
import type { Scope } from './scope.ts'

/** Tells which place of the template a place of the result came from. */
export type OnPlace = (result: string, source: string) => void

const deepest = 100

const join = (path: string, key: string | number): string => (path === '' ? String(key) : `${path}/${key}`)

/** Evaluates a template value. What nothing resolves is unknown, with the reason; a property left out is gone. */
export const evaluate = (value: unknown, scope: Scope, source = '', result = '', onPlace: OnPlace = () => undefined): unknown => {
  const resolved = walk(value, scope, source, result, onPlace, 0)
  return resolved === noValue ? undefined : resolved
}

const walk = (value: unknown, scope: Scope, source: string, result: string, onPlace: OnPlace, depth: number): unknown => {
  if (depth > deepest) return unknown('the expression is nested too deep')
  onPlace(result, source)
  if (typeof value === 'string') return dynamic(value)
  if (typeof value !== 'object' || value === null) return value
  const inner = (child: unknown, key: string | number, at = join(result, key)) => walk(child, scope, join(source, key), at, onPlace, depth + 1)
  if (Array.isArray(value)) {
    const items = value.map((item, index) => inner(item, index)).filter((item) => item !== noValue)
    return items
  }
  const names = Object.keys(value)
  const [name] = names
  if (names.length === 1 && name !== undefined && (name === 'Ref' || name.startsWith('Fn::'))) {
    const argument = (value as Record<string, unknown>)[name]
    if (name === 'Fn::If') return choose(argument, scope, (branch, index) => walk(branch, scope, `${join(source, name)}/${index}`, result, onPlace, depth + 1))
    return call(name, argument, scope, (child) => walk(child, scope, join(source, name), result, () => undefined, depth + 1))
  }
  const entries = Object.entries(value).map(([key, child]) => [key, inner(child, key)] as const).filter(([, child]) => child !== noValue)
  return Object.fromEntries(entries)
}

/** `{{resolve:…}}` is a secret or a parameter of the account: never read. */
const dynamic = (text: string): unknown => (text.includes('{{resolve:') ? unknown('it is a dynamic reference') : text)

type Branch = (branch: unknown, index: number) => unknown

const choose = (argument: unknown, scope: Scope, branch: Branch): unknown => {
  if (!Array.isArray(argument) || argument.length !== 3) return unknown('Fn::If does not have three parts')
  const holds = condition(argument[0], scope)
  if (holds === true) return branch(argument[1], 1)
  if (holds === false) return branch(argument[2], 2)
  const [yes, no] = [branch(argument[1], 1), branch(argument[2], 2)]
  if (yes === noValue && no === noValue) return noValue
  const open = unknown(`condition ${String(argument[0])} is not known`)
  if (yes === noValue || no === noValue) return { ...open, $optional: true }
  return JSON.stringify(yes) === JSON.stringify(no) ? yes : open
}

/** Whether a condition holds: by name, or as an expression. */
export const condition = (value: unknown, scope: Scope, seen: readonly string[] = []): boolean | 'unknown' => {
  if (typeof value === 'string') {
    const known = scope.held.get(value)
    if (known !== undefined) return known
    if (seen.includes(value) || scope.conditions[value] === undefined || seen.length > deepest) return 'unknown'
    const held = condition(scope.conditions[value], scope, [...seen, value])
    scope.held.set(value, held)
    return held
  }
  if (typeof value === 'boolean') return value
  if (typeof value !== 'object' || value === null) return 'unknown'
  const [[name, argument] = ['', undefined]] = Object.entries(value)
  const parts = Array.isArray(argument) ? argument : [argument]
  const inner = (part: unknown) => condition(part, scope, seen)
  switch (name) {
    case 'Condition': return inner(argument)
    case 'Fn::Not': {
      const held = inner(parts[0])
      return held === 'unknown' ? held : !held
    }
    case 'Fn::And': {
      const held = parts.map(inner)
      return held.includes(false) ? false : held.includes('unknown') ? 'unknown' : true
    }
    case 'Fn::Or': {
      const held = parts.map(inner)
      return held.includes(true) ? true : held.includes('unknown') ? 'unknown' : false
    }
    case 'Fn::Equals': return same(evaluate(parts[0], scope), evaluate(parts[1], scope))
    case 'Fn::Contains': {
      const list = evaluate(parts[0], scope)
      return Array.isArray(list) ? some(list.map((item) => same(item, evaluate(parts[1], scope)))) : 'unknown'
    }
    default: return 'unknown'
  }
}

const same = (a: unknown, b: unknown): boolean | 'unknown' => (isUnknown(a) || isUnknown(b) ? 'unknown' : String(a) === String(b))

const some = (answers: readonly (boolean | 'unknown')[]): boolean | 'unknown' => (answers.includes(true) ? true : answers.includes('unknown') ? 'unknown' : false)

const call = (name: string, argument: unknown, scope: Scope, inner: (value: unknown) => unknown): unknown => {
  const parts = Array.isArray(argument) ? argument : [argument]
  switch (name) {
    case 'Ref': return typeof argument === 'string' ? reference(argument, scope) : unknown('Ref does not name anything')
    case 'Fn::GetAtt': return attribute(argument, scope, inner)
    case 'Fn::Sub': return substitute(parts, scope, inner)
    case 'Fn::Join': return joined(inner(parts[0]), inner(parts[1]))
    case 'Fn::Select': return selected(inner(parts[0]), inner(parts[1]))
    case 'Fn::Split': {
      const [separator, text] = [inner(parts[0]), inner(parts[1])]
      return typeof separator === 'string' && typeof text === 'string' ? text.split(separator) : unknown('Fn::Split of something not known')
    }
    case 'Fn::FindInMap': return found(parts.map(inner), scope, inner)
    case 'Fn::Base64': {
      const text = inner(argument)
      return typeof text === 'string' ? Buffer.from(text).toString('base64') : text
    }
    case 'Fn::ImportValue': {
      const exported = inner(argument)
      return typeof exported === 'string' ? scope.imported(exported) : unknown('the name of the import is not known')
    }
    case 'Fn::Length': {
      const list = inner(argument)
      const reason = Array.isArray(list) ? uncounted(list) : 'Fn::Length of something not known'
      return reason === undefined ? (list as unknown[]).length : unknown(reason)
    }
    case 'Fn::ToJsonString': {
      const document = inner(argument)
      // a document that holds something unknown stands for its own text
      return holdsUnknown(document) ? document : JSON.stringify(document)
    }
    case 'Fn::GetAZs': {
      const region = inner(argument)
      return isUnknown(region) ? region : ['a', 'b', 'c'].map((zone) => `${typeof region === 'string' && region !== '' ? region : scope.region}${zone}`)
    }
    case 'Fn::GetStackOutput': {
      const { StackName: stack, OutputName: output } = (inner(argument) ?? {}) as { StackName?: unknown, OutputName?: unknown }
      return typeof stack === 'string' && typeof output === 'string' ? scope.imported(stackOutput(stack, output)) : unknown('the output of the other stack is not known')
    }
    case 'Fn::Cidr': return subnets(parts.map(inner))
    default: return unknown(`${name} is not resolved`)
  }
}

/** So many networks out of one; the last part says how many bits their addresses have, 8 where it is left out. */
const subnets = ([block, count, bits = 8]: readonly unknown[]): unknown => {
  const missing = [block, count, bits].find(isUnknown)
  if (missing !== undefined) return missing
  const [address, length] = String(block).split('/')
  const longer = (address?.includes(':') === true ? 128 : 32) - Number(bits) - Number(length)
  const networks = Array.from({ length: Math.min(256, Math.max(0, Number(count) || 0)) }, (_, index) => subnetOf(String(block), longer, index))
  return networks.includes(undefined) ? unknown(`Fn::Cidr: ${String(block)} has no ${String(count)} such networks`) : networks
}

const pseudo = (name: string, scope: Scope): unknown => {
  switch (name) {
    case 'AWS::AccountId': return scope.account
    case 'AWS::Region': return scope.region
    case 'AWS::Partition': return scope.partition
    case 'AWS::URLSuffix': return scope.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'
    case 'AWS::StackName': return scope.stack
    case 'AWS::StackId': return `arn:${scope.partition}:cloudformation:${scope.region}:${scope.account}:stack/${scope.stack}/00000000-0000-0000-0000-000000000000`
    case 'AWS::NotificationARNs': return []
    case 'AWS::NoValue': return noValue
    default: return undefined
  }
}

const reference = (name: string, scope: Scope): unknown => {
  const fixed = pseudo(name, scope)
  if (fixed !== undefined) return fixed
  if (scope.parameters.has(name)) return scope.parameters.get(name)
  return scope.reference(name) ?? unknown(`${name} is not in the template`)
}

const attribute = (argument: unknown, scope: Scope, inner: (value: unknown) => unknown): unknown => {
  const text = typeof argument === 'string' ? argument : undefined
  const [resource, name] = text === undefined ? (Array.isArray(argument) ? [argument[0], inner(argument[1])] : []) : [text.slice(0, text.indexOf('.')), text.slice(text.indexOf('.') + 1)]
  if (typeof resource !== 'string' || typeof name !== 'string') return unknown('Fn::GetAtt does not name an attribute')
  return scope.attribute(resource, name) ?? unknown(`${resource}.${name} is known only when deployed`)
}

const substitute = ([template, values]: readonly unknown[], scope: Scope, inner: (value: unknown) => unknown): unknown => {
  if (typeof template !== 'string') return unknown('Fn::Sub has no text')
  const given = typeof values === 'object' && values !== null ? values as Record<string, unknown> : {}
  let missing: string | undefined
  const text = template.replace(/\$\{(!?)([^}]*)\}/g, (all, literal: string, raw: string) => {
    if (literal !== '') return `\${${raw}}`
    const name = raw.trim()
    const value = Object.hasOwn(given, name) ? inner(given[name]) : name.includes('.') ? attribute(name, scope, inner) : reference(name, scope)
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value)
    const standIn = isUnknown(value) && template !== all ? standInFor(value) : undefined
    if (standIn !== undefined) return standIn
    missing ??= isUnknown(value) ? value.$unknown : `${name} is not text`
    return ''
  })
  return missing === undefined ? dynamic(text) : unknown(missing)
}

const joined = (separator: unknown, list: unknown): unknown => {
  if (typeof separator !== 'string' || !Array.isArray(list)) return isUnknown(list) ? list : unknown('Fn::Join of something not known')
  const doubtful = uncounted(list)
  if (doubtful !== undefined) return unknown(doubtful)
  const parts = list.length === 1 ? list : list.map((item: unknown) => (isUnknown(item) ? standInFor(item) ?? item : item))
  const missing = parts.find(isUnknown)
  return missing === undefined ? dynamic(parts.map(String).join(separator)) : missing
}

const selected = (index: unknown, list: unknown): unknown => {
  if (!Array.isArray(list)) return isUnknown(list) ? list : unknown('Fn::Select of something not known')
  if (isUnknown(index)) return index
  const before = uncounted(list.slice(0, Number(index) + 1))
  if (before !== undefined) return unknown(before)
  return list[Number(index)] ?? unknown('Fn::Select of an item that is not there')
}

const found = ([map, top, second, options]: readonly unknown[], scope: Scope, inner: (value: unknown) => unknown): unknown => {
  const missing = [map, top, second].find(isUnknown)
  if (missing !== undefined) return missing
  const value = ((scope.mappings[String(map)] as Record<string, Record<string, unknown>> | undefined)?.[String(top)])?.[String(second)]
  if (value !== undefined) return value
  const fallback = (options as { DefaultValue?: unknown } | undefined)?.DefaultValue
  return fallback === undefined ? unknown(`mapping ${String(map)} has no ${String(top)}, ${String(second)}`) : inner(fallback)
}
