import type { ArchiveFile } from './archive.ts'

const block = 512

/** How the reader of a tar stream is told what to keep in memory: the bytes of a file that are wanted, 0 for none. */
export type Wanted = (path: string, bytes: number) => number

/**
 * The regular files of a tar stream, as they pass; only what is wanted of each is kept. It ends where the stream ends or stops
 * making sense: no length in it is trusted with memory.
 */
export async function* tarFiles(stream: AsyncIterable<Uint8Array>, wanted: Wanted): AsyncGenerator<ArchiveFile> {
  const source = makeSource(stream)
  let longName: string | undefined
  for (;;) {
    const header = await source.take(block, block)
    if (header === undefined || header.length < block || header[0] === 0) return
    const bytes = Number.parseInt(text(header, 124, 12), 8)
    if (!Number.isSafeInteger(bytes) || bytes < 0) return
    const kind = String.fromCharCode(header[156]!)
    const padded = Math.ceil(bytes / block) * block
    if (kind === 'L' || kind === 'x') {
      const content = await source.take(padded, 64 * 1024)
      if (content === undefined) return
      longName = kind === 'L' ? text(content, 0, Math.min(bytes, content.length)) : /\d+ path=([^\n]*)\n/.exec(content.toString('utf8'))?.[1] ?? longName
      continue
    }
    const prefix = text(header, 345, 155)
    const path = (longName ?? `${prefix === '' ? '' : `${prefix}/`}${text(header, 0, 100)}`).replace(/^(\.?\/)+/, '')
    longName = undefined
    const isFile = kind === '0' || kind === '\0'
    const content = await source.take(padded, isFile ? Math.min(bytes, wanted(path, bytes)) : 0)
    if (content === undefined) return
    if (isFile) yield { path, bytes, read: (most) => content.subarray(0, most) }
  }
}

/** Text up to the first zero byte. */
const text = (bytes: Uint8Array, start: number, length: number): string => {
  const whole = Buffer.from(bytes.subarray(start, start + length))
  const end = whole.indexOf(0)
  return whole.toString('utf8', 0, end === -1 ? whole.length : end).trim()
}

/** Takes so many bytes from a stream and keeps the first `most` of them. */
const makeSource = (stream: AsyncIterable<Uint8Array>) => {
  const chunks = stream[Symbol.asyncIterator]()
  let rest: Uint8Array = new Uint8Array()
  return {
    async take(bytes: number, most: number): Promise<Buffer | undefined> {
      const kept: Uint8Array[] = []
      let room = most
      for (let left = bytes; left > 0;) {
        if (rest.length === 0) {
          const next = await chunks.next()
          if (next.done === true) return undefined
          rest = next.value
          continue
        }
        const part = rest.subarray(0, left)
        if (room > 0) kept.push(Uint8Array.from(part.subarray(0, room)))
        room -= Math.min(room, part.length)
        left -= part.length
        rest = rest.subarray(part.length)
      }
      return Buffer.concat(kept)
    },
  }
}
