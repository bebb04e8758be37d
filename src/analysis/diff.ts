import { comparePaths } from '../attack/compare.ts'
import type { Finding } from '../model/finding.ts'
import type { Resource } from '../model/resource.ts'
import type { Analysis } from './analysis.ts'
import { explainer } from './diff-causes.ts'
import type { CausedPath } from './diff-causes.ts'

/** A resource that both sides have, with the pointers at which they differ. */
export interface Changed { readonly resource: Resource, readonly pointers: readonly string[] }

/** What a change adds and removes. */
export interface Difference {
  readonly resources: { readonly added: readonly Resource[], readonly removed: readonly Resource[], readonly changed: readonly Changed[] }
  readonly findings: { readonly added: readonly Finding[], readonly removed: readonly Finding[] }
  /** Each path with the changes that open or close it. */
  readonly paths: { readonly added: readonly CausedPath[], readonly removed: readonly CausedPath[] }
}

/** Compares two analyses: by identity of resources, by fingerprint of findings. */
export const compare = (before: Analysis, after: Analysis): Difference => {
  const [old, young] = [byIdentity(before), byIdentity(after)]
  const changed = [...young].flatMap(([key, resource]) => {
    const was = old.get(key)
    const pointers = was === undefined ? [] : differences(was.properties, resource.properties, '')
    return pointers.length === 0 ? [] : [{ resource, pointers }]
  })
  const resources = { added: without(young, old), removed: without(old, young), changed }
  const paths = comparePaths(before.paths, after.paths)
  return {
    resources,
    findings: { added: unknownTo(before, after), removed: unknownTo(after, before) },
    paths: { added: paths.added.map(explainer(resources, 'added')), removed: paths.removed.map(explainer(resources, 'removed')) },
  }
}

const byIdentity = ({ estate }: Analysis): Map<string, Resource> => {
  const found = new Map<string, Resource>()
  for (let index = 0; index < estate.table.length; index++) {
    const resource = estate.resource(index)
    found.set(`${resource.type} ${resource.id} ${resource.account} ${resource.region}`, resource)
  }
  return found
}

const without = (these: ReadonlyMap<string, Resource>, others: ReadonlyMap<string, Resource>): Resource[] =>
  [...these].filter(([key]) => !others.has(key)).map(([, resource]) => resource)

const unknownTo = (known: Analysis, other: Analysis): Finding[] => {
  const prints = new Set([...known.findings, ...known.suppressed].map(({ fingerprint }) => fingerprint))
  return other.findings.filter(({ fingerprint }) => !prints.has(fingerprint))
}

/** Pointers of the smallest values that differ. */
const differences = (a: unknown, b: unknown, path: string): string[] => {
  if (Object.is(a, b)) return []
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return [path]
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) =>
    differences((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key], path === '' ? key : `${path}/${key}`))
}
