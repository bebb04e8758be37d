import type { Fields, Match, Selection, Test } from '../detection.ts'
import { derived, matchesOf } from '../match.ts'

/** A text as SQL writes it. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** A selection as a condition over the table `events`; undefined where SQL does not know what it asks. */
export const predicate = (selection: Selection): string | undefined => {
  const parts = matchesOf(selection).map(matchSql)
  return parts.includes(undefined) ? undefined : parts.length === 1 ? parts[0] : `(${parts.join(' or ')})`
}

const matchSql = (match: Match): string | undefined => {
  const parts = Object.entries(match).map(([field, test]) => testSql(field, test))
  if (parts.includes(undefined)) return undefined
  return parts.length === 0 ? 'true' : `(${parts.join(' and ')})`
}

/** The column or JSON path of a field; lists within a record are not reached. */
export const column = (field: string): string | undefined => {
  if (derived.has(field)) return field === 'time' ? 't' : field.toLowerCase()
  // what only the estate tells, and lists, are not in the table
  if (field === 'automation' || field === 'aiRole' || field === 'record' || lists.has(field)) return undefined
  const [root, path] = field.startsWith('extra.') ? ['extra', field.slice('extra.'.length)] : ['record', field]
  return /^[\w.-]+$/.test(path) ? `json_extract_scalar(${root}, ${literal(`$.${path}`)})` : undefined
}

const lists = new Set(['extra.signs', 'extra.answers', 'extra.blocked', 'extra.tools', 'requestParameters.productionVariants.instanceType', 'requestParameters.instanceGroups.instanceType'])
const booleans = new Set(['crossRegion'])

const testSql = (field: string, test: Test): string | undefined => {
  const name = column(field)
  if (name === undefined) return undefined
  if (booleans.has(field)) return test === true ? name : test === false ? `not ${name}` : undefined
  return valueSql(name, test, field === 'price' || field === 'time')
}

const valueSql = (name: string, test: Test, numeric: boolean): string | undefined => {
  if (test === null) return `coalesce(${name}, '') = ''`
  if (typeof test === 'boolean' || typeof test === 'string') return `coalesce(${name}, '') = ${literal(String(test))}`
  if (typeof test === 'number') return numeric ? `${name} = ${test}` : `coalesce(${name}, '') = ${literal(String(test))}`
  if (Array.isArray(test)) return `coalesce(${name}, '') in (${test.map((text: string) => literal(text)).join(', ')})`
  if ('starts' in test) return anyOf(test.starts, (text) => `starts_with(coalesce(${name}, ''), ${literal(text)})`)
  if ('ends' in test) return anyOf(test.ends, (text) => `substr(coalesce(${name}, ''), greatest(1, length(coalesce(${name}, '')) - ${text.length - 1})) = ${literal(text)}`)
  if ('contains' in test) return anyOf(test.contains, (text) => `strpos(coalesce(${name}, ''), ${literal(text)}) > 0`)
  if ('present' in test) return `coalesce(${name}, '') <> ''`
  if ('over' in test) return numeric ? `${name} > ${test.over}` : `try_cast(${name} as double) > ${test.over}`
  // Trino and DuckDB have no look-around
  if ('like' in test) return test.like.source.includes('(?!') || test.like.source.includes('(?<') ? undefined : `regexp_like(coalesce(${name}, ''), ${literal(`${test.like.ignoreCase ? '(?i)' : ''}${test.like.source.replaceAll(String.raw`\/`, '/')}`)})`
  if ('not' in test) {
    const inner = valueSql(name, test.not, numeric)
    return inner === undefined ? undefined : `not (${inner})`
  }
  const parts = 'all' in test ? test.all : 'any' in test ? test.any : undefined
  const said = parts?.map((one) => valueSql(name, one, numeric)) ?? [undefined]
  return said.includes(undefined) ? undefined : `(${said.join('all' in test ? ' and ' : ' or ')})`
}

const anyOf = (texts: string | readonly string[], say: (text: string) => string): string => {
  const list = typeof texts === 'string' ? [texts] : texts
  return list.length === 1 ? say(list[0]!) : `(${list.map(say).join(' or ')})`
}

/** Some fields as one key, and the condition that none is empty. */
export const keySql = (fields: Fields): { readonly key: string, readonly filled: string } | undefined => {
  const columns = fields.map(column)
  if (columns.includes(undefined)) return undefined
  const texts = (columns as string[]).map((name) => `cast(${name} as varchar)`)
  return { key: texts.join(" || '|' || "), filled: texts.map((text) => `coalesce(${text}, '') <> ''`).join(' and ') }
}
