import { explain, renderPolicy, summarize } from '../../iam/index.ts'
import type { Decision, Request, Verdict } from '../../iam/index.ts'
import { BartizanError } from '../../core/errors.ts'
import { iamCatalogue } from '../../analysis/facts.ts'
import type { Estate } from '../../graph/estate.ts'
import { aligned, fit, wrap } from '../../reports/columns.ts'
import { painter } from '../../reports/paint.ts'
import { actionNamed, contextOf, openEstate, principalNamed, resourceNamed } from '../ask.ts'
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
  const request: Request = { principal, action: actionNamed(action), resource: on === undefined ? '*' : resourceNamed(estate, on, action), ...Object.keys(context).length === 0 ? {} : { context } }
  const decision = estate.iam().can(request)
  for (const output of outputsOf(flags)) {
    const style = styleOf(this, flags, output.file)
    await deliver(this, output, output.format === 'json' ? `${JSON.stringify({ schema: 'bartizan.decision/1', request, ...decision }, undefined, 2)}\n` : told(decision, request, style))
  }
  this.process.exitCode = codes[decision.verdict]
}

const inks = { allow: 'green', deny: 'red', conditional: 'yellow' } as const
const words = { allow: 'Yes.', deny: 'No.', conditional: 'It depends.' } as const

const told = (decision: Decision, request: Request, { colour, columns }: { colour: boolean, columns: number }): string => {
  const paint = painter(colour)
  const { verdict, layers, conditions, change } = explain(decision, request)
  const part = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : ['', paint('bold', title), ...lines.flatMap((line) => wrap(line, columns - 4).map((text, index) => (index === 0 ? `  ${text}` : `    ${text}`)))])
  return [
    ...wrap(`${words[decision.verdict]} ${verdict}`, columns).map((line) => paint(inks[decision.verdict], line)),
    '',
    paint('bold', 'Layer by layer'),
    ...aligned(layers.map(({ layer, says }) => [`  ${layer}`, fit(says, Math.max(20, columns - 32))])),
    ...part('Decided by', [...new Set(layers.flatMap(({ by }) => by))]),
    ...part('What must hold', conditions),
    ...part(decision.verdict === 'deny' ? 'To allow it' : 'To stop it', change),
    '',
  ].join('\n')
}

/** Effective permissions by service and access level. */
const permissions = async (context: Context, flags: CanFlags, estate: Estate, principal: string): Promise<void> => {
  const summary = summarize(estate.iam().permissions(principal))
  for (const output of outputsOf(flags)) {
    const { colour, columns } = styleOf(context, flags, output.file)
    const paint = painter(colour)
    const lines = summary.flatMap(({ service, levels, resources }) => [
      `${paint('bold', service)}  ${paint('dim', fit(resources.join(', '), columns - service.length - 2))}`,
      ...Object.entries(levels).flatMap(([level, { actions, conditional }]) => [
        ...actions.length === 0 ? [] : [`  ${level.padEnd(24)}${fit(actions.map((name) => name.slice(name.indexOf(':') + 1)).join(', '), columns - 26)}`],
        ...conditional.length === 0 ? [] : [`  ${`${level}, conditional`.padEnd(24)}${fit(conditional.map((name) => name.slice(name.indexOf(':') + 1)).join(', '), columns - 26)}`],
      ]),
    ])
    await deliver(context, output, output.format === 'json' ? `${JSON.stringify({ schema: 'bartizan.permissions/1', principal, services: summary }, undefined, 2)}\n`
      : `${lines.length === 0 ? `${principal} can do nothing.` : lines.join('\n')}\n`)
  }
}

const policyFormats = ['json', 'cloudformation', 'terraform'] as const

/** The least policy that allows what a trail shows the principal doing. */
const policyFromTrail = async (context: Context, flags: CanFlags, principal: string, trail: string): Promise<void> => {
  const { activityOf } = await import('../../sources/trail.ts')
  const { leastPrivilege } = await import('../../iam/index.ts')
  const activity = await activityOf(trail)
  if (activity.length === 0) throw new BartizanError('BZ002', `${trail} holds no CloudTrail record of ${principal}`)
  const document = leastPrivilege(activity, principal, iamCatalogue())
  const name = principal.slice(principal.lastIndexOf('/') + 1)
  for (const output of outputsOf(flags, 'json')) {
    await deliver(context, output, `${renderPolicy(document, oneOf('policy format', policyFormats)(output.format), `${name}-least-privilege`, name)}\n`)
  }
}
