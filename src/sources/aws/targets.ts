import { parseArn } from '../../core/arn.ts'
import { BartizanError } from '../../core/errors.ts'
import type { AccountInfo } from '../../model/snapshot.ts'
import { ask } from './call.ts'
import type { Line } from './call.ts'
import { makeClients } from './clients.ts'
import type { CredentialProvider, Credentials } from './clients.ts'
import type { Item } from './collector.ts'
import { makeLimiter } from './limiter.ts'
import { refusalOf } from './refusal.ts'

/** An account to scan, and how to call it. */
export interface Target extends AccountInfo {
  readonly partition: string
  /** Whether what belongs to the organization as a whole is read here. */
  readonly lists: boolean
  readonly lineTo: (service: string, load: () => Promise<object>, region: string) => Promise<Line>
}

/** Makes lines to services with these credentials; undefined are those of the environment. */
export const linesWith = (credentials: CredentialProvider | undefined, signal: AbortSignal | undefined): Target['lineTo'] => {
  const clientOf = makeClients(credentials)
  const limiters = new Map<string, ReturnType<typeof makeLimiter>>()
  return async (service, load, region) => {
    const key = `${service} ${region}`
    const limiter = limiters.get(key) ?? makeLimiter()
    limiters.set(key, limiter)
    return { send: await clientOf(service, load, region), limiter, ...(signal === undefined ? {} : { signal }) }
  }
}

const sts = () => import('@aws-sdk/client-sts')

/** Whose credentials these are. */
export const caller = async (lineTo: Target['lineTo'], region: string): Promise<{ id: string, partition: string }> => {
  const outcome = await ask(await lineTo('sts', sts, region), 'GetCallerIdentity', {})
  if ('failure' in outcome) throw refusalOf(outcome.failure, region)
  const { Account: id } = outcome.answer
  if (typeof id !== 'string') throw refusalOf({ kind: 'foreign', name: 'EmptyAnswer', reason: 'the answer names no account' }, region)
  return { id, partition: parseArn(String(outcome.answer['Arn']))?.partition ?? 'aws' }
}

/** Credentials of a role, taken anew before they expire. */
export const assume = (lineTo: Target['lineTo'], region: string, roleArn: string): CredentialProvider => async () => {
  const outcome = await ask(await lineTo('sts', sts, region), 'AssumeRole', { RoleArn: roleArn, RoleSessionName: 'bartizan' })
  if ('failure' in outcome) throw new BartizanError('BZ006', `cannot assume ${roleArn}: ${outcome.failure.reason}`)
  const given = outcome.answer['Credentials'] as Item
  const expiration = given['Expiration']
  return {
    accessKeyId: String(given['AccessKeyId']),
    secretAccessKey: String(given['SecretAccessKey']),
    sessionToken: String(given['SessionToken']),
    ...(expiration instanceof Date ? { expiration } : {}),
  } satisfies Credentials
}

/** All active accounts of the organization. */
export const organizationAccounts = async (lineTo: Target['lineTo'], region: string): Promise<{ id: string, name: string }[]> => {
  const line = await lineTo('organizations', () => import('@aws-sdk/client-organizations'), region)
  const accounts: { id: string, name: string }[] = []
  let token: unknown
  do {
    const outcome = await ask(line, 'ListAccounts', token === undefined ? {} : { NextToken: token })
    if ('failure' in outcome) throw new BartizanError('BZ006', `organizations:ListAccounts failed, so the organization cannot be scanned: ${outcome.failure.reason}`)
    for (const { Id, Name, Status } of (outcome.answer['Accounts'] ?? []) as Item[]) if (Status === 'ACTIVE') accounts.push({ id: String(Id), name: String(Name) })
    const next = outcome.answer['NextToken']
    token = next === token ? undefined : next
  } while (token !== undefined)
  return accounts.sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** The regions that an account has turned on, as one of these regions tells; undefined when none does. */
export const enabledRegions = async (lineTo: Target['lineTo'], [region, ...others]: readonly string[]): Promise<string[] | undefined> => {
  if (region === undefined) return undefined
  const outcome = await ask(await lineTo('ec2', () => import('@aws-sdk/client-ec2'), region), 'DescribeRegions', { AllRegions: false })
  if ('failure' in outcome) return enabledRegions(lineTo, others)
  return ((outcome.answer['Regions'] ?? []) as Item[]).map(({ RegionName }) => String(RegionName)).sort()
}
