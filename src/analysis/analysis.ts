import type { AttackPath } from '../attack/path.ts'
import type { TargetRules } from '../attack/target-choice.ts'
import type { Check } from '../checks/check.ts'
import type { Gap } from '../core/gap.ts'
import { byText } from '../core/text.ts'
import { buildEstate } from '../graph/estate.ts'
import type { Estate } from '../graph/estate.ts'
import type { Finding, Undecided, Verdict } from '../model/finding.ts'
import { bySeverity, severities } from '../model/severity.ts'
import type { Severity } from '../model/severity.ts'
import type { Ignore } from '../model/resource.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { allChecks } from './checks.ts'
import { facts } from './facts.ts'
import { judgeEstate } from './judge-estate.ts'
import { findPaths } from './paths.ts'
import { select } from './select.ts'
import type { Selection } from './select.ts'
import { adjustSeverity } from './severity.ts'
import { noSilence, silence } from './suppress.ts'
import type { Expired, Silence } from './suppress.ts'

/** Everything that a scan concludes: what reports are made of. */
export interface Analysis {
  readonly estate: Estate
  readonly checks: readonly Check[]
  /** Findings that count, worst first. */
  readonly findings: readonly Finding[]
  /** Findings that a mute, a baseline or a comment silences. */
  readonly suppressed: readonly Finding[]
  /** Mutes that expired, and for which findings count again. */
  readonly expired: readonly Expired[]
  readonly undecided: readonly Undecided[]
  /** Attack paths, the worst first. */
  readonly paths: readonly AttackPath[]
  readonly gaps: readonly Gap[]
  readonly counts: {
    readonly resources: number
    readonly verdicts: Readonly<Record<Verdict, number>>
    readonly severities: Readonly<Record<Severity, number>>
    readonly suppressed: number
  }
}

export interface AnalysisOptions {
  /** Whether attack paths are looked for; they are by default. */
  readonly paths?: boolean
  /** Targets of attack paths beside the usual ones, and those that do not count. */
  readonly targets?: TargetRules
  readonly selection?: Selection
  readonly silence?: Silence
}

/** Builds the estate of a snapshot and runs the checks: a pure function of the snapshot and the options. */
export const analyse = async (snapshot: Snapshot, { selection = {}, silence: silenced = noSilence, paths: wanted = true, targets }: AnalysisOptions = {}): Promise<Analysis> => {
  const estate = buildEstate(snapshot, await facts())
  const { checks, wanted: isWanted } = select((await allChecks()).map(({ item }) => item), selection)
  const { findings: raw, undecided, counts } = judgeEstate(estate, checks)
  const paths = wanted ? await findPaths(estate, targets === undefined ? {} : { targets }) : []
  const reached = resourcesOn(paths)
  const judged = raw.filter(isWanted).map((finding) => adjustSeverity(estate, onPaths(finding, reached), paths)).sort(worstFirst)
  const ignores = ignoresOf(estate)
  const { kept, suppressed, expired } = silence(judged, silenced, snapshot.header.takenAt, ({ resource }) => ignores.get(resource) ?? [])
  return {
    estate,
    checks,
    findings: kept,
    suppressed,
    expired,
    undecided,
    paths,
    gaps: snapshot.gaps,
    counts: {
      resources: estate.table.length,
      verdicts: counts,
      severities: Object.fromEntries(severities.map((severity) => [severity, kept.filter((finding) => finding.severity === severity).length])) as Record<Severity, number>,
      suppressed: suppressed.length,
    },
  }
}

/** Which attack paths pass through which resource. */
const resourcesOn = (paths: readonly AttackPath[]): Map<string, Set<string>> => {
  const reached = new Map<string, Set<string>>()
  for (const { id, steps } of paths) {
    for (const resource of steps.flatMap(({ on, actor, facts }) => [on, ...actor === undefined ? [] : [actor], ...facts.map(({ from }) => from)])) {
      const known = reached.get(resource)
      if (known === undefined) reached.set(resource, new Set([id]))
      else known.add(id)
    }
  }
  return reached
}

const onPaths = (finding: Finding, reached: ReadonlyMap<string, ReadonlySet<string>>): Finding => {
  const through = reached.get(finding.resource)
  return through === undefined ? finding : { ...finding, paths: [...through] }
}

/** What comments beside definitions silence, by resource. */
const ignoresOf = (estate: Estate): Map<string, readonly Ignore[]> => {
  const found = new Map<string, readonly Ignore[]>()
  if (estate.header.source === 'aws') return found
  for (let index = 0; index < estate.table.length; index++) {
    const { id, ignores } = estate.resource(index)
    if (ignores !== undefined) found.set(id, ignores)
  }
  return found
}

const worstFirst = (a: Finding, b: Finding): number =>
  bySeverity(a.severity, b.severity) || byText(a.check, b.check) || byText(a.resource, b.resource)
