import { hclTree, skip } from './hcl-tree.ts'
import type { Splice, Syntax, Tree } from './tree.ts'

/** The expression that a property of the block at a line (from 1) is given: `policy = jsonencode({…})`. */
export const hclAt = (line: number, argument: string): Syntax => ({
  trailing: true,
  parse(text) {
    const place = blockAt(text, line)
    if (place === undefined) return undefined
    const found = new RegExp(`^[ \\t]*${argument}[ \\t]*=[ \\t]*(jsonencode\\()?`, 'm').exec(text.slice(place.start, place.end))
    return found === null ? undefined : hclTree(text, place.start + found.index + found[0].length)
  },
  write: (text, tree, value) => written(value, columnOf(text, lineStart(text, tree.start))),
  insert,
})

/** Where the block that begins at a line stands, its braces included. */
export const blockAt = (text: string, line: number): { readonly start: number, readonly end: number } | undefined => {
  let start = 0
  for (let left = line - 1; left > 0; left--) {
    const at = text.indexOf('\n', start)
    if (at === -1) return undefined
    start = at + 1
  }
  const header = /^\s*(?:resource|data)\s+"[^"\n]+"\s+"[^"\n]+"\s*\{/.exec(text.slice(start, start + 400))
  return header === null ? undefined : { start, end: closing(text, start + header[0].length) }
}

/** Past the brace that closes what is open. */
const closing = (text: string, from: number): number => {
  let at = skip(text, from)
  while (at < text.length && text[at] !== '}') {
    const inner = /^(?:[\w-]+|"[^"\n]*")(?:[ \t]+"[^"\n]*")*[ \t]*(=|\{)/.exec(text.slice(at, at + 300))
    if (inner === null) return text.length
    at += inner[0].length
    at = skip(text, inner[1] === '=' ? endOfValue(text, at) : closing(text, at))
  }
  return Math.min(at + 1, text.length)
}

/** A heredoc ends with its mark on a line of its own, any other value where its expression does. */
const endOfValue = (text: string, from: number): number => {
  const mark = /^[ \t]*<<-?([A-Za-z_]\w*)[ \t]*\r?\n/.exec(text.slice(from, from + 200))?.[1]
  if (mark === undefined) return hclTree(text, from).end
  const end = new RegExp(`^[ \\t]*${mark}[ \\t]*\\r?$`, 'm').exec(text.slice(from + 1 + text.slice(from).indexOf('\n')))
  return end === null ? text.length : from + 1 + text.slice(from).indexOf('\n') + end.index + end[0].length
}

function insert(text: string, tree: Tree, key: string | undefined, value: unknown): Splice {
  const last = tree.entries.at(-1)
  const named = (inner: string) => (key === undefined ? inner : `${name(key)} = ${inner}`)
  if (last === undefined) return { start: tree.start, end: tree.end, text: key === undefined ? `[${written(value, 0)}]` : `{ ${named(written(value, 0))} }` }
  const ownLine = text.slice(tree.start, tree.entries[0]!.start).includes('\n')
  if (!ownLine) return { start: last.end, end: last.end, text: `, ${named(written(value, columnOf(text, lineStart(text, last.start))))}` }
  const column = columnOf(text, tree.entries[0]!.start)
  const comma = text[last.end] === ','
  // In an object a line's end parts entries as a comma does.
  const needs = key === undefined && !comma
  const rest = /^,?[ \t]*(?:(?:#|\/\/)[^\n]*)?/.exec(text.slice(last.end))![0]
  return { start: last.end, end: last.end + rest.length, text: `${needs ? ',' : ''}${rest}\n${' '.repeat(column)}${named(written(value, column))}${comma && key === undefined ? ',' : ''}` }
}

const lineStart = (text: string, at: number): number => {
  const start = text.lastIndexOf('\n', at - 1) + 1
  return start + /^[ \t]*/.exec(text.slice(start))![0].length
}

const columnOf = (text: string, at: number): number => at - (text.lastIndexOf('\n', at - 1) + 1)

const name = (key: string): string => (/^[A-Za-z_][\w-]*$/.test(key) ? key : JSON.stringify(key))

/** The account that templates stand in until they are deployed; in an ARN any account stands for it. */
export const nowhere = '000000000000'

/** The id of the account that Terraform works in, by a data source. */
export const ownAccount = 'data.aws_caller_identity.bartizan.account_id'

/** A value in HCL: objects on lines of their own, the rest on one. */
export const written = (value: unknown, column: number): string => {
  if (value === nowhere) return ownAccount
  if (typeof value === 'string') return JSON.stringify(value.replaceAll(nowhere, '*')).replaceAll('${', '$${').replaceAll('%{', '%%{')
  if (Array.isArray(value)) return `[${value.map((item) => written(item, column)).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = ' '.repeat(column + 2)
  return `{\n${Object.entries(value).map(([key, item]) => `${inner}${name(key)} = ${written(item, column + 2)}\n`).join('')}${' '.repeat(column)}}`
}
