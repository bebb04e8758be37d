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

/** Walks both texts and, where they part, goes on at the nearest line that they share. */
const stepsOf = (before: readonly string[], after: readonly string[]): Step[] => {
  const steps: Step[] = []
  let [i, j] = [0, 0]
  while (i < before.length || j < after.length) {
    if (i < before.length && before[i] === after[j]) {
      steps.push({ mark: ' ', text: before[i]! })
      i++
      j++
      continue
    }
    const [dropped, added] = nearestMeeting(before, after, i, j)
    for (const text of before.slice(i, i + dropped)) steps.push({ mark: '-', text })
    for (const text of after.slice(j, j + added)) steps.push({ mark: '+', text })
    i += dropped
    j += added
  }
  return steps
}

const nearestMeeting = (before: readonly string[], after: readonly string[], i: number, j: number): [number, number] => {
  for (let total = 1; total <= before.length - i + after.length - j; total++) {
    for (let dropped = 0; dropped <= total; dropped++) {
      const [x, y] = [i + dropped, j + total - dropped]
      if (x < before.length && before[x] === after[y]) return [dropped, total - dropped]
    }
  }
  return [before.length - i, after.length - j]
}
