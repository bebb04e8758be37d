import { readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { objectOf, textOf, type LogRecord } from '../event.ts'
import { parsed } from './envelopes.ts'

/** Largest payload that is read: Bedrock keeps what is larger than 100 KB beside its log. */
const payloadCap = 16 * 1024 * 1024

/** Whether a file is a payload that records of an invocation log refer to, and no log by itself. */
export const isPayload = (path: string): boolean => /\/BedrockModelInvocationLogs\/.*\/data\/[^/]+$|\/data\/[\w-]+_(?:input|output)\.json(?:\.gz)?$/.test(path)

/** A record with the bodies that stand in files of their own, where these lie beside the log as in S3; as it is where they do not. */
export const withPayload = (record: LogRecord, file: string): LogRecord => {
  const [input, output] = [bodyFor(record['input'], 'input', file), bodyFor(record['output'], 'output', file)]
  return input === undefined && output === undefined ? record : { ...record, ...(input !== undefined && { input }), ...(output !== undefined && { output }) }
}

const bodyFor = (side: unknown, name: 'input' | 'output', file: string): LogRecord | undefined => {
  const [inline, place] = [objectOf(side)[`${name}BodyJson`], textOf(objectOf(side)[`${name}BodyS3Path`])]
  if (place === '' || inline !== undefined || file === '' || file.startsWith('s3://')) return undefined
  const body = read(join(dirname(file), 'data', basename(place)))
  return body === undefined ? undefined : { ...objectOf(side), [`${name}BodyJson`]: body }
}

const read = (path: string): unknown => {
  try {
    if (statSync(path).size > payloadCap) return undefined
    const bytes = readFileSync(path)
    return parsed((bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes, { maxOutputLength: payloadCap }) : bytes).toString())
  } catch {
    return undefined
  }
}
