import { count, listed, printable } from '../core/text.ts'
import type { Decision, LayerDecision, Request, Residual, StatementRef } from './model.ts'

/** A decision told to somebody who has never read how IAM evaluates: the verdict, why, each layer, what remains, what to change. */
export interface Explanation {
  readonly verdict: string
  readonly layers: readonly { readonly layer: string, readonly says: string, readonly by: readonly string[] }[]
  readonly conditions: readonly string[]
  /** What to change for the opposite. */
  readonly change: readonly string[]
}

/** What a layer is, in the words of AWS. */
export const layerNames: Readonly<Record<LayerDecision['layer'], string>> = {
  identity: 'Identity policies', boundary: 'Permissions boundary', session: 'Session policies', resource: 'Resource policy',
  trust: 'Trust policy', scp: 'Service control policies', rcp: 'Resource control policies', endpoint: 'VPC endpoint policy',
  'access-point': 'Access point policy', acl: 'Access control list', grant: 'KMS grants', 'public-access-block': 'S3 Block Public Access',
  root: 'Root user', rule: 'Rule of AWS', second: 'Second authorization system',
}

const says: Readonly<Record<LayerDecision['verdict'], string>> = {
  allow: 'allows it', deny: 'denies it explicitly', none: 'does not allow it', conditional: 'depends on conditions', absent: 'does not apply',
}

export const explain = (decision: Decision, request: Request): Explanation => ({
  verdict: printable(sentence(decision, request)),
  layers: decision.layers.map(({ layer, verdict, statements, note }) => ({
    layer: layerNames[layer], says: printable(note === undefined ? says[verdict] : `${says[verdict]}: ${note}`), by: statements.map(describeStatement),
  })),
  conditions: decision.conditions.map(describeResidual),
  change: decision.verdict === 'deny' ? howToAllow(decision) : howToDeny(decision),
})

const sentence = ({ verdict, reason }: Decision, { principal, action, resource }: Request): string => {
  const who = principal === '*' ? 'Anyone' : principal
  const what = `${action} on ${resource}`
  if (verdict === 'allow') return `${who} can do ${what}. ${reason}`
  return verdict === 'deny' ? `${who} cannot do ${what}. ${reason}` : `${who} can do ${what} under conditions. ${reason}`
}

/** `statement 2 (AllowRead) of policy readers, template.yaml:14`. */
export const describeStatement = ({ name, index, sid, location }: StatementRef): string => {
  const at = location?.file === undefined ? '' : `, ${location.file}${location.line === undefined ? '' : `:${location.line}`}`
  return printable(`statement ${index + 1}${sid === undefined || sid === '' ? '' : ` (${sid})`} of policy ${name}${at}`)
}

const whose: Readonly<Record<Residual['kind'], string>> = {
  caller: 'The caller chooses', environment: 'The environment decides', gap: 'Not known', unknown: 'Not known',
}

const describeResidual = ({ kind, text }: Residual): string => printable(`${whose[kind]}: ${text}`)

const howToAllow = ({ layers }: Decision): string[] => {
  const denying = layers.filter(({ verdict }) => verdict === 'deny')
  if (denying.length > 0) {
    return denying.map(({ layer, statements }) => printable(statements.length === 0
      ? `${layerNames[layer]} must not stop it` : `Remove or narrow ${listed(statements.map(describeStatement))} (${layerNames[layer]})`))
  }
  return layers.filter(({ verdict }) => verdict === 'none').map(({ layer }) => `${layerNames[layer]} must allow it`)
}

const howToDeny = ({ layers }: Decision): string[] => layers
  .filter(({ verdict, statements, layer }) => verdict === 'allow' && statements.length > 0 && ['identity', 'resource', 'trust', 'access-point'].includes(layer))
  .map(({ layer, statements }) => printable(`${count(statements.length, 'statement')} of ${layerNames[layer]} would have to go: ${listed(statements.map(describeStatement))}`))
