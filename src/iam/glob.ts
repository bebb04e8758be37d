/**
 * Patterns of AWS policies: `*` is any text, `?` any one character, all else itself. Inside the engine the two wildcards are
 * two non-characters, so that a literal star (`${*}`, or a star inside a value that a variable stands for) stays literal.
 */
export const STAR = '\uFFFE'
export const ANY = '\uFFFF'

/** Takes the engine's own wildcard characters out of outside text, which may be hostile. */
export const literal = (text: string): string => (/[\uFFFE\uFFFF]/.test(text) ? text.replace(/[\uFFFE\uFFFF]/g, '\uFFFD') : text)

/** Text as people write it (`*` and `?` are wildcards) to the engine's form. */
export const encode = (text: string): string => literal(text).replaceAll('*', STAR).replaceAll('?', ANY)

/** The engine's form to what people read. */
export const decode = (text: string): string => text.replaceAll(STAR, '*').replaceAll(ANY, '?')

export const isPattern = (encoded: string): boolean => encoded.includes(STAR) || encoded.includes(ANY)

/** A pattern made ready: most are a whole text or a beginning, which need no search. */
export interface Glob {
  readonly kind: 'any' | 'exact' | 'prefix' | 'general'
  readonly text: string
}

export const compileGlob = (encoded: string): Glob => {
  if (encoded === STAR) return { kind: 'any', text: '' }
  if (!isPattern(encoded)) return { kind: 'exact', text: encoded }
  const head = encoded.slice(0, -1)
  return encoded.endsWith(STAR) && !isPattern(head) ? { kind: 'prefix', text: head } : { kind: 'general', text: encoded }
}

export const matchGlob = (glob: Glob, text: string, from = 0): boolean => {
  switch (glob.kind) {
    case 'any': return true
    case 'exact': return text.length - from === glob.text.length && text.startsWith(glob.text, from)
    case 'prefix': return text.startsWith(glob.text, from)
    case 'general': return matchEncoded(glob.text, text, from)
  }
}

/** Greedy matching that goes back to the last star only: linear for what people write, never exponential. */
export const matchEncoded = (pattern: string, text: string, from = 0): boolean => {
  let p = 0
  let t = from
  let starAt = -1
  let resume = 0
  while (t < text.length) {
    const wanted = pattern[p]
    if (wanted === STAR) {
      starAt = p++
      resume = t
    } else if (p < pattern.length && (wanted === ANY || wanted === text[t])) {
      p++
      t++
    } else if (starAt >= 0) {
      p = starAt + 1
      t = ++resume
    } else {
      return false
    }
  }
  while (pattern[p] === STAR) p++
  return p === pattern.length
}

/** The longest patterns that are intersected; longer ones are only compared by a sample. */
const longest = 1024

/** A shortest text that two patterns share, `filler` standing for what neither fixes; undefined when there is none. */
export const meet = (a: string, b: string, filler = 'x'): string | undefined => {
  const same = literalStart(a, b)
  if (same < 0) return undefined
  const rest = meetEnds(a.slice(same), b.slice(same), filler)
  return rest === undefined ? undefined : a.slice(0, same) + rest
}

/** Most pairs need no search: one fixes every character, or leaves the other free. */
const meetEnds = (a: string, b: string, filler: string): string | undefined => {
  if (a === STAR) return shortest(b, filler)
  if (b === STAR) return shortest(a, filler)
  if (!isPattern(a)) return matchEncoded(b, a) ? a : undefined
  if (!isPattern(b)) return matchEncoded(a, b) ? b : undefined
  return meetRest(a, b, filler)
}

/** A shortest text of a pattern. */
const shortest = (pattern: string, filler: string): string => pattern.replaceAll(STAR, '').replaceAll(ANY, filler)

/** How far two patterns begin with the same literal text; -1 when that text rules a common one out. */
const literalStart = (a: string, b: string): number => {
  for (let i = 0; ; i++) {
    const x = a[i]
    const y = b[i]
    if (x === STAR || y === STAR || x === ANY || y === ANY) return i
    if (x !== y) return -1
    if (x === undefined) return i
  }
}

const meetRest = (a: string, b: string, filler: string): string | undefined => {
  if (a.length > longest || b.length > longest) return undefined
  const width = b.length + 1
  // Breadth first over positions of both patterns; a step consumes one character, or skips a star for nothing.
  const from = new Int32Array((a.length + 1) * width).fill(-2)
  const by: (string | undefined)[] = []
  let ring = [0]
  from[0] = -1
  const goal = a.length * width + b.length
  while (ring.length > 0 && from[goal] === -2) {
    const next: number[] = []
    const visit = (to: number, origin: number, text: string, list: number[]): void => {
      if (from[to] !== -2) return
      from[to] = origin
      by[to] = text
      list.push(to)
    }
    for (let i = 0; i < ring.length; i++) {
      const at = ring[i]!
      const x = Math.floor(at / width)
      const y = at % width
      const p = a[x]
      const q = b[y]
      if (p === STAR) visit((x + 1) * width + y, at, '', ring)
      if (q === STAR) visit(x * width + y + 1, at, '', ring)
      if (p === undefined || q === undefined) continue
      if (p === STAR && q === STAR) continue
      const text = q === STAR || q === ANY ? (p === STAR || p === ANY ? filler : p) : q
      if (p !== STAR && p !== ANY && p !== text) continue
      visit((p === STAR ? x : x + 1) * width + (q === STAR ? y : y + 1), at, text, next)
    }
    ring = next
  }
  if (from[goal] === -2) return undefined
  const parts: string[] = []
  for (let at = goal; from[at] !== -1; at = from[at]!) parts.push(by[at]!)
  return parts.reverse().join('')
}
