import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import type { Gap } from '../../core/gap.ts'
import type { Resource } from '../../model/resource.ts'
import { readText } from '../files.ts'
import type { Block } from './block.ts'
import { evaluateBody, settledBody, work } from './expression/evaluate.ts'
import type { LocalFiles } from './expression/scope.ts'
import { installedModules, readModule, variableFiles } from './module-files.ts'
import type { Body, ModuleFiles } from './module-files.ts'
import { isLocal, openModule, withoutMeta } from './module.ts'
import type { Module } from './module.ts'
import { blocksToResources } from './resources.ts'
import type { Where } from './where.ts'

const deepestModules = 10
const mostModules = 1_000

export interface HclOptions {
  readonly where: Where
  readonly variables: Body
  /** Expressions may read files in here, and nowhere else. */
  readonly root: string
  /** File names in results are relative to this folder. */
  readonly from?: string | undefined
  readonly read?: (file: string) => string
}

/** Reads folders of HCL as Terraform would plan them, as far as that is known without running it: each folder that no other calls is a root module. */
export const hclResources = async (files: readonly string[], options: HclOptions): Promise<{ readonly resources: Resource[], readonly gaps: Gap[] }> => {
  const { where, from, read = readText } = options
  const gaps = new Map<string, Gap>()
  const gap = (operation: string, reason: string) => gaps.set(operation, { account: where.account, region: where.region, operation, reason })
  const reading = {
    read,
    show: (file: string) => (from === undefined ? file : relative(from, resolve(file)) || file),
    refused: (file: string, reason: string) => gap(`read ${file}`, reason),
  }
  const folders = [...new Set(files.map((file) => resolve(dirname(file))))]
  const known = await readAll(folders, reading)
  const called = new Set([...known.values()].flatMap(({ folder, module }) => Object.values(module).flatMap(([body]) => (isLocal(body?.['source']) ? [resolve(folder, body['source'])] : []))))
  const blocks: Block[] = []
  for (const folder of folders.filter((candidate) => !called.has(candidate))) {
    const variables = await variableFiles(folder, options.variables, reading)
    const module = openRoot(known.get(folder)!, rootPrefix(options.root, folder), { where, variables, known, local: localFiles(options.root, folder, read), installed: installedModules(folder, read) })
    collect(module, blocks, (name, source) => gap(`read module ${name}`, `its source ${JSON.stringify(source)} is not a folder here; scan a plan (terraform show -json) to include it`))
  }
  const made = blocksToResources(blocks, where)
  return { resources: made.resources, gaps: [...gaps.values(), ...made.gaps] }
}

/** The folders, and those that they call, directly or not. */
const readAll = async (folders: readonly string[], reading: Parameters<typeof readModule>[1]): Promise<Map<string, ModuleFiles>> => {
  const known = new Map<string, ModuleFiles>()
  const waiting = [...folders]
  for (let folder = waiting.pop(); folder !== undefined && known.size < mostModules; folder = waiting.pop()) {
    if (known.has(folder) || !existsSync(folder) || !statSync(folder).isDirectory()) continue
    const module = await readModule(folder, reading)
    known.set(folder, module)
    for (const [body] of Object.values(module.module)) if (isLocal(body?.['source'])) waiting.push(resolve(folder, body['source']))
    waiting.push(...installedModules(folder, reading.read).values())
  }
  return known
}

interface RootOptions {
  readonly where: Where
  readonly variables: Body
  readonly known: ReadonlyMap<string, ModuleFiles>
  readonly local: LocalFiles
  /** Folders of fetched modules, by their dotted path of calls. */
  readonly installed: ReadonlyMap<string, string>
}

/** Several root modules are told apart by their folders. */
const rootPrefix = (root: string, folder: string): string => {
  const place = relative(resolve(root), folder).split(sep).join('/')
  return place === '' || place.startsWith('..') ? '' : `${place}/`
}

const openRoot = (files: ModuleFiles, prefix: string, { where, variables, known, local, installed }: RootOptions): Module => {
  const budget = { left: work }
  let modules = 0
  const open = (inside: ModuleFiles, prefix: string, path: readonly string[], given: (name: string) => { value: unknown } | undefined, providers?: ReadonlyMap<string, Where>, caller?: Module): Module =>
    openModule({
      files: inside, prefix, root: files.folder, where, local, given, budget,
      ...providers === undefined ? {} : { providers },
      ...caller === undefined ? {} : { defaultTags: caller.defaultTags },
      child(name, body, instance, caller) {
        const target = known.get(installed.get([...path, name].join('.')) ?? (isLocal(body['source']) ? resolve(inside.folder, body['source']) : ''))
        if (target === undefined || path.length >= deepestModules || ++modules > mostModules) return undefined
        const handed = (name: string) => (Object.hasOwn(body, name) ? { value: evaluateBody(body[name], instance.scope) } : undefined)
        return open(target, `${prefix}module.${name}${instance.key}.`, [...path, name], handed, handedProviders(body, caller), caller)
      },
    })
  return open(files, prefix, [], (name) => (Object.hasOwn(variables, name) ? { value: variables[name] } : undefined))
}

/** A module without `providers` has its caller's own. */
const handedProviders = ({ providers }: Body, caller: Module): ReadonlyMap<string, Where> => {
  const handed = typeof providers === 'object' && providers !== null ? Object.entries(providers) : []
  return new Map([['aws', caller.place('aws')], ...handed.map(([name, given]) => [name, caller.place(given)] as const)])
}

/** The resources of a module and of those that it calls. */
const collect = (module: Module, blocks: Block[], missing: (name: string, source: unknown) => void): void => {
  const { files, prefix } = module
  for (const [name, [body]] of Object.entries(files.module)) {
    for (const { module: called } of module.calls(name)) {
      if (called === undefined) missing(`${prefix}${name}`, body?.['source'])
      else collect(called, blocks, missing)
    }
  }
  for (const [type, named] of Object.entries(files.resource)) {
    for (const [name, [body = {}]] of Object.entries(named)) {
      const place = files.lines.get(`${type}.${name}`)
      for (const { key, scope } of module.instances(body)) {
        blocks.push({ address: `${prefix}${type}.${name}${key}`, type, where: module.place(body['provider']), values: tagged(type, settledBody(evaluateBody(withoutMeta(body), scope)), module.defaultTags(body['provider'])), ...place })
      }
    }
  }
}

/** What a plan says in `tags_all`. */
const tagged = (type: string, values: Record<string, unknown>, all: Body | undefined): Record<string, unknown> =>
  (all === undefined || !type.startsWith('aws_') ? values : { ...values, tags_all: all })

/** Larger files are no policies and no templates. */
const largestFile = 256 * 1024

/** Files that expressions name, from the root module's folder on; links out of the scanned folder lead nowhere. */
const localFiles = (root: string, folder: string, read: (file: string) => string): LocalFiles => {
  const inside = (path: string): string | undefined => {
    try {
      const real = realpathSync(resolve(folder, path))
      return real === realpathSync(root) || real.startsWith(realpathSync(root) + sep) ? real : undefined
    } catch {
      return undefined
    }
  }
  return {
    read(path) {
      const file = inside(path)
      return file === undefined || !statSync(file).isFile() || statSync(file).size > largestFile ? undefined : read(file)
    },
    list(path) {
      const found = inside(path)
      return found === undefined || !statSync(found).isDirectory() ? [] : readdirSync(found, { recursive: true, encoding: 'utf8' }).slice(0, 1_000).sort()
    },
  }
}
