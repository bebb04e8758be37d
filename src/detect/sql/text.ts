import type { Condition, CountCondition, Detection, FirstCondition, PeriodicCondition, RatioCondition, SetCondition, SpikeCondition } from '../detection.ts'
import { selectionsOf } from '../engine/compile.ts'
import { matchesOf } from '../match.ts'
import { column, keySql, literal, predicate } from './predicate.ts'

/**
 * A detection as one SELECT over the table `events`, in the subset that DuckDB and Trino share. Each row is a window in which
 * it fires: `k` its key, `f` and `l` the times of its first and last record in milliseconds. Undefined where SQL cannot say it.
 */
export const sqlFor = (detection: Detection): string | undefined => {
  const { when } = detection
  if (('where' in when && when.where !== undefined) || 'keys' in when) return undefined
  // a step of another log has its own table of facts
  if (selectionsOf(when).flatMap(matchesOf).some((match) => 'log' in match)) return undefined
  const key = keySql(('by' in when && when.by) || ['principal'])
  if (key === undefined) return undefined
  const base = `log = ${literal(detection.log)} and ${detection.services || detection.log !== 'cloudtrail' ? '' : "caller <> 'service' and "}${key.filled}`
  const rows = (condition: string, more = ''): string => `select ${key.key} k, t, id${more} from events where ${base} and ${condition}`
  return selectFor(when, rows)
}

type Rows = (condition: string, more?: string) => string

const selectFor = (when: Condition, rows: Rows): string | undefined => {
  switch (when.kind) {
    case 'event': return singles(when.match, rows)
    case 'count': return counts(when, rows)
    case 'ratio': return ratios(when, rows)
    case 'set': return when.ordered ? chains(when, rows) : sets(when, rows)
    case 'periodic': return beats(when, rows)
    case 'first': return firsts(when, rows)
    case 'spike': return spikes(when, rows)
  }
}

const singles = (match: Parameters<typeof predicate>[0], rows: Rows): string | undefined => {
  const condition = predicate(match)
  return condition === undefined ? undefined : `with m as (${rows(condition)}) select k, t f, t l from m`
}

const counts = (when: CountCondition, rows: Rows): string | undefined => {
  const condition = predicate(when.match)
  const clears = when.unless === undefined ? undefined : predicate(when.unless)
  const fields = Object.entries(when.distinct ?? {}).map(([field, least]) => [column(field), least] as const)
  if (condition === undefined || (when.unless !== undefined && clears === undefined) || fields.some(([name]) => name === undefined)) return undefined
  if (fields.length === 0 && clears === undefined) {
    const frame = `over (partition by k order by t range between ${when.within} preceding and current row)`
    return `with m as (${rows(condition)}), w as (select k, t, count(*) ${frame} n, min(t) ${frame} f from m) select k, f, t l from w where n >= ${when.atLeast ?? 1}`
  }
  const values = fields.map(([name], i) => `, cast(${name} as varchar) v${i}`).join('')
  const blanks = fields.map((_, i) => `, '' v${i}`).join('')
  const all = `${rows(condition, `, 0 c${values}`)}${clears === undefined ? '' : ` union all ${rows(`${clears} and not ${condition}`, `, 1 c${blanks}`)}`}`
  const enough = fields.length === 0 ? 'true' : fields.map(([, least], i) => `count(distinct nullif(b.v${i}, '')) >= ${least}`).join(' or ')
  return `with m as (${all}) select a.k k, min(b.t) f, a.t l from m a join m b on b.k = a.k and b.t between a.t - ${when.within} and a.t group by a.k, a.t having max(b.c) = 0 and count(distinct b.id) >= ${when.atLeast ?? 1} and (${enough})`
}

const ratios = (when: RatioCondition, rows: Rows): string | undefined => {
  const [part, whole] = [predicate(when.match), predicate(when.of)]
  if (part === undefined || whole === undefined) return undefined
  const frame = `over (partition by k order by t range between ${when.within} preceding and current row)`
  return `with m as (${rows(`(${part} or ${whole})`, `, case when ${part} then 1 else 0 end p`)}), w as (select k, t, sum(p) ${frame} n, count(*) ${frame} a, min(t) ${frame} f from m) select k, f, t l from w where n >= ${when.atLeast} and n > ${when.above} * a${when.below === undefined ? '' : ` and n < ${when.below} * a`}`
}

const stepRows = (when: SetCondition, rows: Rows): string | undefined => {
  const steps = when.steps.map(({ match }) => predicate(match))
  return steps.includes(undefined) ? undefined : steps.map((step, i) => rows(step!, `, ${i} s`)).join(' union all ')
}

const needed = (when: SetCondition): readonly number[] => (when.needs ?? []).map((name) => when.steps.findIndex((step) => step.name === name))

const sets = (when: SetCondition, rows: Rows): string | undefined => {
  const all = stepRows(when, rows)
  if (all === undefined) return undefined
  const needs = needed(when).map((step) => ` and max(case when b.s = ${step} then 1 else 0 end) = 1`).join('')
  return `with m as (${all}) select a.k k, min(b.t) f, a.t l from m a join m b on b.k = a.k and b.t between a.t - ${when.within} and a.t group by a.k, a.t having count(distinct b.s) >= ${when.atLeast}${needs}`
}

/** One join for each way to take enough steps in their order. */
const chains = (when: SetCondition, rows: Rows): string | undefined => {
  const all = stepRows(when, rows)
  if (all === undefined) return undefined
  const ways = choices(when.steps.length, when.atLeast)
  const selects = ways.map((way) => {
    const joins = way.slice(1).map((step, i) => `join m x${i + 1} on x${i + 1}.k = x0.k and x${i + 1}.s = ${step} and x${i + 1}.t >= x${i}.t and x${i + 1}.id <> x${i}.id`)
    const last = `x${way.length - 1}`
    return `select x0.k k, max(x0.t) f, ${last}.t l from m x0 ${joins.join(' ')} where x0.s = ${way[0]} and ${last}.t - x0.t <= ${when.within} group by x0.k, ${last}.t`
  })
  return `with m as (${all}) ${selects.join(' union ')}`
}

const choices = (of: number, take: number, from = 0): readonly (readonly number[])[] => {
  if (take === 0) return [[]]
  const found: (readonly number[])[] = []
  for (let first = from; first <= of - take; first++) for (const rest of choices(of, take - 1, first + 1)) found.push([first, ...rest])
  return found
}

const beats = (when: PeriodicCondition, rows: Rows): string | undefined => {
  const condition = predicate(when.match)
  if (condition === undefined) return undefined
  return `with m as (${rows(condition)}), g as (select k, t, lag(t) over (partition by k order by t) p from m) `
    + `select a.k k, min(b.p) f, a.t l from g a join g b on b.k = a.k and b.t <= a.t and b.p >= a.t - ${when.within} group by a.k, a.t `
    + `having count(*) + 1 >= ${when.atLeast} and avg(b.t - b.p) between ${when.period[0]} and ${when.period[1]} and stddev_pop(b.t - b.p) < ${when.variation} * avg(b.t - b.p)`
}

const firsts = (when: FirstCondition, rows: Rows): string | undefined => {
  const [condition, value] = [predicate(when.match), keySql(when.of)]
  if (condition === undefined || value === undefined) return undefined
  return `with m as (${rows(`${condition} and ${value.filled}`, `, ${value.key} v`)}), w as (select k, t, row_number() over (partition by k, v order by t) n, min(t) over (partition by k) s from m) select k, t f, t l from w where n = 1 and t - s >= ${Math.max(1, when.history)}`
}

const spikes = (when: SpikeCondition, rows: Rows): string | undefined => {
  const condition = predicate(when.match)
  const weight = when.weight === undefined ? '1' : column(when.weight)
  if (condition === undefined || weight === undefined) return undefined
  return `with m as (${rows(condition, `, coalesce(try_cast(${weight} as double), 0) v`)}), h as (select k, t - t % 3600000 h, sum(v) s, min(t) f, max(t) l from m group by k, t - t % 3600000), `
    + `w as (select k, f, l, s, h - min(h) over (partition by k) d, max(s) over (partition by k order by h rows between unbounded preceding and 1 preceding) x, count(*) over (partition by k order by h rows between unbounded preceding and 1 preceding) n from h) `
    + `select k, f, l from w where n >= ${when.history} and d >= 86400000 and s >= ${when.floor} and s >= ${when.times} * x`
}
