import { homeOf } from '../../core/arn.ts'
import { BartizanError } from '../../core/errors.ts'
import type { Gap } from '../../core/gap.ts'
import type { SnapshotLine } from '../../model/snapshot.ts'
import type { Channel } from './channel.ts'
import type { Failure } from './failure.ts'
import { makePlaces } from './organization.ts'
import { hint } from './refusal.ts'
import type { ScanOptions } from './scan.ts'
import { assume, caller, enabledRegions, linesWith, organizationAccounts } from './targets.ts'
import type { Target } from './targets.ts'

const roleArn = /^arn:[\w-]+:iam::\d{12}:role\/.+$/

/** The accounts that a scan reads, each with its place in the organization; one that does not let us in is a gap. */
export const findTargets = async (options: ScanOptions, region: string, channel: Channel<SnapshotLine>): Promise<Target[]> => {
  if (options.roleArn !== undefined && !roleArn.test(options.roleArn)) throw new BartizanError('BZ001', `"${options.roleArn}" is not the ARN of a role: arn:aws:iam::111122223333:role/NAME`)
  const outer = linesWith(undefined, options.signal)
  const lineTo = options.roleArn === undefined ? outer : linesWith(assume(outer, region, options.roleArn), options.signal)
  const self = await caller(lineTo, region)
  const placeOf = makePlaces(lineTo, region)
  const place = async (account: string): Promise<{ path?: string }> => {
    const found = await placeOf(account)
    if (found === undefined || !('failure' in found)) return found ?? {}
    await channel.put({ kind: 'gap', gap: unplaced(account, found.operation, found.failure) })
    return {}
  }
  if (options.org !== true) return [{ ...self, lineTo, lists: true, ...await place(self.id) }]
  const accounts = await organizationAccounts(lineTo, region)
  const targets = await Promise.all(accounts.map(async ({ id, name }): Promise<Target | undefined> => {
    const isSelf = id === self.id
    const reached = isSelf ? lineTo : await reach(options, lineTo, region, self.partition, id, channel)
    return reached === undefined ? undefined : { id, name, partition: self.partition, lineTo: reached, lists: isSelf, ...await place(id) }
  }))
  return targets.filter((target) => target !== undefined)
}

const unplaced = (account: string, operation: string, { kind, reason }: Failure): Gap => ({
  account, region: 'global', operation: `organizations:${operation}`,
  reason: `the account's place in the organization is not known, so neither are the policies that bind it there: ${reason}`,
  ...(kind === 'denied' ? { permission: `organizations:${operation}` } : {}),
})

/** Lines into a member account, through the first role that lets us in. */
const reach = async (options: ScanOptions, lineTo: Target['lineTo'], region: string, partition: string, account: string, channel: Channel<SnapshotLine>) => {
  const names = options.roleName === undefined ? ['BartizanScan', 'OrganizationAccountAccessRole'] : [options.roleName]
  let reason = ''
  for (const name of names) {
    const member = linesWith(assume(lineTo, region, `arn:${partition}:iam::${account}:role/${name}`), options.signal)
    try {
      await caller(member, region)
      return member
    } catch (error) {
      reason = (error as Error).message
    }
  }
  await channel.put({ kind: 'gap', gap: { account, region: 'global', operation: 'sts:AssumeRole', reason: `the account was not scanned: ${reason}`, permission: 'sts:AssumeRole' } })
  return undefined
}

/** The regions that a scan reads in an account: those that are asked for and turned on, else all that are turned on. */
export const findRegions = async (options: ScanOptions, target: Target, first: string, channel: Channel<SnapshotLine>): Promise<string[]> => {
  const enabled = await enabledRegions(target.lineTo, [...new Set([first, homeOf(target.partition)])])
  if (options.regions !== undefined) {
    const off = options.regions.filter((region) => enabled !== undefined && !enabled.includes(region))
    for (const region of off) {
      await channel.put({ kind: 'gap', gap: { account: target.id, region, operation: 'ec2:DescribeRegions', reason: 'the region is not turned on in this account, so nothing was read there' } })
    }
    const on = options.regions.filter((region) => !off.includes(region))
    if (on.length === 0 && options.org !== true) throw new BartizanError('BZ014', `account ${target.id} has not turned on ${off.join(', ')}${hint(off[0] ?? '')}`)
    return on
  }
  if (enabled !== undefined) return enabled
  await channel.put({ kind: 'gap', gap: { account: target.id, region: 'global', operation: 'ec2:DescribeRegions', reason: `the regions could not be listed; only ${first} was read`, permission: 'ec2:DescribeRegions' } })
  return [first]
}
