import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { BartizanError } from '../../core/errors.ts'
import { byText } from '../../core/text.ts'
import { isPayload } from './payload.ts'

/** A file of a log, with when it was written as its name tells (compact ISO time) and its size in bytes. */
export interface LogFile { readonly path: string, readonly stamp: string, readonly size: number }

/** All log files under some paths, the oldest first, so that windows over regions and accounts fill in order. */
export const listLogFiles = async (paths: readonly string[]): Promise<readonly LogFile[]> => {
  const files = (await Promise.all(paths.map(filesUnder))).flat()
  return files.sort((a, b) => byText(a.stamp, b.stamp) || byText(a.path, b.path))
}

const filesUnder = async (path: string): Promise<LogFile[]> => {
  const info = await stat(path).catch((error: unknown) => {
    throw new BartizanError('BZ002', `Cannot read logs at ${path}: ${(error as Error).message}`, { cause: error })
  })
  if (!info.isDirectory()) return [await logFile(path, info.size)]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const found = entries.filter((entry) => entry.isFile() && isLog(join(entry.parentPath, entry.name))).map((entry) => join(entry.parentPath, entry.name))
  const files: LogFile[] = []
  // few at a time: a trail of years has a million files
  for (let at = 0; at < found.length; at += 64) {
    files.push(...await Promise.all(found.slice(at, at + 64).map(async (file) => logFile(file, (await stat(file)).size))))
  }
  return files
}

/** Whether a name is that of a log: digests, hidden files and payloads that records refer to are not. */
export const isLog = (path: string): boolean => !isPayload(path) && !/(?:^|\/)\.|CloudTrail-Digest/.test(path.slice(path.lastIndexOf('/') < 0 ? 0 : path.lastIndexOf('/'))) && !path.includes('CloudTrail-Digest')

/** The time in a name: CloudTrail's (`…_20260803T1005Z_…`), or the folders of a date. */
export const stampOf = (path: string): string => {
  const compact = /(\d{8}T\d{4,6})Z/.exec(path)
  if (compact !== null) return compact[1]!.padEnd(15, '0')
  const folders = /(?:^|\/)(\d{4})\/(\d{2})\/(\d{2})(?:\/(\d{2}))?\//.exec(path)
  return folders === null ? '' : `${folders[1]}${folders[2]}${folders[3]}T${folders[4] ?? '00'}0000`
}

const logFile = async (path: string, size: number): Promise<LogFile> => ({ path, size, stamp: stampOf(path) || await peekStamp(path) })

/** The first event time in a plain file whose name has none; packed ones without a name keep the order of their names. */
const peekStamp = async (path: string): Promise<string> => {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(16_384), 0, 16_384, 0)
    const found = /"(?:eventTime|timestamp|eventtime|time)"\s*:\s*"(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})/.exec(buffer.toString('latin1', 0, bytesRead))
    return found === null ? '' : `${found[1]}${found[2]}${found[3]}T${found[4]}${found[5]}${found[6]}`
  } finally {
    await file.close()
  }
}
