import { stripVTControlCharacters } from 'node:util'

/** How wide text stands on a terminal: East Asian wide characters and emoji take two columns, combining marks none. */
export const width = (text: string): number => {
  let columns = 0
  for (const character of stripVTControlCharacters(text)) {
    if (/\p{Mark}|\p{Cf}/u.test(character)) continue
    columns += /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/u.test(character) ? 2 : 1
  }
  return columns
}

const pad = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - width(text)))

/** Cuts plain text to some columns, with an ellipsis where something is left out. */
export const fit = (text: string, columns: number): string => {
  if (width(text) <= columns) return text
  let cut = ''
  for (const character of text) {
    if (width(cut) + width(character) >= columns) break
    cut += character
  }
  return `${cut}…`
}

/** Cuts plain text in its middle, so that the end of a path or an ARN is still told. */
export const fitMiddle = (text: string, columns: number): string => {
  if (width(text) <= columns) return text
  const start = fit(text, Math.ceil(columns / 3))
  let tail = ''
  for (const character of Array.from(text).reverse()) {
    if (width(start) + width(tail) + width(character) > columns) break
    tail = character + tail
  }
  return `${start}${tail}`
}

/** Breaks plain text into lines of some columns, at spaces where there are any. */
export const wrap = (text: string, columns: number): string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    if (line !== '' && width(line) + 1 + width(word) > columns) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
    while (width(line) > columns && columns > 1) {
      let end = Math.min(columns, line.length)
      while (end > 1 && width(line.slice(0, end)) > columns) end--
      lines.push(line.slice(0, end))
      line = line.slice(end)
    }
  }
  return line === '' ? lines : [...lines, line]
}

/** Rows in aligned columns, two spaces apart; the last column is not padded. */
export const aligned = (rows: readonly (readonly string[])[]): string[] => {
  const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map((row) => width(row[column] ?? ''))))
  return rows.map((row) => row.map((cell, column) => (column === row.length - 1 ? cell : pad(cell, widths[column]!))).join('  ').trimEnd())
}
