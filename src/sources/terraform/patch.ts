import type { Plain } from '../cloudformation/patch.ts'
import { mappingOf } from './mapping.ts'

/** Arguments that share no letters with the property that they set. */
const others: Readonly<Record<string, string>> = { 'aws_kms_key Enabled': 'is_enabled' }

const literal = /^(\s*[\w-]+\s*=\s*)("(?:[^"\\$%])*"|-?\d+(?:\.\d+)?|true|false)(\s*(?:(?:#|\/\/).*)?)$/

/** Sets one property of the resource block at a line (from 1) by editing lines alone; undefined where what stands there is an expression. */
export const patchHcl = (text: string, line: number, path: readonly string[], value: Plain): string | undefined => {
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const lines = text.split(/\r?\n/)
  const [, type = ''] = /^\s*resource\s+"([^"]+)"\s+"[^"]+"\s*\{\s*(?:#.*|\/\/.*)?$/.exec(lines[line - 1] ?? '') ?? []
  if (type === '') return undefined
  const names = path.map((name) => argumentOf(type, name))
  let open = line - 1
  for (const [index, name] of names.entries()) {
    const body = bodyOf(lines, open)
    if (body === undefined) return undefined
    const found = body.own.find((at) => new RegExp(`^\\s*${name}\\s*(?:=|\\{)`).test(lines[at]!))
    if (found === undefined) {
      if (body.own.some((at) => new RegExp(`^\\s*dynamic\\s+"${name}"`).test(lines[at]!))) return undefined
      const beside = index === names.length - 1 ? body.own.findLast((at) => isWhole(lines[at]!)) : undefined
      lines.splice(beside === undefined ? body.close : beside + 1, 0, ...added(lines, body, indentOf(lines[open]!), names.slice(index), value, beside))
      return lines.join(eol)
    }
    if (index === names.length - 1) {
      const [, before, , after] = literal.exec(lines[found]!) ?? []
      if (before === undefined) return undefined
      lines[found] = `${before}${written(value)}${after ?? ''}`
      return lines.join(eol)
    }
    if (!/\{\s*(?:#.*|\/\/.*)?$/.test(lines[found]!) || /=/.test(lines[found]!.split('{')[0]!)) return undefined
    open = found
  }
  return undefined
}

const argumentOf = (type: string, property: string): string => {
  const renamed = Object.entries(mappingOf(type)?.renames ?? {}).find(([, to]) => to === property)
  return others[`${type} ${property}`] ?? renamed?.[0].split('/').at(-1) ?? snake(property)
}

/** `IdleSessionTTLInSeconds` is `idle_session_ttl_in_seconds`. */
const snake = (name: string): string => name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1_$2').toLowerCase()

const written = (value: Plain): string => (typeof value === 'string' ? JSON.stringify(value).replaceAll('${', '$${').replaceAll('%{', '%%{') : String(value))

interface Body { readonly own: readonly number[], readonly close: number }

/** The lines that stand directly in a block, and that of its closing brace. */
const bodyOf = (lines: readonly string[], open: number): Body | undefined => {
  const own: number[] = []
  let depth = 1
  let heredoc: string | undefined
  for (let at = open + 1; at < lines.length; at++) {
    const line = lines[at]!
    if (heredoc !== undefined) {
      if (line.trim() === heredoc) heredoc = undefined
      continue
    }
    const bare = line.replaceAll(/"(?:\\.|[^"\\])*"/g, '""').replace(/(#|\/\/).*$/, '')
    // A comment over several lines may hold braces; such a block is left alone.
    if (bare.includes('/*')) return undefined
    heredoc = /<<-?\s*([A-Za-z_]\w*)\s*$/.exec(bare)?.[1]
    if (depth === 1) own.push(at)
    for (const mark of bare) depth += '{[('.includes(mark) ? 1 : '}])'.includes(mark) ? -1 : 0
    if (depth <= 0) return bare.trim() === '}' ? { own: own.slice(0, -1), close: at } : undefined
  }
  return undefined
}

/** Whether an argument begins and ends on its line. */
const isWhole = (line: string): boolean => {
  const bare = line.replaceAll(/"(?:\\.|[^"\\])*"/g, '""').replace(/(#|\/\/).*$/, '')
  return /^\s*[\w-]+\s*=/.test(bare) && !bare.includes('<<') && !/[{[(,]\s*$/.test(bare)
}

const indentOf = (line: string): string => /^\s*/.exec(line)![0]

/** How far one block stands within another. */
const stepOf = (indent: string): string => (indent.startsWith('\t') ? '\t' : '  ')

/** New lines in the indent of their neighbours, with the equals sign under that of the line before. */
const added = (lines: readonly string[], { own }: Body, outer: string, names: readonly string[], value: Plain, beside: number | undefined): string[] => {
  const indent = own.map((at) => lines[at]!).filter((line) => /^\s*\w/.test(line)).map(indentOf)[0] ?? outer + stepOf(outer)
  const [name = '', ...rest] = names
  if (rest.length > 0) {
    const inner = (depth: number): string[] => {
      const start = indent + stepOf(indent).repeat(depth)
      return depth === names.length - 1 ? [`${start}${names[depth]} = ${written(value)}`] : [`${start}${names[depth]} {`, ...inner(depth + 1), `${start}}`]
    }
    return [...own.length === 0 ? [] : [''], ...inner(0)]
  }
  const before = /^\s*([\w-]+\s*)=/.exec(beside === undefined ? '' : lines[beside]!)?.[1]
  return [`${indent}${before === undefined ? `${name} ` : name.padEnd(before.length - 1).concat(' ')}= ${written(value)}`]
}
