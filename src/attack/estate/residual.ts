/**
 * What a pattern with `*` and `?` still asks for after a text: places in the pattern, in order; none where nothing that begins so can match.
 * Two texts after which the places are the same are told apart by nothing that follows.
 */
export const statesAfter = (pattern: string, text: string): readonly number[] => {
  let states = past(pattern, [0])
  for (const char of text) {
    const next: number[] = []
    for (const at of states) {
      if (pattern[at] === '*') next.push(at)
      else if (pattern[at] === '?' || pattern[at] === char) next.push(at + 1)
    }
    states = past(pattern, next)
    if (states.length === 0) return states
  }
  return states
}

/** A star may stand for nothing. */
const past = (pattern: string, states: readonly number[]): number[] => {
  const all = new Set<number>()
  for (let at of states) {
    for (all.add(at); pattern[at] === '*'; at++) all.add(at + 1)
  }
  return [...all].sort((a, b) => a - b)
}
