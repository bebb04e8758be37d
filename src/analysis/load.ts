import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { byText } from '../core/text.ts'

const source = dirname(dirname(fileURLToPath(import.meta.url)))

/** An entry of a catalogue and the file, from the source folder, that defines it. */
export interface Loaded<T> { readonly item: T, readonly file: string }

/**
 * Loads a catalogue: the default export, one entry or a list, of each file in a folder, sorted by name so that order is the
 * same everywhere. There is no registry to keep.
 */
export const loadCatalogue = async <T>(...folders: readonly string[]): Promise<Loaded<T>[]> => {
  const files = folders.flatMap((folder) => readdirSync(join(source, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.test|\.d|\.gen)\.[jt]s$/.test(name)).map((name) => `${folder}/${name}`)).sort(byText)
  const modules = await Promise.all(files.map((file) => import(pathToFileURL(join(source, file)).href) as Promise<{ default?: T | readonly T[] }>))
  return modules.flatMap(({ default: entries }, index) => listOf(entries).map((item) => ({ item, file: files[index]! })))
}

const listOf = <T>(entries: T | readonly T[] | undefined): readonly T[] => {
  if (entries === undefined) return []
  return Array.isArray(entries) ? entries as readonly T[] : [entries as T]
}
