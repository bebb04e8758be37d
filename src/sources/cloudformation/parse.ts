import { LineCounter, parseDocument, isMap, isScalar, isSeq } from 'yaml'
import type { CollectionTag, Node, ScalarTag } from 'yaml'
import { BartizanError } from '../../core/errors.ts'
import { readJson } from './json.ts'

/** A parsed template: its value with short tags written out, and the line and column (from 1) of each place, by pointer. */
export interface ParsedFile {
  readonly file: string
  readonly value: unknown
  readonly lines: ReadonlyMap<string, number>
  readonly columns: ReadonlyMap<string, number>
  readonly text: string
}

/** CloudFormation takes 1 MB; what a tool wrote may be larger, but not without bound. */
const largest = 16 * 1024 * 1024
const deepest = 100

const intrinsics = ['And', 'Base64', 'Cidr', 'Contains', 'EachMemberEquals', 'EachMemberIn', 'Equals', 'FindInMap', 'GetAZs', 'GetStackOutput', 'If', 'ImportValue', 'Join', 'Length', 'Not', 'Or',
  'RefAll', 'Select', 'Split', 'Sub', 'ToJsonString', 'Transform', 'ValueOf', 'ValueOfAll']

const longName = (tag: string): string => (tag === 'Ref' || tag === 'Condition' ? tag : `Fn::${tag}`)

/** `!Sub x` is `{Fn::Sub: x}`; `!GetAtt a.b` is `{Fn::GetAtt: [a, b]}`. */
const tags = [...intrinsics, 'Ref', 'Condition', 'GetAtt'].flatMap((name): (ScalarTag | CollectionTag)[] => {
  const wrap = (value: unknown) => ({ [longName(name)]: name === 'GetAtt' && typeof value === 'string' ? attribute(value) : value })
  const tag = `!${name}`
  return [
    { tag, identify: () => false, resolve: (value: string) => wrap(value) } as ScalarTag,
    { tag, collection: 'map', identify: () => false, resolve: (value) => Object.assign(value, { bartizanTag: longName(name) }) } as CollectionTag,
    { tag, collection: 'seq', identify: () => false, resolve: (value) => Object.assign(value, { bartizanTag: longName(name) }) } as CollectionTag,
  ]
})

const attribute = (text: string): [string, string] => {
  const at = text.indexOf('.')
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

/** Parses YAML or JSON. A file that is neither is an error with its line; one too large or too deep is refused. */
export const parseTemplate = (file: string, text: string): ParsedFile => {
  if (text.length > largest) throw new BartizanError('BZ009', `${file} is larger than ${largest / 1024 / 1024} MiB`)
  return /^\s*\{/.test(text) ? parsedJson(file, text) ?? parsedYaml(file, text) : parsedYaml(file, text)
}

/** Most values that a file may come to. */
const most = 500_000

const tooMany = (file: string): BartizanError => new BartizanError('BZ009', `${file} expands to more than half a million values; are its anchors a bomb?`)

/** JSON is YAML too, but far quicker read as what it is; undefined where it is not quite JSON. */
const parsedJson = (file: string, text: string): ParsedFile | undefined => {
  const lines = new Map<string, number>()
  const columns = new Map<string, number>()
  let [line, start, next] = [1, 0, text.indexOf('\n')]
  const read = readJson(text, deepest, (path, offset) => {
    if (lines.size > most) throw tooMany(file)
    while (next !== -1 && next < offset) [line, start, next] = [line + 1, next + 1, text.indexOf('\n', next + 1)]
    lines.set(path, line)
    columns.set(path, offset - start + 1)
  })
  return read === undefined ? undefined : { file, value: read.value, lines, columns, text }
}

const parsedYaml = (file: string, text: string): ParsedFile => {
  const counter = new LineCounter()
  const document = parseDocument(text, { customTags: tags, lineCounter: counter, prettyErrors: true, uniqueKeys: false, strict: false, logLevel: 'error' })
  const [error] = document.errors
  if (error !== undefined) throw new BartizanError('BZ009', `${file}:${error.linePos?.[0].line ?? 1}: ${error.message.split('\n')[0]}`)
  const lines = new Map<string, number>()
  const columns = new Map<string, number>()
  const budget = { left: most }
  const anchors = new Map<string, Node>()
  const read = (node: unknown, path: string, depth: number, key?: Node): unknown => {
    if (depth > deepest) throw new BartizanError('BZ009', `${file} is nested deeper than ${deepest} levels`)
    if (budget.left-- < 0) throw tooMany(file)
    if (node === null || node === undefined) return null
    const { range, anchor, tag } = node as Node & { anchor?: string, tag?: string }
    if (anchor !== undefined) anchors.set(anchor, node as Node)
    if (range != null) {
      const start = tag?.startsWith('!') === true ? Math.max(0, text.lastIndexOf(tag, range[0])) : range[0]
      const at = counter.linePos(start)
      const named = key?.range == null ? at : counter.linePos(key.range[0])
      // what starts on a line of its own is where its name is
      const { line, col } = named.line < at.line ? named : at
      lines.set(path, line)
      columns.set(path, col)
    }
    const long = (node as { bartizanTag?: string }).bartizanTag
    const at = long === undefined ? path : `${path}/${long}`
    let value: unknown
    if (isMap(node)) {
      const object: Record<string, unknown> = Object.create(null) as Record<string, unknown>
      for (const { key, value: inner } of node.items) {
        const name = isScalar(key) ? String(key.value) : String(key)
        if (name === '<<') Object.assign(object, read(inner, at, depth + 1))
        else if (name !== '__proto__') object[name] = read(inner, at === '' ? name : `${at}/${name}`, depth + 1, isScalar(key) ? key : undefined)
      }
      value = { ...object }
    } else if (isSeq(node)) value = node.items.map((item, index) => read(item, `${at}/${index}`, depth + 1))
    else if (isScalar(node)) value = node.value instanceof Date ? String(node.source) : typeof node.value === 'bigint' ? Number(node.value) : node.value
    else {
      const target = anchors.get((node as unknown as { source: string }).source)
      return read(target, path, depth + 1)
    }
    return long === undefined ? value : { [long]: value }
  }
  return { file, value: read(document.contents, '', 0), lines, columns, text }
}
