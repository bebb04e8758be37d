import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Gap } from '../../core/gap.ts'
import { unknown } from '../../core/unknown.ts'
import type { Location, Resource } from '../../model/resource.ts'
import { readText } from '../files.ts'
import { parseTemplate } from './parse.ts'
import type { ParsedFile } from './parse.ts'
import { resolveStack } from './stack.ts'
import type { Stack } from './stack.ts'

/** A template with the folder that local paths in it start from, and the name of its stack. */
export interface Template {
  readonly parsed: ParsedFile
  readonly folder: string
  readonly stack: string
  readonly account?: string
  readonly region?: string
  /** Files of assets by their hash. */
  readonly assets?: ReadonlyMap<string, string>
  /** Lines of the program that made resources, by construct path and by logical id. */
  readonly sources?: ReadonlyMap<string, Location>
}

interface Where { readonly account: string, readonly region: string, readonly variables: Readonly<Record<string, unknown>> }

const deepestNesting = 10

/** Exports pass through at most so many stacks, one a round. */
const mostRounds = 6

/** Resolves several templates as one estate: exports of one are what another imports, nested stacks are read where they are local. */
export const resolveStacks = (templates: readonly Template[], where: Where): { readonly resources: readonly Resource[], readonly gaps: readonly Gap[] } => {
  const nestedFiles = new Set<string>()
  const shared = sharedIds(templates)
  let exports: Readonly<Record<string, unknown>> = {}
  let stacks: readonly (readonly Stack[])[] = []
  let waiting: ReadonlySet<number> = new Set(templates.keys())
  for (let round = 0; round < mostRounds && waiting.size > 0; round++) {
    const importing = new Set<number>()
    const before = exports
    stacks = templates.map((template, index) => {
      if (!waiting.has(index)) return stacks[index]!
      return resolveWithNested(template, where, (name) => {
        importing.add(index)
        return Object.hasOwn(before, name) ? before[name] : unknown(`no template here exports ${name}`)
      }, nestedFiles, (id) => (shared.has(id) ? `${lastOf(template.stack)}-${id}` : id), 0)
    })
    exports = Object.assign({}, ...stacks.flat().map((stack) => stack.exports)) as Record<string, unknown>
    waiting = JSON.stringify(exports) === JSON.stringify(before) ? new Set() : importing
  }
  const isNested = (resource: Resource) => resource.location !== undefined && nestedFiles.has(resource.location.file) && templates.some(({ stack }) => resource.id.startsWith(`${stack}/`) && !resource.id.slice(stack.length + 1).includes('/'))
  const all = stacks.flat()
  return { resources: all.flatMap(({ resources }) => resources).filter((resource) => !isNested(resource)), gaps: all.flatMap(({ gaps }) => gaps) }
}

const lastOf = (stack: string): string => stack.slice(stack.lastIndexOf('/') + 1)

/** Logical ids of several stacks: what AWS names by them are different things. */
const sharedIds = (templates: readonly Template[]): ReadonlySet<string> => {
  const seen = new Set<string>()
  const shared = new Set<string>()
  for (const { parsed } of templates) {
    const { Resources: resources } = (parsed.value ?? {}) as { Resources?: unknown }
    for (const id of Object.keys(typeof resources === 'object' && resources !== null ? resources : {})) (seen.has(id) ? shared : seen).add(id)
  }
  return shared
}

const resolveWithNested = (template: Template, where: Where, imported: (name: string) => unknown, nestedFiles: Set<string>, label: (id: string) => string, depth: number): Stack[] => {
  const inner: Stack[] = []
  const { account = where.account, region = where.region } = template
  const stack = resolveStack(template.parsed, {
    stack: template.stack, account, region, parameters: where.variables, imported, label,
    include(location) {
      const file = localFile(template.folder, location)
      return file === undefined ? undefined : parseTemplate(location, readText(file)).value
    },
    ...template.sources === undefined ? {} : { sourceOf: (id: string, construct: unknown) => template.sources!.get(typeof construct === 'string' ? construct : id) ?? template.sources!.get(id) },
    nested(id, url, parameters, asset) {
      const place = localPlace(template, url, asset)
      const file = localFile(template.folder, place)
      if (file === undefined || depth >= deepestNesting) return undefined
      const name = join(template.parsed.file, '..', String(place))
      nestedFiles.add(name)
      const parsed = parseTemplate(name, readText(file))
      const stacks = resolveWithNested(
        { ...template, parsed, folder: join(file, '..'), stack: `${template.stack}/${id}`, account, region }, { account, region, variables: parameters }, imported, nestedFiles, (inside) => `${label(id)}-${inside}`, depth + 1)
      inner.push(...stacks)
      return stacks[0]?.outputs
    },
  })
  return [stack, ...inner]
}

/** Where the template of a nested stack lies: what the CDK says, or what its address ends in. */
const localPlace = ({ assets }: Template, url: unknown, asset: unknown): unknown => {
  if (typeof asset === 'string') return asset
  const hash = /([0-9a-f]{64})\.json$/.exec(addressOf(url))?.[1]
  return hash === undefined ? url : assets?.get(hash) ?? url
}

/** An address of which parts are not known still says how it ends. */
const addressOf = (url: unknown): string => (typeof url === 'string' ? url : JSON.stringify(url ?? ''))

/** A nested template that lies beside this one; one in S3 is not read. */
const localFile = (folder: string, url: unknown): string | undefined => {
  if (typeof url !== 'string' || /^[a-z]+:\/\//i.test(url)) return undefined
  const file = join(folder, url)
  return existsSync(file) ? file : undefined
}
