import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { BartizanError } from '../../core/errors.ts'
import type { Gap } from '../../core/gap.ts'
import { isUnknown, unknown } from '../../core/unknown.ts'
import { partitionOf } from '../../core/arn.ts'
import { identify } from '../../model/identify.ts'
import type { Resource } from '../../model/resource.ts'
import { readText } from '../files.ts'
import { schemaOf } from '../shape.ts'
import type { Block } from './block.ts'
import { blockLines } from './block-lines.ts'
import type { BlockLines } from './block-lines.ts'
import { evaluateText, member } from './expression.ts'
import type { Lookup } from './expression.ts'
import { policyDocument } from './policy-document.ts'
import { blocksToResources } from './resources.ts'
import { terraformTypes } from './types.ts'

type Body = Readonly<Record<string, unknown>>
type Named = Readonly<Record<string, readonly Body[]>>

interface Files {
  readonly resource?: Readonly<Record<string, Named>>
  readonly data?: Readonly<Record<string, Named>>
  readonly variable?: Named
  readonly locals?: readonly Body[]
  readonly module?: Named
  readonly output?: Named
}

interface Where { readonly account: string, readonly region: string, readonly variables: Readonly<Record<string, unknown>> }

const deepestModules = 8
const mostInstances = 200

/** Reads folders of HCL as Terraform would plan them, as far as that is known without running it: each folder that no other calls is a root module. */
export const hclResources = async (files: readonly string[], where: Where, from: string | undefined, read: (file: string) => string = readText): Promise<{ readonly resources: Resource[], readonly gaps: Gap[] }> => {
  const gaps: Gap[] = []
  const show = (file: string) => (from === undefined ? file : relative(from, resolve(file)) || file)
  const gap = (operation: string, reason: string) => gaps.push({ account: where.account, region: where.region, operation, reason })
  const folders = [...new Set(files.map((file) => resolve(dirname(file))))]
  const parsed = new Map<string, Files>()
  const lines = new Map<string, BlockLines>()
  const load = async (folder: string): Promise<Files> => {
    const known = parsed.get(folder)
    if (known !== undefined) return known
    const own = readdirSync(folder).filter((name) => /\.(tf|tofu)$/.test(name)).sort()
    const documents: Files[] = []
    for (const name of own) {
      const path = join(folder, name)
      const text = read(path)
      try {
        documents.push(await parseHcl(show(path), text) as Files)
        for (const [address, place] of blockLines(show(path), text)) lines.set(`${folder} ${address}`, place)
      } catch (error) {
        if (!(error instanceof BartizanError)) throw error
        gap(`read ${show(path)}`, error.message)
      }
    }
    const whole = together(documents)
    parsed.set(folder, whole)
    return whole
  }
  const called = new Set<string>()
  for (const folder of folders) {
    for (const [{ source } = {}] of Object.values((await load(folder)).module ?? {})) if (typeof source === 'string' && source.startsWith('.')) called.add(resolve(folder, source))
  }
  const blocks: Block[] = []
  const visit = async (folder: string, prefix: string, variables: Body, depth: number): Promise<Lookup> => {
    const module = await load(folder)
    const children = new Map<string, Lookup>()
    const scope = moduleScope(module, variables, where, (name, output) => children.get(name)?.(['output', output]) ?? unknown(`module ${name} was not read`))
    for (const [name, [call = {}]] of Object.entries(module.module ?? {})) {
      const target = typeof call['source'] === 'string' && call['source'].startsWith('.') ? resolve(folder, call['source']) : undefined
      if (target === undefined || depth >= deepestModules || !existsSync(target)) {
        gap(`read module ${prefix}${name}`, `its source ${JSON.stringify(call['source'])} is not a folder here; scan a plan (terraform show -json) to include it`)
        continue
      }
      children.set(name, await visit(target, `${prefix}module.${name}.`, scope.evaluate(call) as Body, depth + 1))
    }
    for (const [type, named] of Object.entries(module.resource ?? {})) {
      for (const [name, [body = {}]] of Object.entries(named)) {
        const place = lines.get(`${folder} ${type}.${name}`)
        for (const { key, values } of scope.instances(body)) {
          blocks.push({ address: `${prefix}${type}.${name}${key}`, type, values, ...place === undefined ? {} : { file: place.file, line: place.line, lines: place.lines } })
        }
      }
    }
    return scope.lookup
  }
  for (const folder of folders.filter((candidate) => !called.has(candidate))) await visit(folder, '', await variableFiles(folder, where.variables), 0)
  const made = blocksToResources(blocks, where)
  return { resources: made.resources, gaps: [...gaps, ...made.gaps] }
}

const parseHcl = async (file: string, text: string): Promise<unknown> => {
  const { parse } = await import('@cdktn/hcl2json')
  try {
    return await parse(file, text)
  } catch (error) {
    throw new BartizanError('BZ009', String((error as Error).message).replace(/^parse config: /, ''), { cause: error })
  }
}

/** The blocks of a module's files as if they were one. */
const together = (documents: readonly Files[]): Files => {
  const named = (part: 'variable' | 'module' | 'output') => Object.assign({}, ...documents.map((document) => document[part] ?? {})) as Named
  const typed = (part: 'resource' | 'data') => {
    const all: Record<string, Named> = {}
    for (const document of documents) for (const [type, blocks] of Object.entries(document[part] ?? {})) all[type] = { ...all[type], ...blocks }
    return all
  }
  return { resource: typed('resource'), data: typed('data'), variable: named('variable'), module: named('module'), output: named('output'), locals: documents.flatMap(({ locals = [] }) => locals) }
}

const variableFiles = async (folder: string, given: Readonly<Record<string, unknown>>): Promise<Body> => {
  const names = readdirSync(folder).filter((name) => name === 'terraform.tfvars' || name.endsWith('.auto.tfvars')).sort()
  const values = await Promise.all(names.map((name) => parseHcl(name, readText(join(folder, name)))))
  return Object.assign({}, ...values, given) as Body
}

interface ModuleScope {
  readonly lookup: Lookup
  evaluate(value: unknown): unknown
  instances(body: Body): { readonly key: string, readonly values: Record<string, unknown> }[]
}

/** What names mean inside a module. */
const moduleScope = (module: Files, given: Body, where: Where, output: (module: string, name: string) => unknown): ModuleScope => {
  const locals = Object.assign({}, ...module.locals ?? []) as Body
  const busy = new Set<string>()
  const guarded = (key: string, compute: () => unknown): unknown => {
    if (busy.has(key)) return unknown(`${key} refers to itself`)
    busy.add(key)
    try {
      return compute()
    } finally {
      busy.delete(key)
    }
  }
  const lookup: Lookup = (path) => {
    const [first, second = '', ...rest] = path
    const within = (value: unknown) => rest.reduce<unknown>(member, value)
    switch (first) {
      case 'var': return within(variable(String(second)))
      case 'local': return within(Object.hasOwn(locals, String(second)) ? guarded(`local.${second}`, () => evaluate(locals[String(second)])) : unknown(`local.${second} is not defined`))
      case 'module': return rest[0] === undefined ? unknown('a module is not a value') : output(String(second), String(rest[0]))
      case 'output': return guarded(`output.${second}`, () => evaluate(module.output?.[String(second)]?.[0]?.['value'] ?? unknown(`there is no output ${second}`)))
      case 'data': return within2(dataValue(String(second), String(rest[0] ?? '')), rest.slice(1))
      case 'each':
      case 'count':
      case 'self':
      case 'path':
      case 'terraform': return first === 'terraform' ? 'default' : unknown(`${path.join('.')} is not known`)
      default: return resourceValue(String(first), String(second), rest)
    }
  }
  const within2 = (value: unknown, path: readonly (string | number)[]) => path.reduce<unknown>(member, value)
  const variable = (name: string): unknown => {
    if (Object.hasOwn(given, name)) return given[name]
    const declared = module.variable?.[name]?.[0]
    if (declared === undefined) return unknown(`variable ${name} is not declared`)
    return Object.hasOwn(declared, 'default') ? declared['default'] : unknown(`variable ${name} has no value`)
  }
  const dataValue = (type: string, name: string): unknown => {
    const { account, region } = where
    const partition = partitionOf(region)
    if (type === 'aws_caller_identity') return { account_id: account, arn: `arn:${partition}:iam::${account}:root`, id: account }
    if (type === 'aws_region') return { name: region, id: region, region }
    if (type === 'aws_partition') return { partition, id: partition, dns_suffix: 'amazonaws.com' }
    const [body] = module.data?.[type]?.[name] ?? []
    if (type === 'aws_iam_policy_document' && body !== undefined) return { json: guarded(`data.${type}.${name}`, () => policyDocument(evaluate(body) as Body)) }
    return unknown(`data.${type}.${name} is read from the account`)
  }
  const resourceValue = (type: string, name: string, rest: readonly (string | number)[]): unknown => {
    const [body] = module.resource?.[type]?.[name] ?? []
    const mapping = terraformTypes[type]
    if (body === undefined) return unknown(`${type}.${name} is not here`)
    const attribute = String(rest.find((part) => typeof part === 'string' && !/^\d+$/.test(part)) ?? '')
    return guarded(`${type}.${name}.${attribute}`, () => {
      if (Object.hasOwn(body, attribute) && attribute !== 'id' && attribute !== 'arn') return evaluate(body[attribute])
      if (mapping === undefined) return unknown(`${type}.${name}.${attribute} is known only after apply`)
      const naming = Object.fromEntries(Object.entries(body).filter(([key]) => /(^|_)(name|bucket|identifier|path|id)$/.test(key)).flatMap(([key, value]) => {
        const known = evaluate(value)
        return typeof known === 'string' ? [[mapping.renames?.[key] ?? pascal(key), known] as const] : []
      }))
      const identity = identify(mapping.type, schemaOf(mapping.type), naming, where, name)
      if (attribute === 'arn' || attribute.endsWith('_arn')) return identity.arn ?? unknown(`${type}.${name}.${attribute} is known only after apply`)
      return /^(id|name|.*_id|.*_name|bucket|url)$/.test(attribute) ? identity.name : unknown(`${type}.${name}.${attribute} is known only after apply`)
    })
  }
  const evaluateWith = (value: unknown, find: Lookup): unknown => {
    if (typeof value === 'string') return opened(evaluateText(value, find))
    if (Array.isArray(value)) return value.map((item) => evaluateWith(item, find))
    if (typeof value !== 'object' || value === null || isUnknown(value)) return value
    const fields = Object.entries(value).filter(([name]) => name !== 'dynamic').map(([name, inner]) => [name, evaluateWith(inner, find)] as const)
    const dynamic = (value as Body)['dynamic']
    return { ...Object.fromEntries(fields), ...typeof dynamic === 'object' && dynamic !== null ? Object.fromEntries(Object.keys(dynamic).map((name) => [name, unknown(`the blocks ${name} are made by an expression`)])) : {} }
  }
  const evaluate = (value: unknown): unknown => evaluateWith(value, lookup)
  const instances = (body: Body) => {
    const { count, for_each: each, provider: _provider, depends_on: _depends, lifecycle: _lifecycle, ...own } = body
    const made = (key: string, find: Lookup) => ({ key, values: evaluateWith(own, find) as Record<string, unknown> })
    if (count !== undefined) {
      const n = evaluate(count)
      if (typeof n !== 'number') return [made('', lookup)]
      return Array.from({ length: Math.min(n, mostInstances) }, (_, index) => made(n === 1 ? '' : `[${index}]`, (path) => (path[0] === 'count' ? index : lookup(path))))
    }
    if (each !== undefined) {
      const set = evaluate(each)
      if (isUnknown(set) || typeof set !== 'object' || set === null) return [made('', lookup)]
      const entries = Array.isArray(set) ? set.map((item) => [String(item), item] as const) : Object.entries(set)
      return entries.slice(0, mostInstances).map(([key, value]) => made(`[${JSON.stringify(key)}]`, (path) =>
        (path[0] !== 'each' ? lookup(path) : path[1] === 'key' ? key : path.slice(2).reduce<unknown>(member, value))))
    }
    return [made('', lookup)]
  }
  return { lookup, evaluate, instances }
}

/** A document whose parts are known but for some keeps them: `jsonencode` of it is the value itself. */
const opened = (value: unknown): unknown => (typeof value === 'object' && value !== null && Object.hasOwn(value, '$partial') ? (value as { $partial: unknown }).$partial : value)

const pascal = (name: string): string => name.replaceAll(/(?:^|_)([a-z])/g, (_all, letter: string) => letter.toUpperCase())
