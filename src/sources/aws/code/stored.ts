import { Readable } from 'node:stream'
import { makeCodeReader, readFiles } from '../../code/code.ts'
import type { CodeReader } from '../../code/code.ts'
import { zipFiles } from '../../../core/archive/zip.ts'
import { askBytes } from '../call.ts'
import type { Item, Row } from '../collector.ts'
import type { Run } from '../run.ts'
import { room } from './room.ts'
import { readTar } from './unpack.ts'

const mostScript = 64 << 20

/** Code of an item that lies in S3, as scripts or archives at these places. */
export const storedCode = (placesOf: (item: Item) => readonly unknown[]): NonNullable<Row['code']> => {
  const urisOf = (item: Item) => placesOf(item).filter((place): place is string => typeof place === 'string' && place.startsWith('s3://'))
  return {
    permissions: ['s3:GetObject'],
    when: (item) => urisOf(item).length > 0,
    read: async (run, item) => {
      const reader = makeCodeReader()
      for (const uri of urisOf(item)) await room.run(() => readObject(run, reader, uri))
      return reader.properties()
    },
  }
}

const readObject = async (run: Run, reader: CodeReader, uri: string): Promise<void> => {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? []
  if (Bucket === undefined) return
  const bytes = await askBytes(await run.line('s3', () => import('@aws-sdk/client-s3')), 'GetObject', { Bucket, Key, Range: `bytes=0-${mostScript - 1}` })
  if ('failure' in bytes) return reader.unread(`${uri}: ${bytes.failure.reason}`)
  if (/\.(tar\.gz|tgz)$/.test(uri)) await readTar(reader, uri, Readable.from([bytes]), 'gzip')
  else if (uri.endsWith('.zip')) readFiles(reader, zipFiles(bytes) ?? [])
  else reader.add({ path: uri.slice(uri.lastIndexOf('/') + 1), bytes: bytes.length, read: (most) => bytes.subarray(0, most) })
}
