import { accessSync, closeSync, constants, createReadStream, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createGunzip, gzipSync } from 'node:zlib'
import { BartizanError } from '../core/errors.ts'
import type { Gap } from '../core/gap.ts'
import { snapshotSchema } from '../model/snapshot.ts'
import type { Done, Snapshot, SnapshotHeader, SnapshotLine } from '../model/snapshot.ts'
import type { Resource } from '../model/resource.ts'
import { lineStore, parseLine } from './line-store.ts'
import { withoutSecrets } from './secrets.ts'

/** How many bytes of lines are gathered before they are written as one gzip member. */
const flushBytes = 256 * 1024

/** Writes a snapshot line by line; what has been flushed stays readable if the process is killed. */
export interface SnapshotWriter {
  write(line: SnapshotLine): void
  /** Puts everything written so far on disk. */
  flush(): void
  close(): void
}

/**
 * Opens a snapshot file, readable by its owner only, in a folder that git ignores. `append` goes on with one that was begun.
 * A scan that fails before its header leaves no file, and does not touch one that is there.
 */
export const writeSnapshot = (path: string, { append = false } = {}): SnapshotWriter => {
  const folder = dirname(path)
  orRefuse(path, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (folder.endsWith('.bartizan')) writeFileSync(join(folder, '.gitignore'), '*\n')
    accessSync(existsSync(path) ? path : folder, constants.W_OK)
  })
  let file: number | undefined
  let isSnapshot = append
  let lines: string[] = []
  let bytes = 0
  const flush = () => {
    if (lines.length === 0 || !isSnapshot) return
    file ??= orRefuse(path, () => openSync(path, append ? 'a' : 'w', 0o600))
    writeSync(file, gzipSync(lines.join(''), { level: 6 }))
    lines = []
    bytes = 0
  }
  return {
    write(line) {
      const text = `${JSON.stringify(line)}\n`
      lines.push(text)
      bytes += text.length
      if (line.kind === 'header') isSnapshot = true
      // A finished collector is a point to resume from, so it goes to disk with all that came before it; the header makes the file one.
      if (bytes > flushBytes || line.kind === 'done' || line.kind === 'header') flush()
    },
    flush,
    close() {
      flush()
      if (file === undefined) return
      fsyncSync(file)
      closeSync(file)
    },
  }
}

const orRefuse = <T>(path: string, act: () => T): T => {
  try {
    return act()
  } catch (error) {
    throw new BartizanError('BZ007', `Cannot write the snapshot ${path}: ${(error as Error).message}`, { cause: error })
  }
}

/** Writes a snapshot that is in memory, without the secrets that templates may hold. */
export const saveSnapshot = (path: string, { header, resources, gaps }: Snapshot): void => {
  const writer = writeSnapshot(path)
  writer.write({ kind: 'header', header })
  for (let index = 0; index < resources.length; index++) writer.write({ kind: 'resource', resource: sweptOf(resources.get(index)) })
  for (const gap of gaps) writer.write({ kind: 'gap', gap })
  writer.close()
}

const sweptOf = (resource: Resource): Resource => ({ ...resource, properties: withoutSecrets(resource.properties) })

/**
 * Makes a snapshot file that was cut short fit to go on with: a gzip member that ends in the middle would hide what is
 * written after it. Does nothing to a whole one.
 */
export const mendSnapshot = async (path: string): Promise<void> => {
  let isCut = false
  const mended = `${path}.mended`
  const writer = writeSnapshot(mended)
  for await (const line of linesOf(path, () => { isCut = true })) writer.write(parseLine(line, path))
  writer.close()
  if (isCut) renameSync(mended, path)
  else rmSync(mended)
}

/** Reads a snapshot file of this or an earlier version. One that was cut short is read up to its last whole line. */
export const readSnapshot = async (path: string): Promise<Snapshot> => {
  const store = lineStore(path)
  const gaps = new Map<string, Gap>()
  const done: Done[] = []
  let header: SnapshotHeader | undefined
  for await (const line of linesOf(path)) {
    if (line.length === 0) continue
    if (line.subarray(0, resourceStart.length).equals(resourceStart)) {
      store.add(line)
      continue
    }
    const parsed = parseLine(line, path)
    if (parsed.kind === 'header') header = merged(header, parsed.header)
    else if (parsed.kind === 'gap') gaps.set(line.toString(), parsed.gap)
    else if (parsed.kind === 'done') done.push(parsed.done)
    else store.add(line)
  }
  if (header === undefined) throw new BartizanError('BZ004', `${path} is not a bartizan snapshot: it has no header`)
  return { header, resources: store.table(), gaps: [...gaps.values()], done }
}

const resourceStart = Buffer.from('{"kind":"resource"')

/** A scan that went on wrote a second header: what the two cover together. */
const merged = (first: SnapshotHeader | undefined, next: SnapshotHeader): SnapshotHeader => {
  const [family, version] = next.schema.split('/')
  const [ownFamily, ownVersion] = snapshotSchema.split('/')
  if (family !== ownFamily || Number(version) > Number(ownVersion)) {
    throw new BartizanError('BZ004', `This snapshot has the format "${next.schema}"; this version reads up to "${snapshotSchema}"`)
  }
  if (first === undefined) return next
  const accounts = new Map([...first.accounts, ...next.accounts].map((account) => [account.id, account]))
  return { ...next, accounts: [...accounts.values()], regions: [...new Set([...first.regions, ...next.regions])] }
}

const newline = 0x0a

/** Whole lines as bytes; a last line without its end, or a last gzip member that was cut, is dropped. */
async function* linesOf(path: string, wasCut: () => void = () => undefined): AsyncGenerator<Buffer> {
  const unzip = createReadStream(path).on('error', (error) => unzip.destroy(error)).pipe(createGunzip())
  let rest: Buffer = Buffer.alloc(0)
  try {
    for await (const chunk of unzip as AsyncIterable<Buffer>) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      let start = 0
      for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, start)) {
        yield bytes.subarray(start, end)
        start = end + 1
      }
      rest = bytes.subarray(start)
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'Z_BUF_ERROR') return wasCut()
    if (code === 'Z_DATA_ERROR') throw new BartizanError('BZ004', `${path} is not a gzip file, or is damaged`, { cause: error })
    throw new BartizanError('BZ002', `Cannot read ${path}: ${(error as Error).message}`, { cause: error })
  }
}
