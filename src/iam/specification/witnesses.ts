import { ends, start, step, type Pattern, type Places } from './pattern.ts'

interface State { readonly text: string, readonly places: readonly Places[] }

/** Beyond this many states the search has lost its purpose: small alphabets need a few hundred. */
const LIMIT = 60_000

/**
 * Texts that tell the patterns apart: one for each set of patterns that some text fits exactly. Together they stand for all
 * texts, because nothing else of a text matters to a policy that only asks whether it fits these patterns.
 * It is a walk through the product of the patterns' automata, breadth first, so the texts are short.
 */
export const witnesses = (patterns: readonly Pattern[], accepts: (text: string, fits: readonly boolean[]) => boolean = () => true): string[] => {
  const alphabet = alphabetOf(patterns)
  const found = new Map<string, string>()
  const seen = new Set<string>()
  let frontier: State[] = [{ text: '', places: patterns.map(start) }]
  while (frontier.length > 0) {
    const next: State[] = []
    for (const state of frontier) {
      const fits = patterns.map((pattern, index) => ends(pattern, state.places[index] ?? new Set()))
      const signature = fits.map(Number).join('')
      if (state.text !== '' && !found.has(signature) && accepts(state.text, fits)) found.set(signature, state.text)
      for (const char of alphabet) {
        const places = patterns.map((pattern, index) => step(pattern, state.places[index] ?? new Set(), char))
        const key = places.map((set) => [...set].sort((a, b) => a - b).join()).join('|')
        if (seen.has(key)) continue
        if (seen.size > LIMIT) throw new RangeError('The patterns are too many to tell apart')
        seen.add(key)
        next.push({ text: state.text + char, places })
      }
    }
    frontier = next
  }
  return [...found.values()]
}

/** Every character that a pattern names, in both cases where case is folded, and one that none names. */
const alphabetOf = (patterns: readonly Pattern[]): string[] => {
  const chars = new Set<string>()
  for (const { tokens, fold } of patterns) {
    for (const token of tokens) {
      if (token.kind !== 'char') continue
      chars.add(token.char)
      if (fold) chars.add(token.char.toLowerCase()).add(token.char.toUpperCase())
    }
  }
  const other = Array.from('zyxwvq9876543210').find((char) => !chars.has(char) && !chars.has(char.toUpperCase())) ?? '~'
  return [other, ...chars]
}
