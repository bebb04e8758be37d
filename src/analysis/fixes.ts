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
  const holds = async (texts: ReadonlyMap<string, string>, gone: readonly TemplateFix[]): Promise<boolean> => {
    const after = keysOf(await analyse(await again(texts), { paths: false }))
    return gone.every(({ finding }) => !after.has(keyOf(finding))) && [...after].every((key) => before.has(key))
  }
  const candidates = analysis.findings.map((finding) => ({ finding, resource: resourceOf(analysis, finding), set: analysis.checks.find(({ id, on }) => id === finding.check && on === finding.resourceType)?.fix.set }))
    .flatMap(({ finding, resource, set }): Candidate[] => {
      const file = resource?.location?.file
      return resource === undefined || set === undefined || file === undefined ? [] : [{ finding, resource, file: resolve(file), leaves: leavesOf(set) }]
    })
  const put = (candidate: Candidate, texts: ReadonlyMap<string, string>): Map<string, string> | undefined => {
    const text = edited(candidate, texts.get(candidate.file) ?? read(candidate.file))
    return text === undefined ? undefined : new Map([...texts, [candidate.file, text]])
  }
  const all = apply(candidates, put)
  if (all.fixes.length === 0 || await holds(all.texts, all.fixes)) return all
  // One of them does not hold: each has to prove itself upon those before it.
  let kept: TemplateFixes = { fixes: [], texts: new Map() }
  for (const candidate of candidates) {
    const texts = put(candidate, kept.texts)
    if (texts === undefined) continue
    const fixes = [...kept.fixes, { finding: candidate.finding, file: candidate.resource.location!.file }]
    if (await holds(texts, fixes)) kept = { fixes, texts }
  }
  return kept
}

interface Candidate { readonly finding: Finding, readonly resource: Resource, readonly file: string, readonly leaves: readonly Leaf[] }
interface Leaf { readonly path: readonly string[], readonly value: Plain | undefined }

const apply = (candidates: readonly Candidate[], put: (candidate: Candidate, texts: ReadonlyMap<string, string>) => Map<string, string> | undefined): TemplateFixes => {
  let texts = new Map<string, string>()
  const fixes: TemplateFix[] = []
  for (const candidate of candidates) {
    const next = put(candidate, texts)
    if (next === undefined) continue
    texts = next
    fixes.push({ finding: candidate.finding, file: candidate.resource.location!.file })
  }
  return { fixes, texts }
}

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
