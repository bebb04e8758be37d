import { printableLines } from '../core/text.ts'

/** A cell that a spreadsheet will not run as a formula and a terminal will not obey, quoted where it must be. */
const cell = (text: string): string => {
  const plain = printableLines(text)
  const harmless = /^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain
  return /[",;\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** Rows as separated values, as RFC 4180 has them but for the separator. */
export const csvOf = (rows: readonly (readonly string[])[], separator: ',' | ';'): string => rows.map((row) => `${row.map(cell).join(separator)}\r\n`).join('')
