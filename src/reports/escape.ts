import { printableLines } from '../core/text.ts'

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&#39;' }

/** Text for HTML and XML, in elements and in attributes; characters that XML forbids, and those that turn the direction of text, are replaced. */
export const escaped = (text: string): string =>
  printableLines(text).replaceAll(/[\uFFFE\uFFFF]/g, '\uFFFD').replaceAll(/[&<>"']/g, (mark) => entities[mark]!)
