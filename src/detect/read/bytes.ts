import { Readable } from 'node:stream'
import { inflate, inflating, isGzip, isMarked, isParquet, isUtf16, recoded } from './inflate.ts'
import { isTar, isZip, membersOfTar, membersOfZip, type Member } from './members.ts'
import { lastBoundary, layoutOf, recordCap, scan, wholeCap, type Layout, type ScanOptions } from './scan.ts'

/** Told how many bytes of text were looked through. */
export type Count = (bytes: number) => void

/** How deep archives may stand in archives. */
const deepest = 2

/** Looks through inflated bytes: text in UTF-8 or UTF-16, or an archive of logs. What else they are is named. */
export const scanBytes = async (raw: Buffer, options: ScanOptions, count: Count, depth = 0): Promise<void> => {
  if (isParquet(raw)) {
    options.trouble('unsupported', 'Parquet: read it with --sql')
    return
  }
  if (isZip(raw) || isTar(raw)) {
    for await (const member of isZip(raw) ? membersOfZip(raw) : membersOfTar(Readable.from([raw]))) await scanMember(member, options, count, depth)
    return
  }
  const other = recoded(raw)
  const bytes = other ?? raw
  if (other !== undefined && raw[0] !== 0xef) options.trouble('encoding', 'UTF-16, read as such')
  else if (bytes.subarray(0, 4096).includes(0)) {
    options.trouble('encoding', 'binary, not text')
    return
  }
  count(bytes.length)
  scan(bytes, layoutOf(bytes), options)
}

const scanMember = async ({ path, bytes: packed }: Member, outer: ScanOptions, count: Count, depth: number): Promise<void> => {
  const options: ScanOptions = { ...outer, file: `${outer.file}/${path}`, trouble: (kind, detail) => { outer.trouble(kind, `${path}: ${detail}`) } }
  if (packed === undefined || depth >= deepest) {
    options.trouble(packed === undefined ? 'too large' : 'unsupported', packed === undefined ? 'larger than what is read from an archive, or damaged' : 'an archive in an archive in an archive')
    return
  }
  const { bytes, trouble } = await inflate(packed)
  if (trouble !== undefined) options.trouble(trouble, 'read up to the break')
  if (bytes !== undefined) await scanBytes(bytes, options, count, depth + 1)
  else if (trouble === undefined) options.trouble('too large', 'larger than what is read from an archive')
}

/** Bytes that are looked through at a time. */
const chunk = 4 * 1024 * 1024

/** Looks through a stream chunk by chunk, whatever its length; gzip is inflated, a tar archive taken apart. */
export const scanStream = async (source: Readable, options: ScanOptions, count: Count): Promise<void> => {
  try {
    const { head, all } = await peeked(source)
    await scanText(await peeked(inflating(Readable.from(all, { objectMode: false }), isGzip(head))), options, count)
  } catch (error) {
    options.trouble(...broken(error))
  }
}

const scanText = async ({ head, all }: Peeked, options: ScanOptions, count: Count): Promise<void> => {
  if (isTar(head)) {
    for await (const member of membersOfTar(all)) await scanMember(member, options, count, 0)
  } else if (isZip(head) || isParquet(head) || isUtf16(head)) await scanWhole(all, options, count)
  else await scanChunks(all, options, count)
}

interface Peeked { readonly head: Buffer, readonly all: AsyncIterable<Buffer> }

/** The first part of a stream, and all of it. */
const peeked = async (source: AsyncIterable<Buffer>): Promise<Peeked> => {
  const parts = source[Symbol.asyncIterator]()
  const first = await parts.next()
  const head = first.done === true ? Buffer.alloc(0) : Buffer.from(first.value)
  return { head, all: from(isMarked(head) ? head.subarray(3) : head, parts) }
}

const from = async function* (head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield head
  for (let part = await rest.next(); part.done !== true; part = await rest.next()) yield Buffer.from(part.value)
}

const broken = (error: unknown): ['truncated' | 'damaged', string] =>
  [(error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR' ? 'truncated' : 'damaged', (error as Error).message]

const scanWhole = async (parts: AsyncIterable<Buffer>, options: ScanOptions, count: Count): Promise<void> => {
  const kept: Buffer[] = []
  let size = 0
  for await (const part of parts) {
    size += part.length
    if (size > wholeCap) {
      options.trouble('too large', `an archive or text in UTF-16 of more than ${wholeCap} bytes`)
      return
    }
    kept.push(part)
  }
  await scanBytes(Buffer.concat(kept, size), options, count)
}

const scanChunks = async (parts: AsyncIterable<Buffer>, options: ScanOptions, count: Count): Promise<void> => {
  let pending: Buffer[] = []
  let size = 0
  let layout: Layout | undefined
  const flush = (last: boolean): void => {
    const joined = Buffer.concat(pending, size)
    layout ??= layoutOf(joined)
    if (layout === 'whole' && joined.length > 1024 && joined.subarray(0, 65_536).includes('{"eventVersion":')) layout = 'records'
    const cut = last ? joined.length : lastBoundary(joined, layout)
    if (cut > 0) {
      count(cut)
      scan(joined.subarray(0, cut), layout, options)
    } else if (joined.length > (layout === 'whole' ? wholeCap : recordCap)) {
      options.trouble('too large', `${joined.length} bytes without a record boundary`)
      pending = []
      size = 0
      return
    }
    const rest = Buffer.from(joined.subarray(Math.max(0, cut)))
    pending = [rest]
    size = rest.length
  }
  let full = chunk
  try {
    for await (const part of parts) {
      pending.push(part)
      size += part.length
      if (size < full) continue
      flush(false)
      full = size + chunk
    }
  } catch (error) {
    options.trouble(...broken(error))
  }
  if (size > 0) flush(true)
}
