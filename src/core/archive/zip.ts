import { inflateRawSync } from 'node:zlib'
import type { ArchiveFile } from './archive.ts'

const endMark = 0x06054b50
const entryMark = 0x02014b50
const fileMark = 0x04034b50
const endBytes = 22
const mostComment = 0xffff

/** The files that the directory of a zip archive lists; undefined where it is none, or is damaged. Lengths and offsets in it are claims, and checked. */
export const zipFiles = (zip: Buffer): ArchiveFile[] | undefined => {
  const end = endOf(zip)
  if (end === undefined) return undefined
  const files: ArchiveFile[] = []
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== entryMark) return undefined
    const [nameBytes, extraBytes, commentBytes] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)]
    const path = zip.toString('utf8', at + 46, at + 46 + nameBytes)
    const [method, packed, offset] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 42)]
    if (!path.endsWith('/')) files.push({ path, bytes: zip.readUInt32LE(at + 24), read: (most) => unpack(zip, { method, packed, offset }, most) })
    at += 46 + nameBytes + extraBytes + commentBytes
  }
  return files
}

/** The end record stands last, before a comment of at most 64 KiB. */
const endOf = (zip: Buffer): number | undefined => {
  for (let at = zip.length - endBytes; at >= Math.max(0, zip.length - endBytes - mostComment); at--) {
    if (zip.readUInt32LE(at) === endMark) return at
  }
  return undefined
}

interface Entry { readonly method: number, readonly packed: number, readonly offset: number }

const unpack = (zip: Buffer, { method, packed, offset }: Entry, most: number): Buffer | undefined => {
  if (offset + 30 > zip.length || zip.readUInt32LE(offset) !== fileMark) return undefined
  const start = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28)
  const bytes = zip.subarray(start, start + packed)
  if (method === 0) return bytes.subarray(0, most)
  if (method !== 8) return undefined
  try {
    return inflateRawSync(bytes, { maxOutputLength: most })
  } catch {
    return undefined
  }
}
