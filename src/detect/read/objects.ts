import { parsed } from './envelopes.ts'

const QUOTE = 0x22

/** Objects written one after the other, as Firehose does, or cut off at the end: each whole one is parsed. `bad` is told of those that cannot be. */
export const objectsIn = (text: string, bad: () => void): unknown[] => {
  const found: unknown[] = []
  const list = /^\s*(?:\{\s*"Records"\s*:\s*)?\[/.exec(text)
  let [depth, start, quoted] = [0, -1, false]
  for (let i = list === null ? 0 : list[0].length; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (quoted) {
      if (code === 0x5c) i++
      else if (code === QUOTE) quoted = false
    } else if (code === QUOTE) quoted = depth > 0
    else if (code === 0x7b && depth++ === 0) start = i
    else if (code === 0x7d && depth > 0 && --depth === 0) {
      const value = parsed(text.slice(start, i + 1))
      if (value !== undefined) found.push(value)
      // braces in prose are no broken records
      else if (/^\{\s*"/.test(text.slice(start, start + 40))) bad()
    }
  }
  return found
}
