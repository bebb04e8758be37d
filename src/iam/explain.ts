import { listed, printable } from '../core/text.ts'
import { layerNames, layerPhrases, limits, plural, policyPhrase } from './layer-names.ts'
import type { Decision, LayerDecision, Request, Residual, StatementRef } from './model.ts'

/** A decision told to somebody who has never read how IAM evaluates: the verdict, why, each layer, what remains, what to change. */
export interface Explanation {
  readonly verdict: string
  readonly layers: readonly { readonly layer: string, readonly says: string, readonly by: readonly string[] }[]
  readonly conditions: readonly string[]
  /** What to change for the opposite. */
  readonly change: readonly string[]
}

export const explain = (decision: Decision, request: Request): Explanation => ({
  verdict: printable(sentence(decision, request)),
  layers: decision.layers.map((layer) => ({ layer: layerNames[layer.layer], says: printable(saysOf(layer, decision)), by: layer.statements.map(describeStatement) })),
  conditions: decision.conditions.map(describeResidual),
  change: (decision.verdict === 'deny' ? howToAllow(decision, request) : howToDeny(decision)).map(printable),
})

const sentence = ({ verdict, reason }: Decision, { principal, action, resource }: Request): string => {
  const who = principal === '*' ? 'Anyone' : principal
  const what = `${action} on ${resource}`
  if (verdict === 'allow') return `${who} can do ${what}. ${reason}`
  return verdict === 'deny' ? `${who} cannot do ${what}. ${reason}` : `${who} can do ${what} under conditions. ${reason}`
}

/** Of a layer that gives, silence is no hindrance; one that limits stops what it does not allow. */
const saysOf = ({ layer, verdict, note }: LayerDecision, decision: Decision): string => {
  const many = plural.has(layer)
  if (verdict === 'none' && !limits.has(layer) && decision.verdict === 'allow' && !decision.across) {
    return `${many ? 'say' : 'says'} nothing of it; within an account one side is enough`
  }
  const not = many ? 'do not' : 'does not'
  const says = {
    allow: many ? 'allow it' : 'allows it', deny: `${many ? 'deny' : 'denies'} it explicitly`, conditional: `${many ? 'depend' : 'depends'} on conditions`, absent: `${not} apply`,
    none: limits.has(layer) ? `${not} allow it, which stops it` : `${not} allow it`,
  }[verdict]
  return note === undefined ? says : `${says}: ${note}`
}

/** `statement 2 (AllowRead) of policy readers, template.yaml:14`. */
export const describeStatement = ({ name, index, sid, location }: StatementRef): string => {
  const at = location?.file === undefined ? '' : `, ${location.file}${location.line === undefined ? '' : `:${location.line}`}`
  return printable(`statement ${index + 1}${sid === undefined || sid === '' ? '' : ` (${sid})`} of ${policyPhrase(name)}${at}`)
}

const whose: Readonly<Record<Residual['kind'], string>> = {
  caller: 'The caller chooses', environment: 'The environment decides', gap: 'Not known', unknown: 'Not known',
}

const describeResidual = ({ kind, text }: Residual): string => printable(`${whose[kind]}: ${text}`)

const howToAllow = ({ layers, across }: Decision, { action, resource }: Request): string[] => {
  const denying = layers.filter(({ verdict }) => verdict === 'deny')
  if (denying.length > 0) {
    return denying.map(({ layer, statements }) => (statements.length === 0
      ? `${layerNames[layer]} must not stop it` : `Remove or narrow ${listed(statements.map(describeStatement))} (${layerNames[layer]})`))
  }
  const allowIn = (phrases: readonly string[]): string => `Allow ${action} on ${resource} in ${listed(phrases, 'or')}`
  const silent = layers.filter(({ verdict }) => verdict === 'none').map(({ layer }) => layer)
  const [limiting, giving] = [silent.filter((layer) => limits.has(layer)), silent.filter((layer) => !limits.has(layer))]
  const given = layers.some(({ layer, verdict }) => !limits.has(layer) && verdict === 'allow')
  const each = across || layers.some(({ layer }) => layer === 'trust')
  const one = (layer: (typeof silent)[number]): string => allowIn([layerPhrases[layer]])
  if (each) return [...limiting, ...giving].map(one)
  const enough = giving.length === 0 || (given && limiting.length > 0)
  return [...limiting.map(one), ...enough ? [] : [allowIn(giving.map((layer) => layerPhrases[layer]))]]
}

/** Within an account each policy that allows has to go; across accounts one side is enough. */
const howToDeny = ({ layers, across }: Decision): string[] => {
  const giving = layers.filter(({ layer, verdict, statements }) => !limits.has(layer) && verdict === 'allow' && statements.length > 0)
  const lines = giving.map(({ layer, statements }) => `Remove or narrow ${listed(statements.map(describeStatement))} (${layerNames[layer]})`)
  return lines.length < 2 ? lines : lines.map((line, index) => (index === 0 ? line : `${across ? 'or' : 'and'} ${line[0]!.toLowerCase()}${line.slice(1)}`))
}
