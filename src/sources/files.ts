import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { BartizanError } from '../core/errors.ts'

/** Folders that hold nothing of the project's own. */
const skipped = new Set(['node_modules', '.git', '.terraform', '.venv', '__pycache__', '.bartizan', '.aws-sam'])

const most = 50_000

/** The files of a folder, its folders' too, sorted; a file is itself. */
export const filesUnder = (path: string): string[] => {
  if (!existsSync(path)) throw new BartizanError('BZ002', `${path} does not exist`)
  if (!statSync(path).isDirectory()) return [path]
  const found: string[] = []
  const walk = (folder: string, depth: number): void => {
    if (depth > 30) return
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (found.length > most) throw new BartizanError('BZ002', `${path} holds more than ${most} files; name the folder of the templates`)
      if (entry.isDirectory() && !skipped.has(entry.name)) walk(join(folder, entry.name), depth + 1)
      else if (entry.isFile()) found.push(join(folder, entry.name))
    }
  }
  walk(path, 0)
  return found
}

/** Longer texts do not fit into one string. */
const longest = (1 << 29) - 24

/** The text of a file; of one that ends in .gz, what is in it. */
export const readText = (path: string): string => {
  try {
    const bytes = readFileSync(path)
    return (path.endsWith('.gz') ? gunzipSync(bytes, { maxOutputLength: longest }) : bytes).toString('utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    throw new BartizanError('BZ002', `Cannot read ${path}: ${(error as Error).message}`, { cause: error })
  }
}
