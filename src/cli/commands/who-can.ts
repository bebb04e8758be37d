import type { Grant } from '../../iam/index.ts'
import { count } from '../../core/text.ts'
import { aligned, fit } from '../../reports/columns.ts'
import { painter } from '../../reports/paint.ts'
import { actionNamed, contextOf, openEstate, resourceNamed } from '../ask.ts'
import type { Context } from '../context.ts'
import type { InputFlags, OutputFlags } from '../flags.ts'
import { deliver, outputsOf, styleOf } from '../report.ts'

export interface WhoCanFlags extends InputFlags, OutputFlags { readonly context?: readonly string[] }

/** `bartizan who-can ACTION RESOURCE` */
export async function whoCan(this: Context, flags: WhoCanFlags, action: string, on: string): Promise<void> {
  const estate = await openEstate(this, flags)
  const [wanted, resource] = [actionNamed(action), resourceNamed(estate, on, action)]
  const context = contextOf(flags.context)
  const grants = estate.iam().whoCan(wanted, resource, Object.keys(context).length === 0 ? {} : { context })
  for (const output of outputsOf(flags)) {
    const style = styleOf(this, flags, output.file)
    await deliver(this, output, output.format === 'json'
      ? `${JSON.stringify({ schema: 'bartizan.who-can/1', action: wanted, resource, grants }, undefined, 2)}\n` : told(wanted, resource, grants, style))
  }
  this.process.exitCode = grants.some(({ verdict }) => verdict === 'allow') ? 0 : grants.length > 0 ? 3 : 1
}

const told = (action: string, resource: string, grants: readonly Grant[], { colour, columns }: { colour: boolean, columns: number }): string => {
  const paint = painter(colour)
  if (grants.length === 0) return `${paint('green', `Nobody can do ${action} on ${resource}.`)}\n`
  // Whoever is furthest from the account is the news.
  const far = ['anyone', 'federated', 'account', 'service']
  const rows = grants.toSorted((a, b) => Number(far.includes(b.kind)) - Number(far.includes(a.kind))).map(({ principal, verdict, conditions }) => [
    `  ${fit(principal === '*' ? 'anyone' : principal, columns - 20)}`,
    verdict === 'allow' ? paint('bold', 'yes') : paint('yellow', 'it depends'),
    fit(conditions.map(({ text }) => text).join('; '), 60),
  ])
  return `${paint('bold', `${count(grants.length, 'principal')} can do ${action} on ${resource}`)}\n${aligned(rows).join('\n')}\n\nSee why with: bartizan can PRINCIPAL ${action} ${resource}\n`
}
