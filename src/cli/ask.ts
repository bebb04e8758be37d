import { BartizanError } from '../core/errors.ts'
import { nearest } from '../core/text.ts'
import { buildEstate } from '../graph/estate.ts'
import type { Estate } from '../graph/estate.ts'
import { arnOf } from '../graph/permissions.ts'
import { isOfType } from '../iam/index.ts'
import type { ContextValue } from '../iam/index.ts'
import { facts, iamCatalogue } from '../analysis/facts.ts'
import type { Context } from './context.ts'
import type { InputFlags, OutputFlags } from './flags.ts'
import { openSource } from './source.ts'

/** Builds the estate that a question is asked of. */
export const openEstate = async (context: Context, flags: InputFlags & OutputFlags): Promise<Estate> =>
  buildEstate(await openSource(context, flags.in, flags.quiet), await facts())

const literal = /^(arn:|\*$|\d{12}$|canonical:)|\.amazonaws\.com(\.cn)?$/

/** The principal that a word names: an ARN, an account, a service, `*`, or the name of a user or role of the estate. */
export const principalNamed = (estate: Estate, word: string): string => {
  if (literal.test(word)) return word
  const known = ['AWS::IAM::User', 'AWS::IAM::Role'].flatMap((type) => estate.ofType(type)).map((index) => estate.resource(index))
  const found = known.filter(({ name }) => name === word)
  if (found.length === 1) return arnOf(found[0]!)
  if (found.length > 1) throw new BartizanError('BZ011', `"${word}" names ${found.length} principals; use an ARN: ${found.map(arnOf).join(', ')}`)
  const close = nearest(word, known.map(({ name }) => name))
  throw new BartizanError('BZ011', `No user or role is called "${word}"${close === undefined ? '' : `; did you mean "${close}"?`}`)
}

/** The resource that a word names: an ARN or pattern of one, `*`, or the name of a resource, of the action's own service first. */
export const resourceNamed = (estate: Estate, word: string, action: string): string => {
  if (word.startsWith('arn:') || word === '*') return word
  const found = []
  for (let index = 0; index < estate.table.length && found.length < 20; index++) {
    const { name, arn } = estate.resource(index)
    if (name === word && arn !== undefined) found.push(arn)
  }
  const service = action.slice(0, action.indexOf(':'))
  const own = found.filter((arn) => arn.split(':')[2] === (service === 'sts' ? 'iam' : service))
  const arns = [...new Set(own.length > 0 ? own : found)]
  if (arns.length === 1) return arns[0]!
  if (arns.length > 1) throw new BartizanError('BZ011', `"${word}" names ${arns.length} resources; use an ARN: ${arns.join(', ')}`)
  throw new BartizanError('BZ011', `No resource with an ARN is called "${word}"; give the ARN`)
}

/**
 * What an action is asked of where a resource was named: of a bucket, for an action on objects, its objects; of `*`, whatever the
 * action's service has, so that the policies of those resources count too.
 */
export const aimedAt = (resource: string, action: string): string => {
  const arns = resourcesOf(action)
  if (resource === '*') {
    const services = new Set(arns.map((arn) => arn.split(':')[2]))
    return services.size === 1 && !/[*?$]/.test([...services][0]!) ? `arn:*:${[...services][0]}:*` : resource
  }
  const fits = (text: string): boolean => arns.some((arn) => isOfType(arn, text))
  return arns.length > 0 && !fits(resource) && fits(`${resource}/*`) ? `${resource}/*` : resource
}

/** The ARN patterns of the resources that an action takes, as the catalogue has them. */
const resourcesOf = (action: string): readonly string[] => {
  const [prefix = '', name = ''] = action.toLowerCase().split(':')
  const service = iamCatalogue().services[prefix]
  const found = Object.entries(service?.actions ?? {}).find(([known]) => known.toLowerCase() === name)?.[1]
  return (found?.resources ?? []).flatMap(({ type }) => service?.resources[type]?.arns ?? [])
}

/** Makes sure that a word names something of the estate, by id, ARN or name: nothing leads to what is misspelt. */
export const makeSureOf = (estate: Estate, word: string): void => {
  if (estate.graph.find(word) !== undefined || estate.accounts.has(word.replace(/^account\//, ''))) return
  const names: string[] = []
  for (let index = 0; index < estate.table.length; index++) {
    const { name, arn } = estate.table.get(index)
    if (name === word || arn === word) return
    names.push(name)
  }
  const close = nearest(word, names)
  throw new BartizanError('BZ011', `Nothing is called "${word}"${close === undefined ? '' : `; did you mean "${close}"?`}`)
}

/** Reads `service:Action`; one that is nearly that of the catalogue is taken for misspelt, one that is unlike all for new. */
export const actionNamed = (word: string): string => {
  if (!/^[a-zA-Z0-9-]+:[\w*?]+$/.test(word)) throw new BartizanError('BZ011', `"${word}" is not an action; write it as service:Action, like s3:GetObject`)
  const [prefix = '', name = ''] = word.split(':')
  const { services } = iamCatalogue()
  const service = services[prefix.toLowerCase()]
  const known = service === undefined ? Object.keys(services) : Object.keys(service.actions)
  const [part, start] = service === undefined ? [prefix.toLowerCase(), ''] : [name, `${prefix}:`]
  if (/[*?]/.test(word) || (service !== undefined && known.some((action) => action.toLowerCase() === name.toLowerCase()))) return word
  const close = nearest(part, known)
  if (close === undefined) return word
  throw new BartizanError('BZ011', `There is no action ${word}; did you mean ${start}${close}${start === '' ? `:${name}` : ''}?`)
}

/** Reads `--context key=value`; the same key twice makes a list. */
export const contextOf = (pairs: readonly string[] = []): Record<string, ContextValue> => {
  const context: Record<string, ContextValue> = {}
  for (const pair of pairs) {
    const at = pair.indexOf('=')
    if (at < 1) throw new BartizanError('BZ001', `"${pair}" is not a condition key and value; write key=value, like aws:SourceIp=203.0.113.7`)
    const [key, value] = [pair.slice(0, at), pair.slice(at + 1)]
    const before = context[key]
    context[key] = before === undefined ? value : [...(typeof before === 'string' ? [before] : before), value]
  }
  return context
}
