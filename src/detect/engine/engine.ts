import { atLeast as isAtLeast, raised, type Severity } from '../../model/severity.ts'
import type { Alert, AlertChange, Evidence } from '../alerts/alert.ts'
import type { Detection, FirstCondition, SpikeCondition } from '../detection.ts'
import { estateOf, noFacts, type Estate } from '../estate.ts'
import type { LogEvent } from '../event.ts'
import { compile, dispatcher, type Compiled, type Look } from './compile.ts'
import { proof, reach, type WindowCondition } from './conditions.ts'
import { evidenceOf } from './evidence.ts'
import { factsOf, grow, leadsOn, openAlert, type OpenAlert } from './open.ts'
import { baselineOf, fit, isRepeated, loadMemory, newMemory, saveMemory, usualCaps, windowOf, type Baseline, type Caps, type SavedMemory } from './memory.ts'
import { muteFor, type Mute } from './mutes.ts'
import { commandsFor } from './respond.ts'
import { capOf, insert, thins, windowsAt, type Entry } from './window.ts'

export interface EngineOptions {
  readonly detections: readonly Detection[]
  readonly estate?: Estate
  readonly mutes?: readonly Mute[]
  readonly baseline?: Baseline
  readonly state?: EngineState
  readonly caps?: Partial<Caps>
  /** Only learn: nothing alerts. */
  readonly learning?: boolean
}

/** An engine's memory and open alerts as JSON; `told` is how many records of each alert whoever follows was told of. */
export interface EngineState { readonly schema: 'bartizan.detect-state/1', readonly memory: SavedMemory, readonly alerts: readonly OpenAlert[], readonly dropped: number, readonly told?: readonly (readonly [uid: string, count: number])[] }

export interface EngineCounts { readonly events: number, readonly repeated: number, readonly evicted: number, readonly alertsDropped: number }

/** Looks at one record at a time, in any order, and keeps the alerts that they make. */
export interface Engine {
  readonly feed: (event: LogEvent) => void
  /** All alerts, the most severe and then the earliest first; mutes expire by `today` (ISO date). */
  readonly alerts: (today?: string) => Alert[]
  readonly state: () => EngineState
  readonly baseline: () => Baseline
  readonly counts: () => EngineCounts
}

/** The records that prove a condition, and those of them that no alert has counted. */
interface Proof { readonly all: readonly Evidence[], readonly fresh: readonly Evidence[] }

/** Most alerts kept; past it the oldest of the least severe go. */
const alertCap = 5000

/** Makes an engine over some detections. */
export const createEngine = (options: EngineOptions): Engine => {
  const estate = options.estate ?? estateOf(noFacts)
  const caps = { ...usualCaps, ...options.caps }
  const byId = new Map(options.detections.map((detection) => [detection.id, detection]))
  const interested = dispatcher(options.detections.map(compile))
  const memory = options.state === undefined ? newMemory() : loadMemory(options.state.memory)
  for (const [key, first] of options.baseline?.scopes ?? []) memory.scopes.set(key, first)
  for (const [key, time] of options.baseline?.seen ?? []) memory.seen.set(key, time)
  for (const [key, hours] of options.baseline?.hours ?? []) memory.hours.set(key, { ...hours })
  const open = new Map<string, OpenAlert[]>()
  let size = 0
  let dropped = options.state?.dropped ?? 0
  for (const alert of options.state?.alerts ?? []) remember(alert)
  let [events, repeated] = [0, 0]

  function remember(alert: OpenAlert): void {
    const key = `${alert.detection}|${alert.key}`
    open.set(key, [...open.get(key) ?? [], alert])
    if (++size > alertCap) dropOne()
  }

  function dropOne(): void {
    const all = [...open].flatMap(([key, alerts]) => alerts.map((alert) => ({ key, alert })))
    const severityOf = (id: string): Severity => byId.get(id)?.severity ?? 'info'
    const least = all.reduce((worst, next) => (isAtLeast(severityOf(next.alert.detection), severityOf(worst.alert.detection)) ? worst : next))
    const rest = open.get(least.key)!.filter((alert) => alert !== least.alert)
    if (rest.length === 0) open.delete(least.key)
    else open.set(least.key, rest)
    size--
    dropped++
  }

  const feed = (event: LogEvent): void => {
    events++
    if (isRepeated(memory, `${event.log}|${event.id}`, caps)) {
      repeated++
      return
    }
    let evidence: Evidence | undefined
    for (const one of interested(event)) {
      if (event.caller === 'service' && !one.detection.services) continue
      const look = one.look(event, estate)
      const key = look === undefined ? undefined : one.key(event, look)
      if (look === undefined || key === undefined) continue
      evidence ??= evidenceOf(event)
      const proven = prove(one, look, key, event, evidence)
      if (proven !== undefined && options.learning !== true) raise(one, key, event, proven)
    }
    if (memory.entries > caps.entries || memory.seen.size > caps.seen) fit(memory, caps)
  }

  const prove = (one: Compiled, look: Look, key: string, event: LogEvent, evidence: Evidence): Proof | undefined => {
    const condition = one.detection.when
    const id = `${one.detection.id}|${key}`
    const alone: Proof = { all: [evidence], fresh: [evidence] }
    if (condition.kind === 'event') return alone
    if (condition.kind === 'first') return isFirst(condition, id, String(look.values[0]), event.time) ? alone : undefined
    if (condition.kind === 'spike') return isSpike(condition, id, Number(look.values[0]), event.time) ? alone : undefined
    return windowProof(condition, id, { time: event.time, values: look.values, ...(look.clears === true && { clears: true as const }), evidence })
  }

  const windowProof = (condition: WindowCondition, id: string, entry: Entry): Proof | undefined => {
    const window = windowOf(memory, id)
    const { index, grown } = insert(window, entry, capOf(condition), thins(condition), condition.within)
    memory.entries += grown
    const smallest = condition.kind === 'count' ? Math.max(condition.atLeast ?? 1, Math.min(...Object.values(condition.distinct ?? { one: 1 }))) : 1
    for (const entries of windowsAt(window, index, condition.within, smallest)) {
      const proven = proof(condition, entries)
      if (proven === undefined) continue
      // a further step is news even where earlier ones prove as much
      const fresh = [...new Set([...proven, entry])].filter(({ counted }) => counted !== true)
      for (const one of fresh) one.counted = true
      return { all: proven.map(({ evidence }) => evidence), fresh: fresh.map(({ evidence }) => evidence) }
    }
    return undefined
  }

  const isFirst = (condition: FirstCondition, id: string, value: string, time: number): boolean => {
    if (value === '') return false
    const known = memory.seen.has(`${id}|${value}`)
    memory.seen.delete(`${id}|${value}`)
    memory.seen.set(`${id}|${value}`, time)
    const since = memory.scopes.get(id)
    if (since === undefined || time < since) memory.scopes.set(id, time)
    return !known && since !== undefined && time - since >= condition.history
  }

  const isSpike = (condition: SpikeCondition, id: string, weight: number, time: number): boolean => {
    const hour = Math.floor(time / 3_600_000)
    const hours = memory.hours.get(id) ?? { first: hour, hour, sum: 0, heaviest: 0, hours: 0 }
    memory.hours.set(id, hours)
    if (hour < hours.hour) return false
    if (hour > hours.hour) Object.assign(hours, { hour, sum: 0, heaviest: Math.max(hours.heaviest, hours.sum), hours: hours.hours + 1 })
    hours.sum += weight
    return hours.hours >= condition.history && hour - hours.first >= 24 && hours.sum >= condition.floor && hours.sum >= condition.times * hours.heaviest
  }

  const raise = (one: Compiled, key: string, event: LogEvent, { all, fresh }: Proof): void => {
    const ease = one.eases.findIndex((matches) => matches(event, estate))
    const span = reach(one.detection.when)
    const last = all.at(-1)!.time
    const current = (open.get(`${one.detection.id}|${key}`) ?? []).findLast((alert) => last >= alert.start - span && all[0]!.time <= alert.end + span)
    if (current === undefined) remember(openAlert(one.detection, key, event, all, ease))
    else grow(current, fresh, ease)
  }

  return {
    feed,
    alerts: (today = '') => [...open.values()].flat().flatMap((alert) => finishAlert(byId.get(alert.detection), alert, estate, options.mutes ?? [], today)).sort(byUrgency),
    state: () => ({ schema: 'bartizan.detect-state/1', memory: saveMemory(memory), alerts: [...open.values()].flat(), dropped }),
    baseline: () => baselineOf(memory),
    counts: () => ({ events, repeated, evicted: memory.evicted, alertsDropped: dropped }),
  }
}

/** An alert as it is reported; none where its detection is not run any more. */
export const finishAlert = (detection: Detection | undefined, alert: OpenAlert, estate: Estate, mutes: readonly Mute[], today: string): Alert[] => {
  if (detection === undefined) return []
  const { severity, changes } = severityOf(detection, alert, estate)
  const muted = muteFor(alert, mutes, today)
  return [{
    uid: alert.uid, detection: detection.id, title: detection.title, severity, changes, risk: detection.risk, log: detection.log, why: detection.why,
    principal: alert.principal, role: alert.role, key: alert.key,
    accounts: distinct(alert.evidence.map(({ account }) => account)), regions: distinct(alert.evidence.map(({ awsRegion }) => awsRegion)),
    start: new Date(alert.start).toISOString(), end: new Date(alert.end).toISOString(), count: alert.count, evidence: alert.evidence,
    techniques: detection.techniques, facts: factsOf(alert, estate), respond: commandsFor(detection, alert), ...(muted !== undefined && { muted }),
  }]
}

/** The most severe first, then the earliest. */
export const sortAlerts = (alerts: readonly Alert[]): readonly Alert[] => alerts.toSorted(byUrgency)

const severityOf = (detection: Detection, alert: OpenAlert, estate: Estate): { readonly severity: Severity, readonly changes: readonly AlertChange[] } => {
  const ease = alert.ease < 0 ? undefined : detection.eases[alert.ease]
  if (ease !== undefined && ease.to !== detection.severity && isAtLeast(detection.severity, ease.to)) {
    return { severity: ease.to, changes: [{ from: detection.severity, to: ease.to, reason: ease.reason }] }
  }
  // what is worth a look becomes urgent when the principal leads on; what is low stays low
  if (ease === undefined && detection.severity !== 'critical' && isAtLeast(detection.severity, 'medium') && leadsOn(alert, estate)) {
    const to = raised(detection.severity)
    return { severity: to, changes: [{ from: detection.severity, to, reason: 'the principal is on an attack path to a target' }] }
  }
  return { severity: detection.severity, changes: [] }
}

const byUrgency = (a: Alert, b: Alert): number => {
  if (a.severity !== b.severity) return isAtLeast(a.severity, b.severity) ? -1 : 1
  return Date.parse(a.start) - Date.parse(b.start) || (a.uid < b.uid ? -1 : 1)
}

const distinct = (values: readonly string[]): string[] => [...new Set(values.filter((value) => value !== ''))].sort()
