import { lettersOf, type Letter } from './pattern.ts'

/** The single value of a key; undefined when absent, or when it has many ("You can use any single-valued condition key"). */
export type SingleValue = (key: string) => string | undefined

/** The names of the keys that a text's variables read. */
export const variableKeys = (text: string): string[] =>
  [...text.matchAll(/\$\{([^}]*)\}/g)].flatMap(([, inside = '']) => isEscape(inside) ? [] : [keyOf(inside)])

const isEscape = (inside: string): boolean => inside === '*' || inside === '?' || inside === '$'

/** Key names are not case-sensitive, in variables too (reference_policies_variables). */
const keyOf = (inside: string): string => (inside.split(',')[0] ?? '').trim().toLowerCase()

/**
 * Replaces the variables of a text (reference_policies_variables). `${*}`, `${?}` and `${$}` are those characters themselves;
 * `${key, 'text'}` has a default; a variable that is absent and has none makes the whole text match nothing: undefined.
 */
export const resolve = (text: string, versioned: boolean, value: SingleValue): readonly Letter[] | undefined => {
  // "If you don't include Version, or set it to 2008-10-17, variables are treated as literal strings" (…_elements_version).
  if (!versioned) return lettersOf(text)
  const letters: Letter[] = []
  let rest = text
  for (;;) {
    const found = /\$\{([^}]*)\}/.exec(rest)
    if (found === null) return [...letters, ...lettersOf(rest)]
    letters.push(...lettersOf(rest.slice(0, found.index)))
    const replaced = replacement(found[1] ?? '', value)
    if (replaced === undefined) return undefined
    letters.push(...Array.from(replaced, (char) => ({ char, plain: true })))
    rest = rest.slice(found.index + found[0].length)
  }
}

const replacement = (inside: string, value: SingleValue): string | undefined => {
  if (isEscape(inside)) return inside
  return value(keyOf(inside)) ?? /,\s*'([^']*)'\s*$/.exec(inside)?.[1]
}

/**
 * In an ARN: "You can use policy variables … only in the resource portion, after the fifth colon" (reference_policies_variables);
 * before it the text stands for itself.
 */
export const resolveArn = (text: string, versioned: boolean, value: SingleValue): readonly Letter[] | undefined => {
  const fifth = /^(?:[^:$]*:){5}/.exec(text)?.[0]
  if (fifth === undefined) return lettersOf(text)
  const rest = resolve(text.slice(fifth.length), versioned, value)
  return rest === undefined ? undefined : [...lettersOf(fifth), ...rest]
}
