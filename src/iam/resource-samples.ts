import { isUnknown } from '../core/unknown.ts'
import type { ActionEntry } from './actions.ts'
import type { Estate } from './estate.ts'
import type { Frame } from './frame.ts'
import { STAR, encode, literal, matchEncoded, meet } from './glob.ts'
import type { Request } from './model.ts'
import { makeFrame } from './request.ts'
import type { ResourcePattern } from './resources.ts'
import { relevant } from './samples.ts'
import type { Subject } from './subject.ts'
import { fill, widest } from './variables.ts'

/** The most resources of an estate that are tried for one pattern: those with a policy of their own, and others, which hardly differ. */
const most = { guarded: 2000, plain: 64 }

/**
 * Resources of a pattern that tell apart what the statements say of it: listed ones, one that nobody names, and, only when
 * asked for, what each statement's patterns share with it. An action on objects is tried on objects, not on their bucket.
 * `met` remembers the intersections across principals.
 */
export function* resourceSamples(estate: Estate, request: Request, subject: Subject, met: Map<string, string[]>, listed: readonly string[]): Generator<string> {
  const wanted = encode(request.resource)
  const types = typesOf(estate, makeFrame(estate, request, subject).action)
  const fitting = (texts: readonly string[]): string[] => ofTypes(types, wanted, texts)
  const near = request.resource === '*' ? ['*'] : nobodys(request.resource, met)
  const typed = fitting([...listed, ...request.resource === '*' ? [] : near])
  const first = new Set<string>([...typed, ...request.resource === '*' || typed.length === 0 ? near : []])
  yield* first
  const found = new Set<string>()
  const asked = new Set<unknown>()
  for (const resource of new Set([...listed, ...near])) {
    const frame = makeFrame(estate, request, subject, resource)
    // Resources with the same policy are spoken of by the same statements.
    const speaks = frame.target.policy ?? frame.target.entry?.input.accessPoint ?? frame.target.role ?? 'nobody'
    if (asked.has(speaks)) continue
    asked.add(speaks)
    for (const statement of relevant(estate, frame)) {
      for (const pattern of statement.resources ?? []) {
        const text = textOf(pattern, frame)
        const shared = fitting(shares(wanted, text, met))
        for (const one of shared.length > 0 ? shared : inTypes(types, wanted, text)) if (!first.has(one)) found.add(one)
      }
    }
  }
  yield* found
}

const known = new WeakMap<ActionEntry, readonly string[]>()
const every: readonly string[] = [STAR]

/** The patterns of the resources that the catalogue gives for an action; all where it does not know. */
export const typesOf = (estate: Estate, action: ActionEntry): readonly string[] => {
  let types = known.get(action)
  if (types === undefined) {
    const of = estate.catalogue?.services[action.service]?.resources ?? {}
    const arns = (action.facts?.resources ?? []).map(({ type }) => of[type]?.arns ?? [])
    types = arns.length === 0 || arns.some((some) => some.length === 0) ? every : arns.flat().map((arn) => encode(arn.replace(/\$\{[^}]+\}/g, '*')))
    known.set(action, types)
  }
  return types
}

/** Those of some texts that are of the types; of a bucket, where objects are wanted, one of its objects. */
const ofTypes = (types: readonly string[], wanted: string, texts: readonly string[]): string[] => {
  const fits = (text: string): boolean => types.some((type) => matchEncoded(type, text))
  return types === every ? [...texts] : texts.flatMap((text) => (fits(text) ? [text] : [`${text}/any`].filter((inside) => fits(inside) && matchEncoded(wanted, inside))))
}

/** Texts of the types that two patterns share, where what they share at first is of none. */
const inTypes = (types: readonly string[], wanted: string, text: string): string[] => types.flatMap((type) => [meet(type, text), meet(type, wanted)])
  .filter((one) => one !== undefined && matchEncoded(wanted, one) && matchEncoded(text, one)) as string[]

/** Resources of a pattern that statements hardly name. */
const nobodys = (resource: string, met: Map<string, string[]>): string[] => {
  let known = met.get('')
  if (known === undefined) {
    known = [meet(encode(resource), STAR, 'any') ?? literal(resource), resource.replaceAll('*', 'any').replaceAll('?', 'x')]
    met.set('', known)
  }
  return known
}

/** A pattern as it is for a request; a variable that is free may be anything. */
const textOf = (pattern: ResourcePattern, frame: Frame): string =>
  pattern.kind === 'variable' ? fill(pattern.template, frame) ?? widest(pattern.template) : pattern.text

/** Texts that a pattern of a statement shares with the one that is asked for: a short one, and one that others hardly name. */
export const shares = (wanted: string, text: string, met: Map<string, string[]>): string[] => {
  let known = met.get(text)
  if (known === undefined) {
    const first = meet(wanted, text)
    known = first === undefined ? [] : [first, meet(wanted, text.replaceAll(STAR, `${STAR}any${STAR}`)) ?? first]
    met.set(text, known)
  }
  return known
}

const listed = new WeakMap<Estate, Map<string, readonly string[]>>()

/** Listed resources, and roles, that a pattern covers; the same few patterns are asked for again and again. */
export const listedLike = (estate: Estate, pattern: string, account: string | undefined): readonly string[] => {
  if (pattern === '*') return []
  const known = listed.get(estate) ?? new Map<string, readonly string[]>()
  listed.set(estate, known)
  const key = `${account ?? ''} ${pattern}`
  const found = known.get(key) ?? findListed(estate, pattern, account)
  if (known.size > 10_000) known.clear()
  known.set(key, found)
  return found
}

const findListed = (estate: Estate, pattern: string, account: string | undefined): string[] => {
  const wanted = encode(pattern)
  const head = pattern.slice(0, pattern.search(/[*?]/))
  const guarded: string[] = []
  const plain: string[] = []
  for (const arn of estate.arns.startingWith(head)) {
    if (!matchEncoded(wanted, arn)) continue
    const input = estate.resources.get(arn)?.input
    if (account !== undefined && (input?.account ?? account) !== account) continue
    const acl = input?.s3?.acl
    const open = acl !== undefined && (isUnknown(acl) || acl.length > 0)
    const own = open || input === undefined || input.policy !== undefined || input.accessPoint !== undefined || input.also !== undefined
    if (own && guarded.length < most.guarded) guarded.push(arn)
    else if (!own && plain.length < most.plain) plain.push(arn)
  }
  return [...guarded, ...plain]
}
