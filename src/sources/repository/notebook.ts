/** The code of a notebook as one text that has as many lines as the file, each where it stands in the file; and the texts that its cells have printed. */
export interface Notebook { readonly code: string, readonly printed: string }

interface Cell { readonly cell_type?: unknown, readonly source?: unknown, readonly outputs?: unknown }

/** Takes a notebook apart; undefined for a file that is none. */
export const notebookOf = (text: string): Notebook | undefined => {
  let document: { readonly cells?: unknown } | null
  try {
    document = JSON.parse(text) as { cells?: unknown } | null
  } catch {
    return undefined
  }
  if (!Array.isArray(document?.cells)) return undefined
  const place = placer(text)
  const code: string[] = []
  const printed: string[] = []
  for (const cell of document.cells as (Cell | null)[]) {
    if (cell?.cell_type !== 'code') continue
    for (const line of linesOf(cell.source)) put(code, place(line), line.replace(/^\s*[!%]+/, '# '))
    for (const line of printedBy(cell.outputs)) put(printed, place(line), line)
  }
  return { code: joined(code), printed: joined(printed) }
}

/** Lines of a file that is all on one line stand behind each other. */
const put = (lines: string[], at: number, line: string): void => {
  lines[at] = lines[at] === undefined ? line : `${lines[at]}; ${line}`
}

const joined = (lines: readonly (string | undefined)[]): string => Array.from(lines, (line) => line ?? '').join('\n')

const linesOf = (source: unknown): string[] => {
  const text = Array.isArray(source) ? source.filter((part) => typeof part === 'string').join('') : typeof source === 'string' ? source : ''
  return text.split('\n').filter((line) => line.trim() !== '')
}

const printedBy = (outputs: unknown): string[] =>
  (Array.isArray(outputs) ? outputs as { text?: unknown, data?: { 'text/plain'?: unknown } }[] : []).slice(0, 50)
    .flatMap((output) => [...linesOf(output?.text), ...linesOf(output?.data?.['text/plain'])]).slice(0, 500)

/** Where lines stand in the file, in the order in which they come: each is looked for after the one before. */
const placer = (text: string) => {
  let [at, line] = [0, 0]
  return (content: string): number => {
    const written = JSON.stringify(content).slice(1, -1)
    const found = written === '' ? -1 : text.indexOf(written, at)
    if (found !== -1) {
      for (let next = text.indexOf('\n', at); next !== -1 && next < found; next = text.indexOf('\n', next + 1)) line++
      at = found + written.length
    }
    return line
  }
}
