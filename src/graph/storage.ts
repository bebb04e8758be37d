/** A place in S3: a bucket and a key prefix, which is empty for the whole bucket. */
export interface StoragePlace { readonly bucket: string, readonly prefix: string }

const uri = /^s3[an]?:\/\/([^/]+)\/?(.*)$/s
const arn = /^arn:[^:]*:s3:::([^/]+)\/?(.*)$/s
const hosted = /^https?:\/\/([^/]+)\.s3[.-][^/]*amazonaws\.com[^/]*\/?(.*)$/s
const pathed = /^https?:\/\/s3[.-][^/]*amazonaws\.com[^/]*\/([^/]+)\/?(.*)$/s
const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/

const bucketKeys = ['Bucket', 'BucketName', 'S3BucketName', 'S3Bucket', 'BucketArn', 'S3BucketArn', 'Uri', 'S3Uri', 'S3Path']
const prefixKeys = ['Key', 'Prefix', 'S3ObjectKey', 'S3Key', 'S3Prefix', 'KeyPrefix', 'S3KeyPrefix', 'ObjectKey', 'BucketPrefix', 'InclusionPrefixes']

/** Reads an S3 URI, ARN, URL or bucket name, or an object of bucket and key; undefined for anything else. */
export const storagePlace = (value: unknown): StoragePlace | undefined => {
  if (typeof value === 'string') return fromText(value)
  if (typeof value !== 'object' || value === null) return undefined
  const part = (keys: readonly string[]) => keys.map((key) => only((value as Record<string, unknown>)[key])).find((v) => typeof v === 'string')
  const base = part(bucketKeys)
  const place = typeof base === 'string' ? fromText(base) : undefined
  const prefix = part(prefixKeys)
  return place === undefined || typeof prefix !== 'string' ? place : { bucket: place.bucket, prefix: clean(`${place.prefix}${prefix}`) }
}

/** A list of one prefix is that prefix; what is in several is somewhere in the bucket. */
const only = (value: unknown): unknown => (Array.isArray(value) && value.length === 1 ? value[0] : value)

const fromText = (text: string): StoragePlace | undefined => {
  const found = uri.exec(text) ?? arn.exec(text) ?? pathed.exec(text) ?? hosted.exec(text)
  if (found !== null) return { bucket: found[1]!, prefix: clean(found[2]!) }
  return bucketName.test(text) ? { bucket: text, prefix: '' } : undefined
}

/** A key prefix ends where its first wildcard starts, and never with the `/` that closes a folder. */
const clean = (prefix: string): string => prefix.replace(/[*?].*$/s, '').replace(/^\/+|\/+$/g, '')

/** The identity of a storage location. */
export const storageId = ({ bucket, prefix }: StoragePlace): string => (prefix === '' ? `s3://${bucket}` : `s3://${bucket}/${prefix}`)

/** Whether everything in `inner` is also in `outer`; both are in one bucket. */
export const holds = (outer: string, inner: string): boolean =>
  outer === '' || inner === outer || inner.startsWith(`${outer}/`)
