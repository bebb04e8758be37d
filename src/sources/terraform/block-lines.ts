import type { Ignore } from '../../model/resource.ts'
import { ignoreComments, ignoresBetween } from '../ignores.ts'

/** Where a block of HCL stands, the lines of its arguments, and what comments in and right above it silence. */
export interface BlockLines { readonly file: string, readonly line: number, readonly lines: Readonly<Record<string, number>>, readonly ignores?: readonly Ignore[] }

const header = /^\s*resource\s+"([^"]+)"\s+"([^"]+)"\s*\{/
const argument = /^\s*([A-Za-z_][\w-]*)\s*(?:=|\{)/

/** Finds the resource blocks of a file by their braces; the parser that reads them gives no lines. */
export const blockLines = (file: string, text: string): Map<string, BlockLines> => {
  const found = new Map<string, BlockLines>()
  let open: { address: string, line: number, lines: Record<string, number> } | undefined
  let depth = 0
  let heredoc: string | undefined
  const comments = ignoreComments(text)
  const all = text.split('\n')
  for (const [index, line] of all.entries()) {
    if (heredoc !== undefined) {
      if (line.trim() === heredoc) heredoc = undefined
      continue
    }
    const bare = line.replaceAll(/"(?:\\.|[^"\\])*"/g, '""').replace(/(#|\/\/).*$/, '')
    const start = header.exec(line)
    if (depth === 0 && start !== null) open = { address: `${start[1]}.${start[2]}`, line: index + 1, lines: {} }
    else if (open !== undefined && depth === 1) {
      const name = argument.exec(line)?.[1]
      if (name !== undefined) open.lines[name] ??= index + 1
    }
    heredoc = /<<-?\s*([A-Za-z_]\w*)\s*$/.exec(bare)?.[1]
    for (const mark of bare) depth += mark === '{' ? 1 : mark === '}' ? -1 : 0
    if (open !== undefined && depth <= 0) {
      const ignores = ignoresBetween(comments, open.line, index + 2, all)
      found.set(open.address, { file, line: open.line, lines: open.lines, ...ignores.length === 0 ? {} : { ignores } })
      open = undefined
      depth = 0
    }
  }
  return found
}
