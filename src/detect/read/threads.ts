import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { LogEvent } from '../event.ts'
import type { LogFile } from './files.ts'
import type { Wanted } from './needles.ts'
import type { ReadCounts } from './reader.ts'

/** What a thread found in a file; undefined where the file does not fit at once. */
export type Found = { readonly events: readonly LogEvent[], readonly counts: ReadCounts } | undefined

export interface Threads {
  readonly size: number
  /** Rejects where the thread broke down over the file. */
  readonly scan: (file: LogFile) => Promise<Found>
  readonly close: () => Promise<void>
}

/** Threads that inflate and search files side by side; undefined where they would cost more than they save. */
export const openThreads = (files: readonly LogFile[], wanted: Wanted): Threads | undefined => {
  const size = Math.min(4, availableParallelism(), files.length)
  if (size < 2 || files.reduce((sum, file) => sum + file.size, 0) < worthIt) return undefined
  const idle: Worker[] = []
  const waiting: ((worker: Worker) => void)[] = []
  const give = (worker: Worker): void => {
    const next = waiting.shift()
    if (next === undefined) idle.push(worker)
    else next(worker)
  }
  for (let i = 0; i < size; i++) give(start(wanted))
  return {
    size,
    scan: async (file) => {
      const worker = idle.pop() ?? await new Promise<Worker>((resolve) => { waiting.push(resolve) })
      try {
        const found = await ask(worker, file)
        give(worker)
        return found
      } catch (error) {
        give(start(wanted))
        throw error
      }
    },
    close: async () => {
      await Promise.all(idle.map((worker) => worker.terminate()))
    },
  }
}

/** Packed bytes below which starting threads takes longer than reading. */
const worthIt = 32 * 1024 * 1024

// the file beside this one, as source or as built
const script = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)

const start = (wanted: Wanted): Worker => {
  const worker = new Worker(script, { workerData: wanted, execArgv: [], resourceLimits: { maxYoungGenerationSizeMb: 4 } })
  worker.unref()
  return worker
}

const ask = (worker: Worker, file: LogFile): Promise<Found> => new Promise((resolve, reject) => {
  const settle = (done: () => void): void => {
    for (const name of ['message', 'error', 'exit']) worker.removeAllListeners(name)
    worker.unref()
    done()
  }
  worker.ref()
  worker.once('message', (found: Found) => { settle(() => { resolve(found) }) })
  worker.once('error', (error) => { settle(() => { reject(error) }) })
  worker.once('exit', () => { settle(() => { reject(new Error('the thread that read it ended')) }) })
  worker.postMessage(file, [])
})
