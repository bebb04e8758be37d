import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { BartizanError } from '../../core/errors.ts'
import { blockLines } from './block-lines.ts'
import type { BlockLines } from './block-lines.ts'

export type Body = Readonly<Record<string, unknown>>
type Named = Readonly<Record<string, readonly Body[]>>

/** What the files of one folder say together. */
export interface ModuleFiles {
  readonly folder: string
  readonly resource: Readonly<Record<string, Named>>
  readonly data: Readonly<Record<string, Named>>
  readonly variable: Named
  readonly module: Named
  readonly output: Named
  readonly provider: Named
  readonly locals: Body
  /** Lines of resources, by type and name. */
  readonly lines: ReadonlyMap<string, BlockLines>
}

interface Reading {
  /** How a file is named in results. */
  show(file: string): string
  read(file: string): string
  refused(file: string, reason: string): void
}

/** Reads the configuration files of a folder; one that cannot be parsed is refused, and the others still count. */
export const readModule = async (folder: string, { show, read, refused }: Reading): Promise<ModuleFiles> => {
  const documents: Readonly<Record<string, unknown>>[] = []
  const lines = new Map<string, BlockLines>()
  for (const name of readdirSync(folder).filter((file) => /\.(tf|tofu)(\.json)?$/.test(file)).sort()) {
    const path = join(folder, name)
    try {
      const text = read(path)
      documents.push(name.endsWith('.json') ? fromJson(show(path), text) : await parseHcl(show(path), text))
      if (!name.endsWith('.json')) for (const [address, place] of blockLines(show(path), text)) lines.set(address, place)
    } catch (error) {
      if (!(error instanceof BartizanError)) throw error
      refused(show(path), error.message)
    }
  }
  return together(folder, documents, lines)
}

/** Configuration files larger than this are refused: none that a person writes comes near. */
const largest = 4 * 1024 * 1024

/** Parses HCL into JSON; what is none is an error with its line. */
export const parseHcl = async (file: string, text: string): Promise<Readonly<Record<string, unknown>>> => {
  if (text.length > largest) throw new BartizanError('BZ009', `${file} is larger than ${largest / 1024 / 1024} MiB`)
  if (nesting(text) > 200) throw new BartizanError('BZ009', `${file} is nested deeper than 200 levels`)
  const { parse } = await import('@cdktn/hcl2json')
  try {
    return await parse(file, text) as Record<string, unknown>
  } catch (error) {
    throw new BartizanError('BZ009', String((error as Error).message).replace(/^parse config: /, ''), { cause: error })
  }
}

/** Brackets that are open at once, at most. The parser recurses on them; texts are not told apart, so this is never too low. */
const nesting = (text: string): number => {
  let [open, most] = [0, 0]
  for (const mark of text) {
    if (mark === '(' || mark === '[' || mark === '{') most = Math.max(most, ++open)
    else if ((mark === ')' || mark === ']' || mark === '}') && open > 0) open--
  }
  return most
}

/** The JSON syntax of Terraform has plain objects where HCL has blocks. */
const fromJson = (file: string, text: string): Readonly<Record<string, unknown>> => {
  let document: Readonly<Record<string, unknown>>
  try {
    document = JSON.parse(text) as Record<string, unknown>
  } catch (error) {
    throw new BartizanError('BZ009', `${file}: ${(error as Error).message}`, { cause: error })
  }
  const blocks = (value: unknown, depth: number): unknown => {
    if (depth === 0) return Array.isArray(value) ? value : [value]
    return typeof value !== 'object' || value === null ? {} : Object.fromEntries(Object.entries(value).filter(([name]) => name !== '//').map(([name, inner]) => [name, blocks(inner, depth - 1)]))
  }
  const depths: Readonly<Record<string, number>> = { resource: 2, data: 2, variable: 1, module: 1, output: 1, provider: 1, locals: 0 }
  return Object.fromEntries(Object.entries(document).flatMap(([name, value]) => (depths[name] === undefined ? [] : [[name, blocks(value, depths[name])]])))
}

/** The blocks of a module's files as if they were one. */
const together = (folder: string, documents: readonly Readonly<Record<string, unknown>>[], lines: ReadonlyMap<string, BlockLines>): ModuleFiles => {
  const named = (part: string): Named => Object.assign({}, ...documents.map((document) => document[part] ?? {})) as Named
  const typed = (part: string) => {
    const all: Record<string, Named> = {}
    for (const document of documents) for (const [type, blocks] of Object.entries((document[part] ?? {}) as Readonly<Record<string, Named>>)) all[type] = { ...all[type], ...blocks }
    return all
  }
  const providers: Record<string, Body[]> = {}
  for (const document of documents) for (const [name, blocks] of Object.entries((document['provider'] ?? {}) as Named)) providers[name] = [...providers[name] ?? [], ...blocks]
  return {
    folder, lines, provider: providers,
    resource: typed('resource'), data: typed('data'), variable: named('variable'), module: named('module'), output: named('output'),
    locals: Object.assign({}, ...documents.flatMap((document) => (document['locals'] ?? []) as readonly Body[])) as Body,
  }
}

/** Values that `terraform.tfvars` and `*.auto.tfvars` give; `given` win over them. */
export const variableFiles = async (folder: string, given: Body, reading: Reading): Promise<Body> => {
  const names = readdirSync(folder).filter((name) => /^terraform\.tfvars(\.json)?$|\.auto\.tfvars(\.json)?$/.test(name)).sort()
  const values: Body[] = []
  for (const name of names) {
    try {
      const text = reading.read(join(folder, name))
      values.push(name.endsWith('.json') ? JSON.parse(text) as Body : await parseHcl(name, text))
    } catch (error) {
      reading.refused(reading.show(join(folder, name)), (error as Error).message)
    }
  }
  return Object.assign({}, ...values, given) as Body
}

/** Folders of modules that `terraform init` has fetched, by their dotted path of calls. */
export const installedModules = (folder: string, read: (file: string) => string): ReadonlyMap<string, string> => {
  const manifest = join(folder, '.terraform', 'modules', 'modules.json')
  if (!existsSync(manifest)) return new Map()
  try {
    const { Modules: modules = [] } = JSON.parse(read(manifest)) as { Modules?: readonly { Key?: unknown, Dir?: unknown }[] }
    return new Map(modules.flatMap(({ Key: key, Dir: dir }) => (typeof key === 'string' && typeof dir === 'string' && key !== '' ? [[key, resolve(folder, dir)] as const] : [])))
  } catch {
    return new Map()
  }
}
