import { severities } from '../model/severity.ts'
import type { Severity } from '../model/severity.ts'
import type { Analysis } from './analysis.ts'
import { compare } from './diff.ts'

/** What a change adds, as an analysis that reports can show, and how much it adds and takes away. */
export interface Added {
  readonly analysis: Analysis
  readonly counts: { readonly resources: readonly [added: number, changed: number, removed: number], readonly findings: readonly [added: number, removed: number], readonly paths: readonly [added: number, removed: number] }
}

/** Leaves of an analysis only the findings and attack paths that were not there before. */
export const addedBy = (before: Analysis, after: Analysis): Added => {
  const { resources, findings, paths } = compare(before, after)
  const fresh = new Set(findings.added.map(({ fingerprint }) => fingerprint))
  const opened = new Set(paths.added.map(({ id }) => id))
  const known = new Set(before.undecided.map(({ check, resource }) => `${check} ${resource ?? ''}`))
  const kept = after.findings.filter(({ fingerprint }) => fresh.has(fingerprint))
  return {
    analysis: {
      ...after,
      findings: kept,
      paths: after.paths.filter(({ id }) => opened.has(id)),
      undecided: after.undecided.filter(({ check, resource }) => !known.has(`${check} ${resource ?? ''}`)),
      counts: { ...after.counts, severities: Object.fromEntries(severities.map((severity) => [severity, kept.filter((finding) => finding.severity === severity).length])) as Record<Severity, number> },
    },
    counts: {
      resources: [resources.added.length, resources.changed.length, resources.removed.length],
      findings: [kept.length, findings.removed.length],
      paths: [paths.added.length, paths.removed.length],
    },
  }
}
