import { crc32, deflateRawSync } from 'node:zlib'

/** Compresses a text; the comment stands readable in the file's header (RFC 1952), and the bytes are the same on every machine. */
export const gzipWithComment = (text: string, comment: string): Buffer => {
  const bytes = Buffer.from(text)
  const trailer = Buffer.alloc(8)
  trailer.writeUInt32LE(crc32(bytes), 0)
  trailer.writeUInt32LE(bytes.length % 2 ** 32, 4)
  return Buffer.concat([header, Buffer.from(`${comment}\0`, 'latin1'), deflateRawSync(bytes, { level: 9 }), trailer])
}

/** Deflate, comment present, no time, smallest, unknown operating system. */
const header = Buffer.from([0x1f, 0x8b, 8, 0b1_0000, 0, 0, 0, 0, 2, 255])

/** The comment in the header of a gzip file that has no other optional field; empty when it has none. */
export const gzipComment = (file: Buffer): string =>
  (file[3] === 0b1_0000 ? file.toString('latin1', header.length, file.indexOf(0, header.length)) : '')
