import type { Members } from './classes.ts'
import { isUnknown } from '../core/unknown.ts'
import type { Estate } from './estate.ts'
import { decode } from './glob.ts'
import type { Statement } from './statement.ts'
import { outsider, resolveSubject, strangersAccount, trusting, type Subject } from './subject.ts'
import type { Target } from './target.ts'

/** Grantees that are not listed: services, providers, accounts and principals of accounts outside, organisations, anyone. */
export const strangers = (estate: Estate, members: Members, targets: readonly Target[], speaking: readonly Statement[], root: boolean): Subject[] => {
  const found = new Map<string, Subject>()
  const add = (subject: Subject): void => void found.set(`${subject.kind} ${subject.text}`, subject)
  const account = (id: string): void => {
    if (!estate.accounts.has(id)) add(outsider(id))
  }
  const arn = (text: string): void => {
    if (members.byArn.has(text)) return
    const subject = resolveSubject(estate, text)
    if (members.byArn.has(subject.arn)) return
    if (!estate.accounts.has(subject.account)) add(trusting(subject))
    else if (subject.kind === 'federated-user') add(subject)
  }
  for (const { principals, atoms, parsed } of speaking) {
    if (principals === undefined) continue
    const { wild, accounts, arns, services, providers, canonicals } = principals.parsed
    accounts.forEach(account)
    arns.forEach(arn)
    for (const service of services) add(resolveSubject(estate, service))
    for (const provider of providers) add(resolveSubject(estate, provider))
    for (const id of canonicals) add(resolveSubject(estate, `canonical:${id}`))
    // A principal that is not known may be anyone.
    if (wild || parsed.gaps.principal !== undefined) anyone(estate, add)
    if (!wild) continue
    for (const { key, source, templates } of atoms) {
      if (source.negated) continue
      for (const template of templates) if (typeof template === 'string') condition(key.name, decode(template), account, arn, add, estate)
    }
  }
  for (const target of targets) ofResource(estate, target, add, arn, account)
  if (root) for (const target of targets) if (estate.accounts.has(target.account)) add(resolveSubject(estate, `arn:aws:iam::${target.account}:root`))
  return [...found.values()]
}

const anyone = (estate: Estate, add: (subject: Subject) => void): void => {
  add(resolveSubject(estate, '*'))
  add({ ...outsider(strangersAccount), text: '*' })
}

/** What a statement for anyone narrows itself to. */
const condition = (key: string, value: string, account: (id: string) => void, arn: (text: string) => void, add: (subject: Subject) => void, estate: Estate): void => {
  switch (key) {
    case 'aws:principalaccount': case 'kms:calleraccount':
      if (/^\d{12}$/.test(value)) account(value)
      break
    case 'aws:principalarn':
      if (/^arn:[a-z-]+:iam::\d{12}:(user|role)\/[^*?]+$/.test(value)) arn(value)
      else {
        const [, id] = /^arn:[a-z-]+:(?:iam|sts)::(\d{12}):/.exec(value) ?? []
        if (id !== undefined) account(id)
      }
      break
    case 'aws:principalorgid':
      if (/^o-[a-z0-9]+$/.test(value) && ![...estate.accounts.values()].some(({ organization }) => organization === value)) {
        add({ ...outsider(strangersAccount, value), text: value })
      }
      break
    case 'aws:principalservicename':
      if (value.endsWith('.amazonaws.com')) add(resolveSubject(estate, value))
      break
    default:
  }
}

const ofResource = (
  estate: Estate, { entry }: Target, add: (subject: Subject) => void, arn: (text: string) => void, account: (id: string) => void,
): void => {
  const { kms, s3 } = entry?.input ?? {}
  if (kms?.grants !== undefined && !isUnknown(kms.grants)) {
    for (const { grantee } of kms.grants) {
      if (grantee.startsWith('arn:')) arn(grantee)
      else add(resolveSubject(estate, grantee))
    }
  }
  if (s3?.acl === undefined) return
  if (isUnknown(s3.acl)) return anyone(estate, add)
  for (const { grantee } of s3.acl) {
    if ('canonicalUser' in grantee) add(resolveSubject(estate, `canonical:${grantee.canonicalUser}`))
    else if ('account' in grantee) account(grantee.account)
    else anyone(estate, add)
  }
}
