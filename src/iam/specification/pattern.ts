/** A character of a resolved text; one that is `plain` stands for itself even when it is `*` or `?`. */
export interface Letter { readonly char: string, readonly plain: boolean }

/** A place of a pattern: a character, any one, or any number; `colon` says whether a wildcard also takes a colon. */
export type Token =
  | { readonly kind: 'char', readonly char: string }
  | { readonly kind: 'one' | 'any', readonly colon: boolean }

/** A pattern; `fold` compares without case. */
export interface Pattern { readonly tokens: readonly Token[], readonly fold: boolean }

export const lettersOf = (text: string): readonly Letter[] => Array.from(text, (char) => ({ char, plain: false }))

/** Text that is compared as it stands. */
export const exactly = (letters: readonly Letter[], fold = false): Pattern =>
  ({ tokens: letters.map(({ char }) => ({ kind: 'char', char })), fold })

/** `*` is any number of characters, `?` any one (reference_policies_elements_condition_operators, StringLike). */
export const like = (letters: readonly Letter[], fold = false): Pattern =>
  ({ tokens: letters.map((letter) => tokenOf(letter, true)), fold })

/**
 * ArnLike and ArnEquals: "Each of the six colon-delimited components of the ARN is checked separately" (…_condition_operators).
 * The sixth component is the rest, colons included. A star that ends a shorter pattern takes the rest.
 */
export const arnLike = (letters: readonly Letter[]): Pattern => bySegment(letters, (index) => index === letters.length - 1)

/**
 * The Resource element: a wildcard stays in its segment, but "if the * wildcard is the last character of a resource ARN
 * segment, it can expand to match beyond the colon boundaries" (reference_policies_elements_resource).
 */
export const resourceLike = (letters: readonly Letter[]): Pattern =>
  bySegment(letters, (index) => index === letters.length - 1 || letters[index + 1]?.char === ':')

const bySegment = (letters: readonly Letter[], crosses: (index: number) => boolean): Pattern => {
  let colons = 0
  const tokens = letters.map((letter, index) => {
    if (letter.char === ':') colons += 1
    return tokenOf(letter, colons >= 5 || (letter.char === '*' && crosses(index)))
  })
  return { tokens, fold: false }
}

const tokenOf = ({ char, plain }: Letter, colon: boolean): Token => {
  if (!plain && char === '*') return { kind: 'any', colon }
  return !plain && char === '?' ? { kind: 'one', colon } : { kind: 'char', char }
}

/** Whether the pattern takes the whole text. */
export const matches = (pattern: Pattern, text: string): boolean => {
  let places = start(pattern)
  for (const char of text) places = step(pattern, places, char)
  return ends(pattern, places)
}

/** The places in a pattern where reading may stand: those before which everything read so far fits. */
export type Places = ReadonlySet<number>

export const start = (pattern: Pattern): Places => skipStars(pattern, [0])

export const step = ({ tokens, fold }: Pattern, places: Places, char: string): Places => {
  const next: number[] = []
  for (const place of places) {
    const token = tokens[place]
    if (token === undefined || !takes(token, char, fold)) continue
    next.push(token.kind === 'any' ? place : place + 1)
  }
  return skipStars({ tokens, fold }, next)
}

export const ends = ({ tokens }: Pattern, places: Places): boolean => places.has(tokens.length)

const takes = (token: Token, char: string, fold: boolean): boolean => {
  if (token.kind !== 'char') return token.colon || char !== ':'
  return token.char === char || (fold && token.char.toLowerCase() === char.toLowerCase())
}

/** A star may also stand for nothing. */
const skipStars = ({ tokens }: Pattern, places: readonly number[]): Places => {
  const all = new Set<number>()
  for (let place of places) {
    all.add(place)
    while (tokens[place]?.kind === 'any') all.add(place += 1)
  }
  return all
}
