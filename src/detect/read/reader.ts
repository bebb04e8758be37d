import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { Emit } from '../../core/events.ts'
import type { LogEvent } from '../event.ts'
import { bufferCap, fileStream, inflate, release, type Inflated } from './inflate.ts'
import type { LogFile } from './files.ts'
import type { Needles } from './needles.ts'
import { scanBytes, scanStream } from './bytes.ts'
import type { ScanOptions, Trouble } from './scan.ts'

/** A place where a log was not as it should be. */
export interface Skipped { readonly file: string, readonly kind: Trouble, readonly detail: string }

/** What was read; `skipped` names the first hundred troubles, `troubles` counts all. */
export interface ReadCounts { files: number, packedBytes: number, bytes: number, events: number, troubles: number, readonly skipped: Skipped[] }

export interface Reader {
  readonly counts: ReadCounts
  /** Reads files in their order, inflating ahead in the threads of the pool. */
  readonly files: (files: readonly LogFile[], emit?: Emit) => Promise<void>
  readonly stream: (source: Readable, name: string) => Promise<void>
  readonly bytes: (packed: Buffer, name: string) => Promise<void>
}

/** Files that are read and inflated ahead of the one that is fed. */
const ahead = 4

/** Makes a reader that hands each wanted record to `feed`. */
export const createReader = (needles: Needles, feed: (event: LogEvent) => void): Reader => {
  const counts: ReadCounts = { files: 0, packedBytes: 0, bytes: 0, events: 0, troubles: 0, skipped: [] }

  const optionsFor = (file: string): ScanOptions => ({
    file, needles,
    emit: (event) => {
      counts.events++
      feed(event)
    },
    trouble: (kind, detail) => {
      counts.troubles++
      if (counts.skipped.length < 100) counts.skipped.push({ file, kind, detail })
    },
  })

  const addBytes = (bytes: number): void => { counts.bytes += bytes }

  const scanLoaded = async (file: LogFile, loaded: Loaded): Promise<boolean> => {
    const options = optionsFor(file.path)
    if ('error' in loaded) options.trouble('unreadable', loaded.error)
    else if (loaded.trouble !== undefined) options.trouble(loaded.trouble, loaded.trouble === 'unsupported' ? 'packed in a way that this Node cannot read' : 'read up to the break')
    else if (loaded.bytes === undefined) return false
    if ('bytes' in loaded && loaded.bytes !== undefined) {
      await scanBytes(loaded.bytes, options, addBytes)
      release(loaded.bytes)
    }
    return true
  }

  return {
    counts,
    files: async (files, emit) => {
      const coming: Promise<Loaded>[] = files.slice(0, ahead).map(load)
      for (const [index, file] of files.entries()) {
        const loaded = await coming.shift()!
        const next = files[index + ahead]
        if (next !== undefined) coming.push(load(next))
        counts.files++
        counts.packedBytes += file.size
        if (!await scanLoaded(file, loaded)) await scanStream(fileStream(file.path), optionsFor(file.path), addBytes)
        if (index % 50 === 49) emit?.({ kind: 'progress', what: 'Reading logs', done: index + 1, total: files.length })
      }
    },
    stream: async (source, name) => {
      counts.files++
      await scanStream(source, optionsFor(name), addBytes)
    },
    bytes: async (packed, name) => {
      counts.files++
      counts.packedBytes += packed.length
      const options = optionsFor(name)
      const { bytes, trouble } = await inflate(packed)
      if (trouble !== undefined) options.trouble(trouble, 'read up to the break')
      if (bytes !== undefined) await scanBytes(bytes, options, addBytes)
      else if (trouble === undefined) await scanStream(Readable.from([packed], { objectMode: false }), options, addBytes)
    },
  }
}

type Loaded = Inflated | { readonly error: string }

/** Packed bytes above which a file is streamed when its turn comes. */
const largest = bufferCap / 4

const load = async (file: LogFile): Promise<Loaded> => {
  try {
    if (file.size > largest) return {}
    const packed = await readFile(file.path)
    const inflated = await inflate(packed)
    if (inflated.bytes !== undefined && inflated.bytes !== packed) release(packed)
    return inflated
  } catch (error) {
    return { error: (error as Error).message }
  }
}
