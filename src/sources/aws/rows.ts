import { placesAt, valueAt } from '../../core/pointer.ts'
import { isUnknown, unknown } from '../../core/unknown.ts'
import type { Resource } from '../../model/resource.ts'
import { schemaOf } from '../shape.ts'
import type { Call, Item, Row } from './collector.ts'
import { toResource } from './draft.ts'
import type { Place } from './draft.ts'
import type { Failure } from './failure.ts'
import { inputOf, valueFrom } from './input.ts'
import { tagsOf } from './row-tags.ts'
import type { Run } from './run.ts'

/** Items that are being read at the same time; the limiter decides how many of their calls are under way. */
const mostAtOnce = 200

/** Reads all resources of a row, for one parent where it has one. */
export const readRow = async (run: Run, row: Row, parent?: Item): Promise<void> => {
  if (row.list === undefined) return readSetting(run, row, parent)
  const pool = makePool(mostAtOnce)
  for await (const page of run.pages(row.list.operation, inputOf(run, row.list, parent === undefined ? {} : { $parent: parent }, run.collector.page))) {
    if ('failure' in page) {
      const { otherwise } = row.list
      if (otherwise !== undefined && page.failure.kind === 'foreign') return readRow(run, { ...row, list: otherwise, ...(otherwise.at === undefined ? {} : { items: otherwise.at }) }, parent)
      if (parent !== undefined && page.failure.kind === 'absent' || row.list.absent?.includes(page.failure.name) === true) break
      await run.gap(row.list.operation, page.failure, { types: typesOfRow(row) })
      break
    }
    const items = placesAt(page.answer, `${row.items ?? ''}/*`).map(({ value }) => asItem(value, parent)).filter((item) => row.keep?.(item, run) ?? true)
    if (row.describeMany !== undefined) for (const batch of batches(items, row.describeMany.size)) await pool.add(() => readMany(run, row, row.describeMany!, batch))
    else for (const item of items) await pool.add(() => readOne(run, row, item))
  }
  await pool.done()
}

/** The types that a row gives, children and further resources included. */
export const typesOfRow = (row: Row): string[] => [row.type, ...(row.with ?? []).map(({ type }) => type), ...(row.children ?? []).flatMap(typesOfRow)]

/** Runs tasks side by side, so many at most. */
const makePool = (most: number) => {
  const running = new Set<Promise<void>>()
  return {
    async add(task: () => Promise<void>): Promise<void> {
      const promise = task().finally(() => running.delete(promise))
      running.add(promise)
      if (running.size >= most) await Promise.race(running)
    },
    done: () => Promise.all(running),
  }
}

const asItem = (value: unknown, parent: Item | undefined): Item => ({
  ...(typeof value === 'object' && value !== null ? value : { $: value }),
  ...(parent === undefined ? {} : { $parent: parent }),
})

const batches = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size))

const readMany = async (run: Run, row: Row, many: NonNullable<Row['describeMany']>, items: readonly Item[]): Promise<void> => {
  const outcome = await run.call(many.operation, { ...many.with, ...(many.member === '' ? {} : { [many.member]: items.map((item) => valueAt(item, many.from)) }) })
  if ('failure' in outcome) {
    await run.gap(many.operation, outcome.failure, { types: typesOfRow(row) })
    for (const item of items) await finish(run, row, item, [`${many.operation}: ${outcome.failure.reason}`])
    return
  }
  const parent = items[0]?.['$parent'] as Item | undefined
  for (const { value } of placesAt(outcome.answer, `${many.items}/*`)) await readMore(run, row, asItem(value, parent), [])
}

const readOne = async (run: Run, row: Row, item: Item): Promise<void> => {
  const { describe } = row
  if (describe === undefined || describe.when?.(item) === false) return readMore(run, row, item, [])
  const outcome = await run.call(describe.operation, inputOf(run, describe, item))
  if ('answer' in outcome) return readMore(run, row, { ...item, ...part(describe, outcome.answer) }, [])
  const reason = `${describe.operation}: ${outcome.failure.reason}`
  await gapOf(run, row, describe, item, outcome.failure)
  await readMore(run, row, item, [reason])
}

const readSetting = async (run: Run, row: Row, parent: Item | undefined): Promise<void> => {
  const describe = row.describe!
  const item = asItem({}, parent)
  const outcome = await run.call(describe.operation, inputOf(run, describe, item))
  if ('answer' in outcome) return readMore(run, row, { ...item, ...part(describe, outcome.answer) }, [])
  if (isAbsent(describe, outcome.failure)) return row.keep?.(item, run) === false ? undefined : readMore(run, row, item, [])
  await run.gap(describe.operation, outcome.failure, { types: [row.type] })
  if (outcome.failure.kind !== 'elsewhere' && outcome.failure.kind !== 'aborted') await finish(run, row, item, [`${describe.operation}: ${outcome.failure.reason}`])
}

/** Makes the further calls of an item; the properties of one that fails are unknown. */
const readMore = async (run: Run, row: Row, item: Item, reasons: string[]): Promise<void> => {
  const one = async (call: Call): Promise<Item> => {
    if (call.when?.(item) === false) return {}
    const outcome = await run.call(call.operation, inputOf(run, call, item))
    if (call.otherwise !== undefined && 'failure' in outcome && outcome.failure.kind === 'foreign') return one(call.otherwise)
    if ('answer' in outcome) return call.each === undefined ? part(call, outcome.answer) : readEach(run, row, call, call.each, item, outcome.answer)
    if (isAbsent(call, outcome.failure)) return {}
    await gapOf(run, row, call, item, outcome.failure)
    return Object.fromEntries((call.gives ?? (call.as === undefined ? [] : [call.as])).map((name) => [name, unknown(`${call.operation}: ${outcome.failure.reason}`)]))
  }
  const parts = await Promise.all((row.more ?? []).map(one))
  const whole = Object.assign({}, item, ...parts) as Item
  await finish(run, row, { ...whole, ...await codeOf(run, row, whole) }, reasons)
}

/** What the item's code tells, as a member of its own: it joins what else is known of the same kind. */
const codeOf = async (run: Run, row: Row, item: Item): Promise<Item> => {
  const { type, code } = row
  if (code === undefined || code.when?.(item) === false) return {}
  if (!run.readCode) {
    await run.unread(type, code.permissions)
    return {}
  }
  const read = await code.read(run, item)
  const { Unread: reason } = (read['BartizanCode'] ?? {}) as { readonly Unread?: string }
  if (reason !== undefined) await run.put({ kind: 'gap', gap: { account: run.account, region: run.region, operation: code.permissions[0]!, reason: `code was not read whole: ${reason}`, resource: toResource(run, row, item, {}, []).id } })
  return { $code: read }
}

/** Asks for each thing of a list; one that does not answer stays as the list gives it. */
const readEach = async (run: Run, row: Row, list: Call, each: Call, item: Item, answer: Item): Promise<Item> => {
  const things = placesAt(answer, `${list.at ?? ''}/*`).map(({ value }) => asItem(value, item))
  const read = things.map(async (thing): Promise<Item> => {
    const outcome = await run.call(each.operation, inputOf(run, each, thing))
    const { $parent: _, ...own } = thing
    if ('answer' in outcome) return { ...own, ...part(each, outcome.answer) }
    await gapOf(run, row, each, item, outcome.failure)
    return own
  })
  return { [list.as!]: await Promise.all(read) }
}

const isAbsent = (call: Call, { kind, name }: Failure): boolean => kind === 'absent' || call.absent?.includes(name) === true

/** The wanted part of an answer, under its name. */
const part = (call: Call, answer: Item): Item => {
  const value = call.at === undefined ? answer : valueAt(answer, call.at)
  if (call.as !== undefined) return value === undefined ? {} : { [call.as]: value }
  return typeof value === 'object' && value !== null ? value as Item : {}
}

const gapOf = async (run: Run, row: Row, call: Call, item: Item, failure: Failure): Promise<void> => {
  const { id } = toResource(run, row, item, {}, [])
  const types = (row.with ?? []).filter(({ items, needs = items }) => needs !== undefined && needs === call.as).map(({ type }) => type)
  await run.gap(call.operation, failure, { resource: id, ...(types.length === 0 ? {} : { types }), ...(failure.kind === 'denied' && call.permission !== undefined ? { permission: call.permission } : {}) })
}

const finish = async (run: Run, row: Row, item: Item, reasons: readonly string[]): Promise<void> => {
  const resource = toResource(run, row, await withLastUse(run, row, item), {}, reasons)
  const { tags, unread } = await tagsOf(run, row, item, resource.arn)
  await run.put({ kind: 'resource', resource: { ...resource, tags, ...(unread === undefined ? {} : { properties: { ...resource.properties, [schemaOf(row.type)?.tags ?? 'Tags']: unknown(unread) } }) } })
  for (const beside of besidesOf(run, row, item)) await run.put({ kind: 'resource', resource: beside })
  await Promise.all((row.children ?? []).map((child) => readRow(run, child, item)))
}

/** The further resources that an item tells of. */
export const besidesOf = (place: Place, row: Pick<Row, 'with'>, item: Item): Resource[] =>
  (row.with ?? []).flatMap(({ when, items, needs = items, keep, ...beside }) => {
    if (when?.(item) === false || typeof needs === 'string' && !isGiven(valueAt(item, needs))) return []
    if (items === undefined) return [toResource(place, beside, item, {}, [])]
    const things = typeof items === 'function' ? items(item) : placesAt(item, `${items}/*`).map(({ value }) => value)
    return things.map((each) => asItem(each, item)).filter((each) => keep?.(each, place) ?? true).map((each) => toResource(place, beside, each, {}, []))
  })

/** The day of last use joins as `$lastUsed`, and as a property that checks can read. */
const withLastUse = async (run: Run, { usage }: Row, item: Item): Promise<Item> => {
  if (usage === undefined) return item
  const { by, ...counted } = usage
  const day = (await run.lastUse(counted)).get(String(valueFrom(run, item, by)))
  return day === undefined ? item : { ...item, $lastUsed: day, BartizanLastUsed: day }
}

const isGiven = (value: unknown): boolean => value !== undefined && !isUnknown(value)
