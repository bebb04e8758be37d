import { BartizanError } from '../../core/errors.ts'
import { byText } from '../../core/text.ts'
import { isLog, stampOf, type LogFile } from './files.ts'

/** Reads log objects of S3. */
export interface Bucket {
  readonly list: (uri: string) => Promise<readonly LogFile[]>
  readonly get: (uri: string) => Promise<Buffer>
}

/** Largest object that is fetched: CloudTrail's are a few megabytes. */
const objectCap = 256 * 1024 * 1024

/** Opens S3 with the usual credentials; the client is loaded when the first object is asked for. */
export const openBucket = async (): Promise<Bucket> => {
  const { GetObjectCommand, ListObjectsV2Command, S3Client } = await import('@aws-sdk/client-s3')
  const client = new S3Client({ maxAttempts: 6, ...(process.env['AWS_ENDPOINT_URL'] !== undefined && { forcePathStyle: true }) })
  return {
    list: async (uri) => {
      const { bucket, key } = partsOf(uri)
      const files: LogFile[] = []
      let token: string | undefined
      do {
        const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: key, ContinuationToken: token })).catch(cannot(`list ${uri}`))
        for (const { Key, Size = 0 } of page.Contents ?? []) {
          if (Key !== undefined && Size > 0 && isLog(Key)) files.push({ path: `s3://${bucket}/${Key}`, size: Size, stamp: stampOf(Key) })
        }
        token = page.NextContinuationToken
      } while (token !== undefined)
      return files.sort((a, b) => byText(a.stamp, b.stamp) || byText(a.path, b.path))
    },
    get: async (uri) => {
      const { bucket, key } = partsOf(uri)
      const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key })).catch(cannot(`read ${uri}`))
      if ((object.ContentLength ?? 0) > objectCap) throw new BartizanError('BZ002', `${uri} is larger than ${objectCap} bytes`)
      return Buffer.from(await object.Body?.transformToByteArray() ?? [])
    },
  }
}

const cannot = (what: string) => (error: unknown): never => {
  throw new BartizanError('BZ002', `Cannot ${what}: ${(error as Error).message}`, { cause: error })
}

const partsOf = (uri: string): { readonly bucket: string, readonly key: string } => {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(uri) ?? []
  if (bucket === undefined) throw new BartizanError('BZ002', `${uri} is not an S3 address: write s3://bucket/prefix`)
  return { bucket, key: key ?? '' }
}
