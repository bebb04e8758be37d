import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { byText } from '../core/text.ts'
import type { Detection } from './detection.ts'

/** All detections, sorted by id, from the folders of `detections/`: adding a file adds a detection. */
export const loadDetections = async (): Promise<readonly Detection[]> => {
  const root = fileURLToPath(new URL('./detections/', import.meta.url))
  const files = (await readdir(root, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /(?<!\.test)\.[jt]s$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => pathToFileURL(join(entry.parentPath, entry.name)))
  const modules = await Promise.all(files.map(async (file) => (await import(file.href) as { readonly default: Detection | readonly Detection[] }).default))
  return modules.flat().sort((a, b) => byText(a.id, b.id))
}
