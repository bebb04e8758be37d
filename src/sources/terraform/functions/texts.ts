import { unknown } from '../../../core/unknown.ts'
import { failure } from '../expression/scope.ts'
import { items, text } from './value.ts'
import type { Functions } from './value.ts'

/** Functions on texts. */
export const textFunctions: Functions = {
  lower: ([value]) => text(value).toLowerCase(),
  upper: ([value]) => text(value).toUpperCase(),
  title: ([value]) => text(value).replaceAll(/(^|[^\p{L}\p{N}'])(\p{L})/gu, (_all, before: string, letter: string) => before + letter.toUpperCase()),
  chomp: ([value]) => text(value).replace(/[\r\n]+$/, ''),
  trim: ([value, marks]) => trimmed(text(value), new Set(text(marks))),
  trimspace: ([value]) => text(value).trim(),
  trimprefix: ([value, prefix]) => (text(value).startsWith(text(prefix)) ? text(value).slice(text(prefix).length) : value),
  trimsuffix: ([value, suffix]) => (text(suffix) !== '' && text(value).endsWith(text(suffix)) ? text(value).slice(0, -text(suffix).length) : value),
  startswith: ([value, prefix]) => text(value).startsWith(text(prefix)),
  endswith: ([value, suffix]) => text(value).endsWith(text(suffix)),
  strcontains: ([value, part]) => text(value).includes(text(part)),
  strrev: ([value]) => Array.from(text(value)).toReversed().join(''),
  join: ([separator, ...lists]) => lists.flatMap(items).map(text).join(text(separator)),
  split: ([separator, value]) => text(value).split(text(separator)),
  format: ([pattern, ...values]) => formatted(text(pattern), values),
  formatlist: ([pattern, ...values]) => {
    const length = Math.max(1, ...values.filter((value) => Array.isArray(value)).map((value) => value.length))
    return Array.from({ length }, (_, index) => formatted(text(pattern), values.map((value) => (Array.isArray(value) ? value[index] as unknown : value))))
  },
  indent: ([spaces, value]) => text(value).replaceAll('\n', `\n${' '.repeat(Math.min(100, Number(spaces)))}`),
  replace: ([value, search, by]) => {
    const pattern = /^\/([\s\S]+)\/$/.exec(text(search))?.[1]
    if (pattern === undefined) return text(value).replaceAll(text(search), () => text(by))
    return matching(pattern, text(value), (form) => text(value).replaceAll(form, text(by).replaceAll(/\$\{(\w+)\}/g, '$$$1')))
  },
  regex: ([pattern, value]) => matching(text(pattern), text(value), (form) => {
    const found = new RegExp(form.source, 'u').exec(text(value))
    return found === null ? failure('the pattern does not match') : captured(found)
  }),
  regexall: ([pattern, value]) => matching(text(pattern), text(value), (form) => [...text(value).matchAll(form)].map(captured)),
  substr: ([value, from, length]) => {
    const start = Number(from) < 0 ? text(value).length + Number(from) : Number(from)
    return text(value).slice(start, Number(length) < 0 ? undefined : start + Number(length))
  },
}

const trimmed = (value: string, marks: ReadonlySet<string>): string => {
  let [start, end] = [0, value.length]
  while (start < end && marks.has(value[start]!)) start++
  while (end > start && marks.has(value[end - 1]!)) end--
  return value.slice(start, end)
}

const formatted = (pattern: string, values: readonly unknown[]): string => {
  let at = 0
  return pattern.replaceAll(/%(?:%|[-+ 0#]*(\d{0,2})(?:\.\d{1,2})?(?:\[(\d{1,2})\])?([a-zA-Z]))/g, (mark, width: string | undefined, index: string | undefined, verb: string | undefined) => {
    if (mark === '%%') return '%'
    const value = index === undefined ? values[at++] : values[Number(index) - 1]
    const shown = verb === 'q' ? JSON.stringify(text(value)) : verb === 'x' ? Number(value).toString(16) : text(value)
    return width === undefined || width === '' ? shown : mark.startsWith('%0') ? shown.padStart(Number(width), '0') : mark.startsWith('%-') ? shown.padEnd(Number(width)) : shown.padStart(Number(width))
  })
}

const captured = (found: RegExpMatchArray): unknown =>
  (found.groups !== undefined ? { ...found.groups } : found.length > 1 ? found.slice(1).map((part) => part ?? null) : found[0])

/** Patterns are the input's own: only those that cannot take long are tried, which is nearly all that people write. */
const matching = (pattern: string, value: string, use: (form: RegExp) => unknown): unknown => {
  const repeats = pattern.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]/g, 'x').match(/[*+]|\{\d*,\d*\}/g)?.length ?? 0
  if (pattern.length > 200 || value.length > 2_000 || repeats > 3 || /\)[*+{]/.test(pattern) && repeats > 1) return unknown('a pattern like this is not tried')
  try {
    return use(new RegExp(pattern.replaceAll('(?P<', '(?<'), 'gu'))
  } catch {
    return unknown(`the pattern ${pattern.slice(0, 40)} is not read`)
  }
}
