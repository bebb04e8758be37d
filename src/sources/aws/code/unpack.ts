import { Readable } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { isOwn, mostOfFile } from '../../code/code.ts'
import type { CodeReader } from '../../code/code.ts'
import { tarFiles } from '../../../core/archive/tar.ts'

/** Reads a packed tar stream file by file; what cannot be unpacked is said under the name of the whole. */
export const readTar = async (reader: CodeReader, name: string, stream: AsyncIterable<Uint8Array>, packing: 'gzip' | 'zstd' | 'none'): Promise<void> => {
  try {
    for await (const file of tarFiles(unpacked(stream, packing), wantedOf)) reader.add(file)
  } catch (error) {
    reader.unread(`${name}: ${(error as Error).message}`)
  }
}

const wantedOf = (path: string, bytes: number): number => (bytes <= mostOfFile && isOwn(path) ? bytes : 0)

const unpacked = (stream: AsyncIterable<Uint8Array>, packing: 'gzip' | 'zstd' | 'none'): AsyncIterable<Uint8Array> => {
  if (packing === 'none') return stream
  const unpack = packing === 'zstd' ? createZstdDecompress() : createGunzip()
  return Readable.from(stream).on('error', (error) => unpack.destroy(error)).pipe(unpack)
}
