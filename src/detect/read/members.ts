import type { ArchiveFile } from '../../core/archive/archive.ts'
import { tarFiles } from '../../core/archive/tar.ts'
import { zipFiles } from '../../core/archive/zip.ts'
import { isLog } from './files.ts'
import { bufferCap } from './inflate.ts'

/** A file in an archive; without bytes where it is larger than what is read at once, or cannot be read. */
export interface Member { readonly path: string, readonly bytes: Buffer | undefined }

/** Most files of one archive that are read. */
const most = 100_000

export const isZip = (bytes: Buffer): boolean => bytes.length > 4 && bytes.readUInt32LE(0) === 0x04034b50
export const isTar = (bytes: Buffer): boolean => bytes.subarray(257, 262).toString('latin1') === 'ustar'

/** The logs in a zip archive. */
export const membersOfZip = function* (zip: Buffer): Generator<Member> {
  for (const file of (zipFiles(zip) ?? []).slice(0, most)) if (isMember(file.path)) yield { path: file.path, bytes: whole(file) }
}

/** The logs in a tar stream, as they pass. */
export const membersOfTar = async function* (stream: AsyncIterable<Uint8Array>): AsyncGenerator<Member> {
  let left = most
  for await (const file of tarFiles(stream, (path, bytes) => (isMember(path) && bytes <= bufferCap ? bytes : 0))) {
    if (left-- === 0) return
    if (isMember(file.path)) yield { path: file.path, bytes: whole(file) }
  }
}

const isMember = (path: string): boolean => isLog(path) && !path.startsWith('__MACOSX/')

const whole = (file: ArchiveFile): Buffer | undefined => {
  const bytes = file.bytes > bufferCap ? undefined : file.read(bufferCap)
  return bytes?.length === file.bytes ? bytes : undefined
}
