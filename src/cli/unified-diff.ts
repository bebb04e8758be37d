/** The change of a file as a unified diff with three lines around each change, as `git apply` and `patch` read it. */
export const unifiedDiff = (file: string, before: string, after: string): string => {
  const steps = stepsOf(linesOf(before), linesOf(after))
  const near = steps.map((_step, at) => steps.slice(Math.max(0, at - 3), at + 4).some(({ mark }) => mark !== ' '))
  const hunks: string[] = []
  let [oldLine, newLine] = [1, 1]
  for (let at = 0; at < steps.length;) {
    if (!near[at]) {
      oldLine++
      newLine++
      at++
      continue
    }
    const end = near.indexOf(false, at)
    const hunk = steps.slice(at, end === -1 ? steps.length : end)
    const [olds, news] = [hunk.filter(({ mark }) => mark !== '+').length, hunk.filter(({ mark }) => mark !== '-').length]
    hunks.push(`@@ -${oldLine},${olds} +${newLine},${news} @@`, ...hunk.map(({ mark, text }) => (text.endsWith('\n') ? mark + text.slice(0, -1) : `${mark}${text}\n\\ No newline at end of file`)))
    oldLine += olds
    newLine += news
    at = end === -1 ? steps.length : end
  }
  return hunks.length === 0 ? '' : [`--- a/${file}`, `+++ b/${file}`, ...hunks, ''].join('\n')
}

/** Lines with their breaks, so that a last line without one is told apart. */
const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? []

interface Step { readonly mark: ' ' | '-' | '+', readonly text: string }

/** The fewest lines dropped and added that make one text of the other (Myers' greedy algorithm). */
const stepsOf = (before: readonly string[], after: readonly string[]): Step[] => {
  const trail: Map<number, number>[] = []
  const reach = new Map([[1, 0]])
  for (let edits = 0; ; edits++) {
    trail.push(new Map(reach))
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = comesDown(reach, diagonal, edits) ? reach.get(diagonal + 1)! : reach.get(diagonal - 1)! + 1
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x++
      reach.set(diagonal, x)
      if (x >= before.length && x - diagonal >= after.length) return walkBack(trail, before, after)
    }
  }
}

/** Whether the way to a diagonal adds a line, as against dropping one. */
const comesDown = (reach: ReadonlyMap<number, number>, diagonal: number, edits: number): boolean =>
  diagonal === -edits || diagonal !== edits && (reach.get(diagonal - 1) ?? -1) < (reach.get(diagonal + 1) ?? -1)

const walkBack = (trail: readonly ReadonlyMap<number, number>[], before: readonly string[], after: readonly string[]): Step[] => {
  const steps: Step[] = []
  let [x, y] = [before.length, after.length]
  for (let edits = trail.length - 1; edits >= 0; edits--) {
    const reach = trail[edits]!
    const down = comesDown(reach, x - y, edits)
    const fromX = edits === 0 ? 0 : reach.get(down ? x - y + 1 : x - y - 1)!
    const fromY = edits === 0 ? 0 : fromX - (down ? x - y + 1 : x - y - 1)
    for (; x > fromX && y > fromY; x--, y--) steps.push({ mark: ' ', text: before[x - 1]! })
    if (edits === 0) break
    steps.push(down ? { mark: '+', text: after[y - 1]! } : { mark: '-', text: before[x - 1]! })
    ;[x, y] = [fromX, fromY]
  }
  return steps.reverse()
}
