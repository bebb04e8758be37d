import { Buffer } from 'node:buffer'
import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { promisify } from 'node:util'
import * as zlib from 'node:zlib'

const gunzip = promisify(zlib.gunzip)

/** Most bytes that are inflated at once; what is larger, or says so, is streamed. */
export const bufferCap = 48 * 1024 * 1024

export const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b
const isZstd = (bytes: Buffer): boolean => bytes.length > 4 && bytes.readUInt32LE(0) === 0xfd2fb528
export const isParquet = (bytes: Buffer): boolean => bytes.subarray(0, 4).toString('latin1') === 'PAR1'

/** Inflated bytes, with what went wrong on the way; `undefined` bytes when it does not fit at once. */
export interface Inflated { readonly bytes?: Buffer, readonly trouble?: 'truncated' | 'damaged' | 'unsupported' }

/** Inflates a whole file in a thread of the pool: gzip of one or more members, zstd where Node has it, plain text as it is. */
export const inflate = async (packed: Buffer): Promise<Inflated> => {
  if (isZstd(packed)) return 'zstdDecompressSync' in zlib ? { bytes: zlib.zstdDecompressSync(packed, { maxOutputLength: bufferCap }) } : { trouble: 'unsupported' }
  if (!isGzip(packed)) return { bytes: packed }
  // the last four bytes claim the size: good as a first guess for one allocation, not as a truth
  const said = packed.length > 18 ? packed.readUInt32LE(packed.length - 4) : 0
  const claimed = said < 1032 * packed.length ? said : 0
  if (claimed > bufferCap) return {}
  try {
    return { bytes: await gunzip(packed, { maxOutputLength: bufferCap, chunkSize: Math.min(Math.max(64 * 1024, claimed + 64), 8 * 1024 * 1024) }) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return {}
    return rescue(packed, (error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR' ? 'truncated' : 'damaged')
  }
}

/** Gives memory back at once: waiting for garbage collection lets it grow to many times what is in use. */
export const release = (bytes: Buffer): void => {
  const { buffer } = bytes
  // small buffers share one pool
  if (buffer instanceof ArrayBuffer && buffer.byteLength >= 1024 * 1024) buffer.transfer(0)
}

/** What can be inflated before the place where a file breaks off. */
const rescue = async (packed: Buffer, trouble: 'truncated' | 'damaged'): Promise<Inflated> => {
  const parts: Buffer[] = []
  let size = 0
  const stream = zlib.createGunzip({ finishFlush: zlib.constants.Z_SYNC_FLUSH })
  stream.end(packed)
  try {
    for await (const part of stream as AsyncIterable<Buffer>) {
      parts.push(part)
      size += part.length
      if (size > bufferCap) break
    }
  } catch {
    // the parts before the damage are good
  }
  return { bytes: Buffer.concat(parts), trouble }
}

/** Inflates piece by piece, for files that do not fit at once. */
export const inflating = (source: Readable, packed: boolean): AsyncIterable<Buffer> =>
  packed ? source.pipe(zlib.createGunzip({ chunkSize: 1024 * 1024 })) : source

export const fileStream = (path: string): Readable => createReadStream(path, { highWaterMark: 1024 * 1024 })

export const isUtf16 = (bytes: Buffer): boolean => (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
/** Whether a byte order mark stands before text in UTF-8. */
export const isMarked = (bytes: Buffer): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf

/** Text of another encoding as UTF-8; undefined where it is UTF-8 already. */
export const recoded = (bytes: Buffer): Buffer | undefined => {
  if (isMarked(bytes)) return bytes.subarray(3)
  if (!isUtf16(bytes)) return undefined
  return Buffer.from(bytes[0] === 0xff ? bytes.toString('utf16le', 2) : Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2))).swap16().toString('utf16le'))
}
