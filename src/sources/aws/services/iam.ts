import { lastName } from '../../../core/arn.ts'
import { placesAt } from '../../../core/pointer.ts'
import { unknown } from '../../../core/unknown.ts'
import type { Unknown } from '../../../core/unknown.ts'
import { call, defineCollector } from '../collector.ts'
import type { Item } from '../collector.ts'
import { toResource } from '../draft.ts'
import type { Naming } from '../draft.ts'
import type { Run } from '../run.ts'
import { tagRecord } from '../tags.ts'

const inline = (policies: unknown) => ((policies ?? []) as Item[]).map(({ PolicyName, PolicyDocument }) => ({ PolicyName, PolicyDocument }))

const attached = (policies: unknown) => ((policies ?? []) as Item[]).map(({ PolicyArn }) => PolicyArn)

const boundary = (value: unknown) => (value as { PermissionsBoundaryArn?: string } | undefined)?.PermissionsBoundaryArn

const kinds: Readonly<Record<string, Naming>> = {
  UserDetailList: {
    type: 'AWS::IAM::User', arn: 'Arn', name: 'UserName', lastUsedAt: 'passwordLastUsed',
    derive: ({ UserPolicyList, AttachedManagedPolicies, GroupList, PermissionsBoundary, report }) => ({
      Policies: inline(UserPolicyList), ManagedPolicyArns: attached(AttachedManagedPolicies), Groups: GroupList, PermissionsBoundary: boundary(PermissionsBoundary), ...reported(report as ReportRow),
    }),
  },
  GroupDetailList: {
    type: 'AWS::IAM::Group', arn: 'Arn', name: 'GroupName',
    derive: ({ GroupPolicyList, AttachedManagedPolicies }) => ({ Policies: inline(GroupPolicyList), ManagedPolicyArns: attached(AttachedManagedPolicies) }),
  },
  RoleDetailList: {
    type: 'AWS::IAM::Role', arn: 'Arn', name: 'RoleName', lastUsedAt: 'RoleLastUsed/LastUsedDate',
    derive: ({ RolePolicyList, AttachedManagedPolicies, PermissionsBoundary }) => ({
      Policies: inline(RolePolicyList), ManagedPolicyArns: attached(AttachedManagedPolicies), PermissionsBoundary: boundary(PermissionsBoundary),
    }),
  },
  Policies: {
    type: 'AWS::IAM::ManagedPolicy', arn: 'Arn', name: 'PolicyName', rename: { PolicyName: 'ManagedPolicyName', Arn: 'PolicyArn' },
    derive: ({ PolicyVersionList }) => ({ PolicyDocument: ((PolicyVersionList ?? []) as Item[]).find(({ IsDefaultVersion }) => IsDefaultVersion === true)?.['Document'] }),
  },
}

/** How the account's authorization details name users, groups, roles and policies. */
export const authorizationKinds: readonly Naming[] = Object.values(kinds)

const instanceProfile: Naming = {
  type: 'AWS::IAM::InstanceProfile', arn: 'Arn', name: 'InstanceProfileName', derive: ({ Roles }) => ({ Roles: ((Roles ?? []) as Item[]).map(({ RoleName }) => RoleName) }),
}

/** A version that is not the default is one that somebody may bring back. */
const version: Naming = { type: 'AWS::IAM::PolicyVersion', arn: 'Arn', name: 'Name', createdAt: 'CreateDate' }

const olderVersions = ({ Arn, PolicyName, PolicyVersionList }: Item): Item[] =>
  ((PolicyVersionList ?? []) as Item[]).filter(({ IsDefaultVersion }) => IsDefaultVersion !== true)
    .map((item) => ({ ...item, Arn: `${String(Arn)}:${String(item['VersionId'])}`, Name: `${String(PolicyName)} ${String(item['VersionId'])}` }))

/** One paged call gives users, groups, roles and policies with all their documents. */
const authorization = async (run: Run, reports: ReadonlyMap<string, ReportRow> | Unknown): Promise<void> => {
  const policies: Item[] = []
  const used = new Set<string>()
  for await (const page of run.pages('GetAccountAuthorizationDetails', { MaxItems: 1000 })) {
    if ('failure' in page) {
      await run.gap('GetAccountAuthorizationDetails', page.failure, { types: [...Object.values(kinds), version].map(({ type }) => type) })
      break
    }
    for (const list of ['UserDetailList', 'GroupDetailList', 'RoleDetailList']) {
      for (const item of (page.answer[list] ?? []) as Item[]) {
        for (const { value } of placesAt(item, 'AttachedManagedPolicies/*/PolicyArn')) used.add(String(value))
        const boundaryArn = boundary(item['PermissionsBoundary'])
        if (boundaryArn !== undefined) used.add(boundaryArn)
        const report = reports instanceof Map ? reports.get(String(item['UserName'])) : reports
        await put(run, kinds[list]!, list === 'UserDetailList' ? { ...item, report, passwordLastUsed: reports instanceof Map ? reports.get(String(item['UserName']))?.['password_last_used'] : undefined } : item)
        for (const profile of (item['InstanceProfileList'] ?? []) as Item[]) await put(run, instanceProfile, profile)
      }
    }
    policies.push(...((page.answer['Policies'] ?? []) as Item[]))
  }
  for (const policy of policies) {
    const arn = String(policy['Arn'])
    if (!arn.includes(':iam::aws:') || used.has(arn)) await put(run, kinds['Policies']!, policy)
    if (!arn.includes(':iam::aws:')) for (const older of olderVersions(policy)) await put(run, version, older)
  }
}

const put = (run: Run, naming: Naming, item: Item): Promise<void> =>
  run.put({ kind: 'resource', resource: toResource(run, naming, item, tagRecord(item['Tags']), []) })

type ReportRow = Readonly<Record<string, string>>

/** What the credential report says of a user, as properties beside CloudFormation's. */
const reported = (report: ReportRow | Unknown | undefined): Item => {
  if (report === undefined) return {}
  if ('$unknown' in report) return { BartizanMfaActive: report, BartizanPasswordEnabled: report }
  return {
    BartizanMfaActive: report['mfa_active'] === 'true',
    BartizanPasswordEnabled: report['password_enabled'] === 'true',
    ...(report['password_enabled'] === 'true' ? { LoginProfile: { PasswordResetRequired: false } } : {}),
  }
}

/** The credential report: password and key facts of every user in one call, once IAM has written it. */
const credentialReport = async (run: Run): Promise<ReadonlyMap<string, ReportRow> | Unknown> => {
  let outcome = await run.call('GetCredentialReport')
  for (let tries = 0; 'failure' in outcome && outcome.failure.kind !== 'denied' && tries < 8; tries++) {
    const made = await run.call('GenerateCredentialReport')
    if ('failure' in made) break
    if (made.answer['State'] !== 'COMPLETE') await new Promise((resolve) => { setTimeout(resolve, 500 * (tries + 1)) })
    outcome = await run.call('GetCredentialReport')
  }
  if ('failure' in outcome) {
    await run.gap('GetCredentialReport', outcome.failure)
    return unknown(`GetCredentialReport: ${outcome.failure.reason}`)
  }
  const [head = '', ...lines] = Buffer.from(outcome.answer['Content'] as Uint8Array).toString('utf8').trim().split('\n')
  const names = head.split(',')
  const rows = lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at] ?? '', cell])))
  return new Map(rows.map((row) => [row['user'] ?? '', row]))
}

const accessKey: Naming = {
  type: 'AWS::IAM::AccessKey', id: ['AccessKeyId'], name: 'AccessKeyId', createdAt: 'CreateDate', lastUsedAt: 'lastUsed',
  derive: ({ AccessKeyId, lastUsed, CreateDate }) => ({ Id: AccessKeyId, BartizanLastUsed: lastUsed, BartizanCreated: CreateDate instanceof Date ? CreateDate.toISOString() : CreateDate }),
}

/** Access keys of the users that the report says have some, else of all. */
const accessKeys = async (run: Run, reports: ReadonlyMap<string, ReportRow> | Unknown): Promise<void> => {
  const users: string[] = []
  if (reports instanceof Map) {
    for (const [user, row] of reports) if (user !== '<root_account>' && (hasKey(row, 1) || hasKey(row, 2))) users.push(user)
    const root = reports.get('<root_account>')
    if (root !== undefined) {
      await put(run, { type: 'AWS::IAM::RootUser', arn: 'arn:{partition}:iam::{account}:root', lastUsedAt: 'password_last_used' }, {
        MfaActive: root['mfa_active'] === 'true', AccessKeyActive: root['access_key_1_active'] === 'true' || root['access_key_2_active'] === 'true', password_last_used: root['password_last_used'],
      })
    }
  } else {
    for await (const page of run.pages('ListUsers', { MaxItems: 1000 })) if ('answer' in page) users.push(...((page.answer['Users'] ?? []) as Item[]).map(({ UserName }) => String(UserName)))
  }
  await Promise.all(users.map(async (UserName) => {
    const outcome = await run.call('ListAccessKeys', { UserName })
    if ('failure' in outcome) return run.gap('ListAccessKeys', outcome.failure, { types: ['AWS::IAM::AccessKey'] })
    for (const [at, key] of ((outcome.answer['AccessKeyMetadata'] ?? []) as Item[]).entries()) {
      const used = reports instanceof Map ? reports.get(UserName)?.[`access_key_${at + 1}_last_used_date`] : undefined
      await put(run, accessKey, { ...key, lastUsed: used === undefined || !/^\d/.test(used) ? undefined : used })
    }
  }))
}

/** A device that is given to nobody has no user; the one of the root user has no name. */
const device = ({ User }: Item): Item => {
  const { UserName, Path } = (User ?? {}) as { UserName?: string, Path?: string }
  return { Path, Users: UserName === undefined ? [] : [UserName] }
}

const hasKey = (row: ReportRow, number: number): boolean => row[`access_key_${number}_active`] === 'true' || /^\d/.test(row[`access_key_${number}_last_rotated`] ?? '')

export default defineCollector({
  id: 'iam',
  prefix: 'iam',
  scope: 'global',
  client: () => import('@aws-sdk/client-iam'),
  resources: [
    { type: 'AWS::IAM::AccountSummary', describe: call('GetAccountSummary') },
    { type: 'AWS::IAM::AccountPasswordPolicy', describe: call('GetAccountPasswordPolicy', {}, { at: 'PasswordPolicy' }) },
    { type: 'AWS::IAM::ServiceSpecificCredential', list: call('ListServiceSpecificCredentials', {}, { with: { AllUsers: true } }), items: 'ServiceSpecificCredentials', id: ['ServiceSpecificCredentialId'], name: 'ServiceUserName' },
    { type: 'AWS::IAM::OIDCProvider', list: call('ListOpenIDConnectProviders'), items: 'OpenIDConnectProviderList', describe: call('GetOpenIDConnectProvider', { OpenIDConnectProviderArn: 'Arn' }), arn: 'Arn', rename: { ClientIDList: 'ClientIdList' } },
    { type: 'AWS::IAM::SAMLProvider', list: call('ListSAMLProviders'), items: 'SAMLProviderList', arn: 'Arn', tags: call('ListSAMLProviderTags', { SAMLProviderArn: 'Arn' }), derive: ({ Arn }) => ({ Name: lastName(String(Arn)) }) },
    { type: 'AWS::IAM::VirtualMFADevice', list: call('ListVirtualMFADevices'), items: 'VirtualMFADevices', id: ['SerialNumber'], name: 'SerialNumber', derive: device },
  ],
  collects: {
    types: ['AWS::IAM::User', 'AWS::IAM::Group', 'AWS::IAM::Role', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::PolicyVersion', 'AWS::IAM::InstanceProfile', 'AWS::IAM::AccessKey', 'AWS::IAM::RootUser'],
    permissions: ['GetAccountAuthorizationDetails', 'GenerateCredentialReport', 'GetCredentialReport', 'ListAccessKeys', 'ListUsers'],
  },
  collect: async (run) => {
    const reports = await credentialReport(run)
    await Promise.all([authorization(run, reports), accessKeys(run, reports)])
  },
})
