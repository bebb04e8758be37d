import { blockAt, written } from './hcl.ts'
import { hclTree, skip } from './hcl-tree.ts'
import type { Entry, Splice, Syntax, Tree } from './tree.ts'

/** The statements of `data "aws_iam_policy_document"` blocks, in the words that Terraform has for the parts of a statement. */
export const hclDocument = (line: number): Syntax => ({
  trailing: true,
  parse(text) {
    const block = blockAt(text, line)
    return block === undefined ? undefined : statements(text, block)
  },
  write: (text, tree, value) => written(value, columnAt(text, tree.start)),
  insert,
})

/** A statement of a policy as a block of the data source writes it; each condition is a part of its own. */
export const hclStatement = ({ Sid: sid, Effect: effect, Action: actions, Resource: resources, Principal: principals, Condition: conditions }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ({
  ...sid === undefined ? {} : { Sid: sid, sid }, effect,
  ...actions === undefined ? {} : { actions: [actions].flat() }, ...resources === undefined ? {} : { resources: [resources].flat() }, ...principals === undefined ? {} : { principals },
  ...Object.fromEntries(Object.entries((conditions ?? {}) as Readonly<Record<string, Readonly<Record<string, unknown>>>>)
    .flatMap(([test, keys]) => Object.entries(keys).map(([variable, values]) => [`condition ${test} ${variable}`, { test, variable, values: [values].flat() }]))),
})

const statements = (text: string, { start, end }: { readonly start: number, readonly end: number }): Tree => {
  const body = text.indexOf('{', start) + 1
  const entries = partsOf(text, body, end).filter(({ key }) => key === 'statement').map((entry, index): Entry => ({ ...entry, key: String(index) }))
  return { kind: 'list', start: body, end: end - 1, entries, flow: false }
}

/** Arguments and blocks between braces. A block is a map of its parts. */
const partsOf = (text: string, from: number, end: number): Entry[] => {
  const parts: Entry[] = []
  for (let at = skip(text, from); at < end && text[at] !== '}';) {
    const head = /^([\w-]+)[ \t]*(=|\{)/.exec(text.slice(at, at + 200))
    if (head === null) return []
    const inner = at + head[0].length
    const value = head[2] === '=' ? hclTree(text, inner) : blockTree(text, inner, end)
    parts.push({ key: head[1]!, value, start: at, end: value.end })
    at = skip(text, value.end)
  }
  return parts
}

const blockTree = (text: string, from: number, end: number): Tree => {
  const entries = partsOf(text, from, end)
  const close = text.indexOf('}', skip(text, entries.at(-1)?.end ?? from))
  return { kind: 'map', start: from - 1, end: close === -1 ? end : close + 1, entries, flow: false }
}

const columnAt = (text: string, at: number): number => {
  const line = text.lastIndexOf('\n', at - 1) + 1
  return /^[ \t]*/.exec(text.slice(line, at))![0].length
}

function insert(text: string, tree: Tree, key: string | undefined, value: unknown): Splice {
  const last = tree.entries.at(-1)
  const at = last === undefined ? tree.start : last.end
  const column = last === undefined ? columnAt(text, tree.start) + 2 : columnAt(text, last.start)
  const rest = /^[ \t]*(?:(?:#|\/\/)[^\n]*)?/.exec(text.slice(at))![0]
  const part = key === undefined ? `statement ${block(value, column)}` : key.startsWith('condition ') ? `condition ${block(value, column)}` : `${key} = ${written(value, column)}`
  return { start: at, end: at + rest.length, text: `${rest}\n${' '.repeat(column)}${part}` }
}

const block = (value: unknown, column: number): string => {
  const inner = ' '.repeat(column + 2)
  const parts = Object.entries(value as Readonly<Record<string, unknown>>).filter(([key]) => key !== 'Sid')
    .map(([key, part]) => `${inner}${key.startsWith('condition ') ? `condition ${block(part, column + 2)}` : `${key} = ${written(part, column + 2)}`}\n`)
  return `{\n${parts.join('')}${' '.repeat(column)}}`
}
