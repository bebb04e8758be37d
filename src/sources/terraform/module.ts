import { relative } from 'node:path'
import { isUnknown, unknown } from '../../core/unknown.ts'
import { labelOf } from './block.ts'
import { dataAttribute } from './data.ts'
import { evaluateBody, scopeOf } from './expression/evaluate.ts'
import { lazy } from './expression/scope.ts'
import type { LocalFiles, Scope } from './expression/scope.ts'
import { asValue, instancesOf } from './instances.ts'
import type { Instance } from './instances.ts'
import type { Body, ModuleFiles } from './module-files.ts'
import { attributeOf, isNaming } from './references.ts'
import { variableValue } from './variable.ts'
import { whereOf } from './where.ts'
import type { Where } from './where.ts'

/** A module that is called: once, or as often as `count` and `for_each` say. */
export interface Call { readonly instance: Instance, readonly module: Module | undefined }

/** A module in use: what its names mean, and what it calls. */
export interface Module {
  readonly files: ModuleFiles
  readonly prefix: string
  readonly scope: Scope
  /** The calls of each name; undefined inside where the source is not here. */
  readonly calls: (name: string) => readonly Call[]
  readonly instances: (body: Body) => readonly Instance[]
  readonly output: (name: string) => unknown
  /** Where resources of a provider configuration (`aws`, `aws.west`) are. */
  readonly place: (provider: unknown) => Where
  /** Tags that a provider configuration puts on everything. */
  readonly defaultTags: (provider?: unknown) => Body | undefined
}

export interface ModuleOptions {
  readonly files: ModuleFiles
  readonly prefix: string
  readonly root: string
  readonly where: Where
  readonly budget: Scope['budget']
  readonly local: LocalFiles
  /** Whether a value was given for a variable, and which. */
  given(name: string): { readonly value: unknown } | undefined
  /** The places of provider configurations that the caller hands over. */
  readonly providers?: ReadonlyMap<string, Where>
  /** Tags that the caller's provider puts on everything. */
  defaultTags?(): Body | undefined
  child(name: string, body: Body, instance: Instance, caller: Module): Module | undefined
}

/** Gives names their meaning inside a module; each is worked out once, when something asks for it. */
export const openModule = (options: ModuleOptions): Module => {
  const { files, prefix, root, where } = options
  const once = remembering()
  const scope = scopeOf((name) => {
    switch (name) {
      case 'var': return lazy((key) => once(`var.${key}`, () => variableValue(key, files.variable[key]?.[0], options.given(key), scope)))
      case 'local': return lazy((key) => once(`local.${key}`, () => (Object.hasOwn(files.locals, key) ? evaluateBody(files.locals[key], scope) : unknown(`local.${key} is not defined`))))
      case 'module': return lazy((key) => asValue(module.calls(key), ({ instance }) => instance.index, ({ module: called }) => lazy((output) => called?.output(output) ?? unknown(`module ${key} was not read`))))
      case 'data': return lazy((type) => lazy((key) => dataValue(type, key)))
      case 'path': return { module: relative(root, files.folder) || '.', root: '.', cwd: '.' }
      case 'terraform': return { workspace: 'default' }
      case 'each':
      case 'count':
      case 'self': return unknown(`${name} is not known here`)
      default: return lazy((key) => resourceValue(name, key))
    }
  }, options.local, options.budget)

  const instances = (body: Body) => instancesOf(body, scope)

  const dataValue = (type: string, name: string): unknown => {
    const [body] = files.data[type]?.[name] ?? []
    if (body === undefined) return unknown(`data.${type}.${name} is not here`)
    return once(`data.${type}.${name}`, () => asValue(instances(body), ({ index }) => index, (instance) => {
      const own = (key: string) => once(`data.${type}.${name}${instance.key}.${key}`, () => dataAttribute(type, name, key, evaluateBody(withoutMeta(body), instance.scope) as Body, place(body['provider']), (text, names) => scope.render(text, names)))
      return lazy(own)
    }))
  }

  const resourceValue = (type: string, name: string): unknown => {
    const [body] = files.resource[type]?.[name] ?? []
    if (body === undefined) return unknown(`${type}.${name} is not here`)
    return once(`${type}.${name}`, () => asValue(instances(body), ({ index }) => index, (instance) =>
      lazy((attribute) => once(`${type}.${name}${instance.key}.${attribute}`, () => attributeIn(type, body, attribute, instance, labelOf(`${prefix}${type}.${name}${instance.key}`))))))
  }

  const attributeIn = (type: string, body: Body, attribute: string, { scope: own }: Instance, label: string): unknown => {
    if (type === 'terraform_data' && attribute === 'output') return evaluateBody(body['input'], own)
    const written = Object.hasOwn(body, attribute) && attribute !== 'id' ? evaluateBody(body[attribute], own) : undefined
    // a name that nobody knows yet still says whose it is
    if (written !== undefined && !(isUnknown(written) && isNaming(attribute))) return written
    if (attribute === 'tags_all') return evaluateBody(body['tags'] ?? {}, own)
    const naming = Object.fromEntries(Object.entries(body).filter(([key]) => isNaming(key)).map(([key, value]) => [key, evaluateBody(value, own)]))
    const meant = attributeOf(type, attribute, naming, place(body['provider']), label)
    return isUnknown(meant) ? written ?? meant : meant
  }

  const configured = (): ReadonlyMap<string, Where> => {
    const own = (files.provider['aws'] ?? []).map((body) => {
      const [assumed = {}] = (body['assume_role'] ?? []) as readonly Body[]
      return [body['alias'] === undefined ? 'aws' : `aws.${String(body['alias'])}`, whereOf(where, { region: evaluateBody(body['region'], scope), role: evaluateBody(assumed['role_arn'], scope) })] as const
    })
    return new Map([...options.providers ?? [], ...own])
  }
  const place = (provider: unknown): Where => {
    const places = once('providers', configured) as ReadonlyMap<string, Where>
    const name = typeof provider === 'string' ? provider.replace(/^\$\{(.*)\}$/, '$1') : 'aws'
    return isUnknown(places) ? where : places.get(name) ?? where
  }

  const module: Module = {
    files, prefix, scope, instances, place,
    defaultTags: (provider) => {
      const alias = typeof provider === 'string' ? /\.([\w-]+)\}?$/.exec(provider)?.[1] : undefined
      return once(`default_tags.${alias ?? ''}`, () => {
        const configuration = (files.provider['aws'] ?? []).find((body) => body['alias'] === alias)
        if (configuration === undefined) return alias === undefined ? options.defaultTags?.() : undefined
        const [block] = (configuration['default_tags'] ?? []) as readonly Body[]
        return block === undefined ? undefined : evaluateBody(block['tags'] ?? {}, scope)
      }) as Body | undefined
    },
    calls: (name) => {
      const [body] = files.module[name] ?? []
      if (body === undefined) return []
      return once(`module.${name}`, () => instances(body).map((instance) => ({ instance, module: options.child(name, body, instance, module) }))) as readonly Call[]
    },
    output: (name) => {
      const [body] = files.output[name] ?? []
      return once(`output.${name}`, () => (body === undefined ? unknown(`there is no output ${name}`) : evaluateBody(body['value'], scope)))
    },
  }
  return module
}

/** Each thing is worked out once; one that needs itself is unknown. */
const remembering = () => {
  const known = new Map<string, { value: unknown }>()
  return (key: string, compute: () => unknown): unknown => {
    const found = known.get(key)
    if (found !== undefined) return found.value
    const entry = { value: unknown(`${key} refers to itself`) as unknown }
    known.set(key, entry)
    entry.value = compute()
    return entry.value
  }
}

/** Arguments that every block may have, and that make nothing. */
export const withoutMeta = ({ count: _count, for_each: _each, provider: _provider, depends_on: _depends, lifecycle: _lifecycle, connection: _connection, provisioner: _provisioner, ...own }: Body): Body => own

/** A source of a module that is a folder here. */
export const isLocal = (source: unknown): source is string => typeof source === 'string' && /^\.{1,2}\//.test(`${source}/`)

