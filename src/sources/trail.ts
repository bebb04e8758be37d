import { createReadStream, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { BartizanError } from '../core/errors.ts'
import { actionsOfEvent } from '../iam/index.ts'
import type { Activity } from '../iam/index.ts'

interface TrailRecord {
  readonly eventSource?: string
  readonly eventName?: string
  readonly errorCode?: string
  readonly userIdentity?: { readonly type?: string, readonly arn?: string, readonly invokedBy?: string, readonly sessionContext?: { readonly sessionIssuer?: { readonly arn?: string } } }
  readonly resources?: readonly { readonly ARN?: string }[]
  readonly requestParameters?: Readonly<Record<string, unknown>> | null
}

/**
 * What CloudTrail files show was done: principal, action and resource of each call that succeeded. A call that names a role passes it, which
 * CloudTrail does not log as an event of its own.
 */
export const activityOf = async (path: string): Promise<Activity[]> => {
  const activity: Activity[] = []
  for (const file of filesOf(path)) {
    for (const record of await recordsOf(file)) {
      const { userIdentity: by } = record
      const principal = by?.sessionContext?.sessionIssuer?.arn ?? by?.arn ?? (by?.type === 'AWSService' ? by.invokedBy : undefined)
      if (principal === undefined || record.eventSource === undefined || record.eventName === undefined || record.errorCode !== undefined) continue
      const resources = (record.resources ?? []).flatMap(({ ARN: arn }) => (arn === undefined ? [] : [arn]))
      if (record.eventSource !== 'sts.amazonaws.com') for (const resource of rolesIn(record.requestParameters)) activity.push({ principal, action: 'iam:PassRole', resource })
      for (const action of actionsOfEvent(record.eventSource, record.eventName)) {
        for (const resource of resources.length === 0 ? ['*'] : resources) activity.push({ principal, action, resource })
      }
    }
  }
  return activity
}

/** The roles that a call hands to its service: parameters named after roles, whatever their depth. */
const rolesIn = (parameters: unknown): string[] => (typeof parameters !== 'object' || parameters === null ? [] : Object.entries(parameters).flatMap(([name, value]) =>
  (typeof value === 'string' ? (/role/i.test(name) && /^arn:[^:]+:iam::\d{12}:role\//.test(value) ? [value] : []) : rolesIn(value))))

const filesOf = (path: string): string[] => {
  try {
    if (!statSync(path).isDirectory()) return [path]
    return readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => /\.json(\.gz)?$/.test(name)).sort().map((name) => join(path, name))
  } catch (error) {
    throw new BartizanError('BZ002', `Cannot read ${path}: ${(error as Error).message}`, { cause: error })
  }
}

const recordsOf = async (file: string): Promise<readonly TrailRecord[]> => {
  const raw = createReadStream(file)
  const chunks: Buffer[] = []
  try {
    for await (const chunk of (file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw) as AsyncIterable<Buffer>) chunks.push(chunk)
    const document = JSON.parse(Buffer.concat(chunks).toString()) as { Records?: readonly TrailRecord[] }
    return Array.isArray(document.Records) ? document.Records : []
  } catch (error) {
    throw new BartizanError('BZ002', `${file} is not a CloudTrail file: ${(error as Error).message}`, { cause: error })
  }
}
