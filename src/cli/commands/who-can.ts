import type { CallRequest, Grant, Iam } from '../../iam/index.ts'
import { count, listed } from '../../core/text.ts'
import { fit, wrap } from '../../reports/columns.ts'
import { painter } from '../../reports/paint.ts'
import { actionNamed, aimedAt, contextOf, openEstate, resourceNamed } from '../ask.ts'
import type { Context } from '../context.ts'
import type { InputFlags, OutputFlags } from '../flags.ts'
import { deliver, outputsOf, styleOf } from '../report.ts'

export interface WhoCanFlags extends InputFlags, OutputFlags { readonly context?: readonly string[] }

/** `bartizan who-can ACTION RESOURCE` */
export async function whoCan(this: Context, flags: WhoCanFlags, action: string, on: string): Promise<void> {
  const estate = await openEstate(this, flags)
  const [wanted, named] = [actionNamed(action), resourceNamed(estate, on, action)]
  const resource = aimedAt(named, action)
  const context = contextOf(flags.context)
  const given = Object.keys(context).length === 0 ? {} : { context }
  const iam = estate.iam()
  const grants = iam.whoCan(wanted, resource, given).map((grant, index): Answer => {
    const call = { ...given, principal: grant.principal, action: wanted, resources: [named === '*' ? '*' : resource] }
    const lacks = index < most && !/[*?]/.test(wanted) && ['user', 'role', 'anyone'].includes(grant.kind) ? lackedBy(iam, call) : []
    return lacks.length === 0 ? grant : { ...grant, lacks }
  })
  for (const output of outputsOf(flags)) {
    const style = styleOf(this, flags, output.file)
    await deliver(this, output, output.format === 'json'
      ? `${JSON.stringify({ schema: 'bartizan.who-can/1', action: wanted, resource, grants }, undefined, 2)}\n` : told(wanted, named === '*' ? '*' : resource, grants, style))
  }
  this.process.exitCode = grants.some(({ verdict }) => verdict === 'allow') ? 0 : grants.length > 0 ? 3 : 1
}

/** Somebody who may do the action itself, and what the whole call is denied besides (KMS, iam:PassRole). */
type Answer = Grant & { readonly lacks?: readonly string[] }

/** Of so many the whole call is looked at. */
const most = 500

const lackedBy = (iam: Iam, call: CallRequest): string[] => {
  const [, ...besides] = iam.call(call).checks
  return [...new Set(besides.filter(({ decision: { verdict } }) => verdict === 'deny').map(({ action }) => action))]
}

/** Whoever is furthest from the account is the news. */
const far: readonly Grant['kind'][] = ['anyone', 'federated', 'account', 'service']

const told = (action: string, resource: string, grants: readonly Answer[], { colour, columns }: { colour: boolean, columns: number }): string => {
  const paint = painter(colour)
  const what = `${action} on ${resource}`
  if (grants.length === 0) return `${wrap(`Nobody can do ${what}.`, columns).map((line) => paint('green', line)).join('\n')}\n`
  const [sure, open] = [grants.filter(({ verdict }) => verdict === 'allow'), grants.filter(({ verdict }) => verdict === 'conditional')]
  const under = sure.length === 0 ? `${count(open.length, 'principal')} can do ${what} under conditions` : `${open.length} more can under conditions`
  const verdict = [...sure.length === 0 ? [] : [`${count(sure.length, 'principal')} can do ${what}`], ...open.length === 0 ? [] : [under]].join('; ')
  const part = (title: string, some: readonly Answer[]): string[] => (some.length === 0 ? [] : ['', paint('bold', title), ...grouped(some, columns)])
  return [
    ...wrap(`${verdict}.`, columns).map((line) => paint(sure.length > 0 ? 'bold' : 'yellow', line)),
    ...part('Can', sure), ...part('Can under conditions', open),
    '', 'See why with', `  bartizan can PRINCIPAL ${quoted(action)} ${quoted(resource)}`, '',
  ].join('\n')
}

/** As a shell takes it. */
const quoted = (word: string): string => (/[^\w:/.-]/.test(word) ? `'${word.replaceAll("'", String.raw`'\''`)}'` : word)

/** Principals, and below those who share them, the conditions once. */
const grouped = (grants: readonly Answer[], columns: number): string[] => {
  const sorted = grants.toSorted((a, b) => Number(far.includes(b.kind)) - Number(far.includes(a.kind)))
  const groups = Map.groupBy(sorted, ({ conditions, lacks = [] }) => [
    ...conditions.map(({ text }) => text), ...lacks.length === 0 ? [] : [`the whole call fails: it also needs ${listed(lacks)}, which is denied`],
  ].join('; '))
  return [...groups].flatMap(([conditions, members]) => [
    ...members.map((grant) => `  ${fit(nameOf(grant), columns - 2)}`),
    ...conditions === '' ? [] : wrap(conditions, columns - 6).map((line) => `      ${line}`),
  ])
}

const nameOf = ({ principal, kind, account }: Grant): string => {
  if (kind === 'anyone') return 'anyone, in any AWS account or none'
  return kind === 'account' ? `account ${account}: whomever it lets` : principal
}
