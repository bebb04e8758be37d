import { parseArn } from '../../core/arn.ts'
import { isUnknown } from '../../core/unknown.ts'
import type { IamInput } from '../../iam/model.ts'
import { statesAfter } from './residual.ts'

/** A pattern of a policy's Resource element that may match many ARNs. */
interface Pattern { readonly text: string, readonly prefix: string, readonly test: RegExp, readonly variable: boolean, readonly number: number }

/**
 * Sorts ARNs into classes: those of a class are matched by the same patterns, are named by none, and have nothing of their own
 * (policy, grants, second authorisation) that decides, so one question answers for all. Undefined: the ARN stands alone.
 */
export const resourceClasses = (input: IamInput): ((arn: string, action: string) => string | undefined) => {
  const { literals, patterns, tagged } = patternsOf(input)
  const near = byPrefix(patterns)
  const within = inside([...literals, ...patterns.map(({ prefix }) => prefix)])
  const alone = new Set((input.resources ?? []).filter((resource) => resource.policy !== undefined || resource.kms !== undefined || resource.s3 !== undefined || resource.accessPoint !== undefined || resource.also !== undefined).map(({ arn }) => arn))
  // Tags of a resource are read from its line, so they are asked for only where they decide.
  const tags = new Map(tagged ? [...input.resources ?? [], ...input.principals ?? []].map(({ arn, tags: own }) => [arn, own]) : [])
  const memo = new Map<string, string | undefined>()
  return (arn, action) => {
    if (action.startsWith('sts:')) return undefined
    if (memo.has(arn)) return memo.get(arn)
    const found = action.startsWith('s3:') ? objectsOf(arn, near, within) : alone.has(arn) || literals.has(arn) || /[*?]/.test(arn) ? undefined : signature(arn, near(arn), tagged ? JSON.stringify(tags.get(arn) ?? '') : '')
    memo.set(arn, found)
    return found
  }
}

/**
 * All objects in a place in S3: a class for each bucket and for what the patterns still ask for behind the place's own prefix. What stops
 * inside the place parts its objects, so that the place stands alone.
 */
const objectsOf = (arn: string, near: (arn: string) => readonly Pattern[], within: (start: string) => boolean): string | undefined => {
  const [, start, bucket] = /^((arn:[\w-]+:s3:::[^/*?]+\/)[^*?]*)\*$/.exec(arn) ?? []
  if (start === undefined || within(start)) return undefined
  const left: string[] = []
  for (const { text, variable, number } of near(start)) {
    const states = statesAfter(text, start)
    if (states.length === 0) continue
    if (variable) return undefined
    left.push(`${number}:${states.join('.')}`)
  }
  return `${bucket}* ${left.join()}`
}

/** Tells whether any of some texts begins with another text and goes on. */
const inside = (texts: readonly string[]): ((start: string) => boolean) => {
  const sorted = [...texts].sort()
  return (start) => {
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (sorted[middle]! <= start) low = middle + 1
      else high = middle
    }
    return sorted[low]?.startsWith(start) === true
  }
}

const signature = (arn: string, patterns: readonly Pattern[], tags: string): string | undefined => {
  const parts = parseArn(arn)
  if (parts === undefined) return undefined
  const matched: number[] = []
  for (const { test, variable, number } of patterns) {
    if (!test.test(arn)) continue
    // A variable makes the answer differ from one principal to the next, and so from one resource to the next.
    if (variable) return undefined
    matched.push(number)
  }
  return `${parts.partition}:${parts.service}:${parts.region}:${parts.account}:${/^[^:/]*/.exec(parts.resource)![0]} ${matched.join()} ${tags}`
}

/** Finds the patterns that begin as an ARN does; there are far fewer lengths of such beginnings than patterns. */
const byPrefix = (patterns: readonly Pattern[]): ((arn: string) => Pattern[]) => {
  const known = Map.groupBy(patterns, ({ prefix }) => prefix)
  const lengths = [...new Set(patterns.map(({ prefix }) => prefix.length))].sort((a, b) => a - b)
  return (arn) => lengths.filter((length) => length <= arn.length).flatMap((length) => known.get(arn.slice(0, length)) ?? [])
}

/** Every Resource and NotResource of the policies, and whether a condition reads the tags of resources. */
const patternsOf = ({ policies }: IamInput): { literals: ReadonlySet<string>, patterns: readonly Pattern[], tagged: boolean } => {
  const texts = new Set<string>()
  let tagged = false
  for (const { document } of policies) {
    const parsed = typeof document === 'string' ? parse(document) : document
    if (typeof parsed !== 'object' || parsed === null || isUnknown(parsed)) continue
    for (const statement of listOf((parsed as { Statement?: unknown }).Statement)) {
      if (typeof statement !== 'object' || statement === null) continue
      const { Resource, NotResource, Condition } = statement as { Resource?: unknown, NotResource?: unknown, Condition?: unknown }
      for (const text of [...listOf(Resource), ...listOf(NotResource)]) if (typeof text === 'string') texts.add(text)
      tagged ||= Condition !== undefined && /resourcetag|\$\{/i.test(JSON.stringify(Condition))
    }
  }
  const wild = [...texts].filter((text) => text !== '*' && /[*?]|\$\{/.test(text))
  return { literals: new Set([...texts].filter((text) => !/[*?]|\$\{/.test(text))), patterns: wild.map(patternOf), tagged }
}

const patternOf = (text: string, number: number): Pattern => {
  const plain = text.replace(/\$\{[^}]*\}/g, '*')
  return {
    text: plain, prefix: plain.slice(0, /[*?]/.exec(plain)?.index ?? plain.length), number, variable: plain !== text,
    test: new RegExp(`^${plain.replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`).replace(/\*+/g, '.*').replaceAll('?', '.')}$`, 's'),
  }
}

const listOf = (value: unknown): readonly unknown[] => (value === undefined ? [] : Array.isArray(value) ? value as readonly unknown[] : [value])

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
