import { explain, renderPolicy, summarize } from '../../iam/index.ts'
import type { CallCheck, Decision, Iam, Request, Verdict } from '../../iam/index.ts'
import { BartizanError } from '../../core/errors.ts'
import { count, listed, printable } from '../../core/text.ts'
import { iamCatalogue } from '../../analysis/facts.ts'
import type { Estate } from '../../graph/estate.ts'
import { fit, wrap } from '../../reports/columns.ts'
import { painter } from '../../reports/paint.ts'
import { actionNamed, aimedAt, contextOf, openEstate, principalNamed, resourceNamed } from '../ask.ts'
import type { Context } from '../context.ts'
import type { InputFlags, OutputFlags } from '../flags.ts'
import { oneOf } from '../flags.ts'
import { deliver, outputsOf, styleOf } from '../report.ts'

export interface CanFlags extends InputFlags, OutputFlags {
  readonly context?: readonly string[]
  readonly fromTrail?: string
}

const codes: Readonly<Record<Verdict, number>> = { allow: 0, deny: 1, conditional: 3 }

/** `bartizan can PRINCIPAL [ACTION RESOURCE]` */
export async function can(this: Context, flags: CanFlags, who: string, action?: string, on?: string): Promise<void> {
  const estate = await openEstate(this, flags)
  const principal = principalNamed(estate, who)
  if (flags.fromTrail !== undefined) return policyFromTrail(this, flags, principal, flags.fromTrail)
  if (action === undefined) return permissions(this, flags, estate, principal)
  const context = contextOf(flags.context)
  const resource = on === undefined ? '*' : resourceNamed(estate, on, action)
  const request: Request = { principal, action: actionNamed(action), resource: aimedAt(resource, action), ...Object.keys(context).length === 0 ? {} : { context } }
  const iam = estate.iam()
  const decision = iam.can(request)
  const { action: name, resource: asked, ...rest } = request
  const shown = { ...request, resource: resource === '*' ? '*' : asked }
  const [, ...besides] = /[*?]/.test(name) ? [] : iam.call({ ...rest, action: name, resources: [shown.resource] }).checks
  for (const output of outputsOf(flags)) {
    const style = styleOf(this, flags, output.file)
    await deliver(this, output, output.format === 'json' ? toJson(request, decision, besides) : told(shown, decision, besides, actionByAction(iam, request), style))
  }
  this.process.exitCode = codes[decision.verdict]
}

const toJson = (request: Request, decision: Decision, besides: readonly CallCheck[]): string =>
  json({ schema: 'bartizan.decision/1', request, ...decision, besides: besides.map(({ decision: { verdict }, ...check }) => ({ ...check, verdict })) })

const json = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`

const inks = { allow: 'green', deny: 'red', conditional: 'yellow' } as const
const words = { allow: 'Yes', deny: 'No', conditional: 'It depends' } as const

/** The verdict, the layers as a table, what decided, what remains, what to change, and what the whole call needs besides. */
const told = (
  request: Request, decision: Decision, besides: readonly CallCheck[], eachAction: readonly string[], { colour, columns }: { colour: boolean, columns: number },
): string => {
  const paint = painter(colour)
  const { verdict, layers, conditions, change } = explain(decision, request)
  const hung = (lead: string, text: string): string[] =>
    wrap(text, columns - lead.length).map((line, index) => `${index === 0 ? lead : ' '.repeat(lead.length)}${line}`)
  const part = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : ['', paint('bold', title), ...lines.flatMap((line) => hung('  ', line))])
  const widest = Math.max(...layers.map(({ layer }) => layer.length))
  const stopped = besides.filter(({ decision: { verdict: said } }) => decision.verdict !== 'deny' && said === 'deny')
  const but = [...new Set(stopped.map(({ action }) => action))]
  return [
    ...wrap(`${words[decision.verdict]}. ${verdict}`, columns).map((line) => paint(inks[decision.verdict], line)),
    ...but.length === 0 ? [] : wrap(`But the whole call fails: it also needs ${listed(but)}, which is denied (below).`, columns).map((line) => paint('red', line)),
    '',
    paint('bold', 'Layer by layer'),
    ...layers.flatMap(({ layer, says }) => hung(`  ${layer.padEnd(widest)}  `, says)),
    ...part('Action by action', eachAction),
    ...part('Decided by', [...new Set(layers.flatMap(({ by }, index) => (decidesIn(decision, index) ? by : [])))]),
    ...decision.verdict === 'allow' ? part('Chosen by the caller', decision.conditions.map(({ text }) => printable(text))) : part('What must hold', conditions),
    ...part(decision.verdict === 'deny' ? 'To allow it' : 'To stop it', change),
    ...part('The whole call needs besides', besides.map(besideLine)),
    '',
  ].join('\n')
}

const besideLine = ({ action, resource, why, decision: { verdict, conditions } }: CallCheck): string =>
  `${words[verdict]}: ${action} on ${resource} (${why})${verdict === 'conditional' ? `, if ${listed(conditions.map(({ text }) => printable(text)))}` : ''}`

/** How many actions of each verdict are named. */
const most = { allow: 60, conditional: 60, deny: 8 } as const

/** Which actions of a pattern are allowed, and which are not. */
const actionByAction = (iam: Iam, request: Request): string[] => {
  if (!/[*?]/.test(request.action)) return []
  const verdicts = Map.groupBy(iam.actions(request.action), (action) => iam.verdict({ ...request, action }))
  return (['allow', 'conditional', 'deny'] as const).flatMap((verdict) => {
    const names = (verdicts.get(verdict) ?? []).map((action) => action.slice(action.indexOf(':') + 1))
    const left = names.length - most[verdict]
    return names.length === 0 ? [] : [`${words[verdict]} (${names.length}): ${names.slice(0, most[verdict]).join(', ')}${left > 0 ? ` and ${left} more` : ''}`]
  })
}

/** Of a denial only the layers that deny have decided. */
const decidesIn = ({ verdict, layers }: Decision, index: number): boolean => verdict !== 'deny' || layers[index]!.verdict === 'deny'

/** Effective permissions by service and access level. */
const permissions = async (context: Context, flags: CanFlags, estate: Estate, principal: string): Promise<void> => {
  const summary = summarize(estate.iam().permissions(principal))
  for (const output of outputsOf(flags)) {
    const { colour, columns } = styleOf(context, flags, output.file)
    const paint = painter(colour)
    const lines = summary.flatMap(({ service, levels, resources }) => [
      `${paint('bold', service)}  ${paint('dim', fit(resources.join(', '), columns - service.length - 2))}`,
      ...Object.entries(levels).flatMap(([level, { actions, conditional }]) => [...row(level, actions, columns), ...row(`${level}, conditional`, conditional, columns)]),
    ])
    const used = lastUseOf(estate, principal)
    const heading = [
      `${principal} can do something in ${count(summary.length, 'service')}; behind each, the resources that its policies name.`,
      ...used === undefined ? [] : [`It was last used on ${used.slice(0, 10)}.`],
    ].join(' ')
    const table = lines.length === 0 ? [`${principal} can do nothing.`] : [...wrap(heading, columns), '', ...lines]
    await deliver(context, output, output.format === 'json'
      ? json({ schema: 'bartizan.permissions/1', principal, lastUsedAt: used, services: summary }) : `${table.join('\n')}\n`)
  }
}

/** When a principal was last used, where the scan read it. */
const lastUseOf = (estate: Estate, principal: string): string | undefined => {
  const node = estate.graph.find(principal)
  return node === undefined || node >= estate.table.length ? undefined : estate.resource(node).lastUsedAt
}

/** One access level: how many actions, and those that fit. */
const row = (level: string, actions: readonly string[], columns: number): string[] => {
  if (actions.length === 0) return []
  const lead = `  ${level.padEnd(24)}${String(actions.length).padStart(4)}  `
  return [`${lead}${fit(actions.map((name) => name.slice(name.indexOf(':') + 1)).join(', '), columns - lead.length)}`]
}

const policyFormats = ['json', 'cloudformation', 'terraform'] as const

/** The least policy that allows what a trail shows the principal doing. */
const policyFromTrail = async (context: Context, flags: CanFlags, principal: string, trail: string): Promise<void> => {
  const { activityOf } = await import('../../analysis/activity.ts')
  const { leastPrivilege } = await import('../../iam/index.ts')
  const activity = await activityOf(trail)
  if (activity.length === 0) throw new BartizanError('BZ002', `${trail} holds no CloudTrail record of ${principal}`)
  const document = leastPrivilege(activity, principal, iamCatalogue())
  const name = principal.slice(principal.lastIndexOf('/') + 1)
  for (const output of outputsOf(flags, 'json')) {
    await deliver(context, output, `${renderPolicy(document, oneOf('policy format', policyFormats)(output.format), `${name}-least-privilege`, principal).trimEnd()}\n`)
  }
}
