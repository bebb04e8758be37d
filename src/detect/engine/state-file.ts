import { open, readFile, rename } from 'node:fs/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import { BartizanError } from '../../core/errors.ts'
import type { Baseline } from './memory.ts'
import type { EngineState } from './engine.ts'

/** Saves an engine's state so that a kill at any moment leaves the old or the new one, never half of it. */
export const saveState = (path: string, state: EngineState): Promise<void> => replaceFile(path, gzipSync(JSON.stringify(state), { level: 1 }))

/** The state in a file; undefined when there is none yet. */
export const loadState = async (path: string): Promise<EngineState | undefined> => {
  const state = await readJson(path)
  if (state === undefined) return undefined
  if ((state as Partial<EngineState>).schema !== 'bartizan.detect-state/1') throw new BartizanError('BZ008', `${path} is not the state of detect; name another file, or remove it to start afresh`)
  return state as EngineState
}

interface SavedBaseline extends Baseline { readonly schema: 'bartizan.detect-baseline/1' }

/** Saves what first-seen and spike detections have learned. */
export const saveBaseline = (path: string, baseline: Baseline): Promise<void> =>
  replaceFile(path, gzipSync(JSON.stringify({ schema: 'bartizan.detect-baseline/1', ...baseline } satisfies SavedBaseline)))

/** The baseline in a file; undefined when there is none yet. */
export const loadBaseline = async (path: string): Promise<Baseline | undefined> => {
  const saved = await readJson(path)
  if (saved === undefined) return undefined
  if ((saved as Partial<SavedBaseline>).schema !== 'bartizan.detect-baseline/1') throw new BartizanError('BZ008', `${path} is not a baseline of detect; learn one with --learn`)
  return saved as SavedBaseline
}

const readJson = async (path: string): Promise<unknown> => {
  let bytes: Buffer
  try {
    bytes = await readFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new BartizanError('BZ002', `Cannot read ${path}: ${(error as Error).message}`, { cause: error })
  }
  try {
    return JSON.parse(gunzipSync(bytes).toString())
  } catch (error) {
    throw new BartizanError('BZ008', `${path} is damaged: ${(error as Error).message}`, { cause: error })
  }
}

const replaceFile = async (path: string, bytes: Buffer): Promise<void> => {
  try {
    const file = await open(`${path}.new`, 'w', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(`${path}.new`, path)
  } catch (error) {
    throw new BartizanError('BZ007', `Cannot write ${path}: ${(error as Error).message}`, { cause: error })
  }
}
