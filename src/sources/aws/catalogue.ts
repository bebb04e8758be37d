import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { byText } from '../../core/text.ts'
import { cloudControl } from './cloud-control.ts'
import type { Collector } from './collector.ts'
import { typesOfRow } from './rows.ts'

/** All collectors, sorted by id, from the folder `services/`: adding a file adds a collector. Cloud Control reads what they leave. */
export const loadCollectors = async (): Promise<readonly Collector[]> => {
  const folder = new URL('./services/', import.meta.url)
  const files = (await readdir(fileURLToPath(folder))).filter((name) => /(?<!\.test|\.d)\.[jt]s$/.test(name))
  const modules = await Promise.all(files.map(async (file) => await import(new URL(file, folder).href) as { readonly default: Collector | readonly Collector[] }))
  const collectors = modules.flatMap((module) => module.default)
  return [...collectors, cloudControl(new Set(collectors.flatMap(typesOf)))].sort((a, b) => byText(a.id, b.id))
}

/** The types that a collector gives. */
export const typesOf = ({ resources, collects }: Collector): string[] => [...resources.flatMap(typesOfRow), ...(collects?.types ?? [])]
