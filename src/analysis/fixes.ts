import { resolve } from 'node:path'
import type { Finding } from '../model/finding.ts'
import type { Resource } from '../model/resource.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { patchTemplate } from '../sources/cloudformation/patch.ts'
import type { Plain } from '../sources/cloudformation/patch.ts'
import { patchHcl } from '../sources/terraform/patch.ts'
import { analyse } from './analysis.ts'
import type { Analysis } from './analysis.ts'

/** A finding that a change of templates takes away, proved by running the checks again. */
export interface TemplateFix { readonly finding: Finding, readonly file: string }

/** The fixes that hold, and what each file becomes, by its full path. */
export interface TemplateFixes { readonly fixes: readonly TemplateFix[], readonly texts: ReadonlyMap<string, string> }

/** The text of a file, before any fix; undefined where it cannot be read. */
export type ReadSource = (file: string) => string | undefined

/** Reads the same templates again, with these texts in place of those on disk. */
export type ReadAgain = (texts: ReadonlyMap<string, string>) => Promise<Snapshot>

/** Finds the fixes that templates can take: each is kept only if its finding is gone and no other has come. */
export const fixTemplates = async (analysis: Analysis, read: ReadSource, again: ReadAgain): Promise<TemplateFixes> => {
  const before = keysOf(analysis)
  const holds = async ({ fixes, texts }: TemplateFixes): Promise<boolean> => {
    const after = keysOf(await analyse(await again(texts), { paths: false }))
    return fixes.every(({ finding }) => !after.has(keyOf(finding))) && [...after].every((key) => before.has(key))
  }
  const put = ({ fixes, texts }: TemplateFixes, candidate: Candidate): TemplateFixes => {
    const text = edited(candidate, texts.get(candidate.file) ?? read(candidate.file))
    if (text === undefined) return { fixes, texts }
    return { fixes: [...fixes, { finding: candidate.finding, file: candidate.resource.location!.file }], texts: new Map([...texts, [candidate.file, text]]) }
  }
  // all at once; where that does not hold, the one that is to blame is found by halves
  const add = async (kept: TemplateFixes, candidates: readonly Candidate[]): Promise<TemplateFixes> => {
    const all = candidates.reduce(put, kept)
    if (all.fixes.length === kept.fixes.length || await holds(all)) return all
    if (candidates.length === 1) return kept
    const half = candidates.length >> 1
    return add(await add(kept, candidates.slice(0, half)), candidates.slice(half))
  }
  return add({ fixes: [], texts: new Map() }, candidatesOf(analysis))
}

const candidatesOf = (analysis: Analysis): Candidate[] => {
  const { checks, findings } = analysis
  const fixOf = new Map(checks.map((check) => [`${check.id} ${check.on}`, check.fix]))
  return findings.flatMap((finding) => {
    const resource = resourceOf(analysis, finding)
    const fix = fixOf.get(`${finding.check} ${finding.resourceType}`)
    if (fix?.set === undefined || resource?.location === undefined) return []
    if (fix.needs?.some((name) => resource.properties[name] === undefined)) return []
    return [{ finding, resource, file: resolve(resource.location.file), leaves: leavesOf(fix.set) }]
  })
}

interface Candidate { readonly finding: Finding, readonly resource: Resource, readonly file: string, readonly leaves: readonly Leaf[] }
interface Leaf { readonly path: readonly string[], readonly value: Plain | undefined }

const edited = ({ resource, file, leaves }: Candidate, text: string | undefined): string | undefined => {
  const hcl = /\.(tf|tofu)$/.test(file)
  // What the CDK writes is written again by its next synthesis.
  if (!hcl && resource.location?.path !== undefined) return undefined
  return leaves.reduce<string | undefined>((now, { path, value }) => {
    if (now === undefined || value === undefined) return undefined
    if (valueAt(resource.properties, path) === value) return now
    return hcl ? patchHcl(now, resource.location?.line ?? 0, path, value) : patchTemplate(now, resource.id.split('/').at(-1)!, path, value)
  }, text)
}

const valueAt = (properties: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, name) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined), properties)

/** Every plain value that a fix sets; a list, or a text in angle brackets that a person must fill in, is undefined. */
const leavesOf = (set: unknown, path: readonly string[] = []): Leaf[] => {
  if (typeof set === 'object' && set !== null && !Array.isArray(set)) return Object.entries(set).flatMap(([name, inner]) => leavesOf(inner, [...path, name]))
  const plain = typeof set === 'number' || typeof set === 'boolean' || typeof set === 'string' && !/[<>$]/.test(set)
  return [{ path, value: plain ? set : undefined }]
}

const keyOf = ({ check, resource }: Finding): string => `${check} ${resource}`
const keysOf = ({ findings, suppressed }: Analysis): Set<string> => new Set([...findings, ...suppressed].map(keyOf))

const resourceOf = ({ estate }: Analysis, { resource: id, resourceType }: Finding): Resource | undefined => {
  const index = estate.ofType(resourceType).find((candidate) => estate.resource(candidate).id === id)
  return index === undefined ? undefined : estate.resource(index)
}
