import { resolve } from 'node:path'
import { edited } from '../attack/fix/edit.ts'
import type { Edit } from '../attack/fix/edit.ts'
import { resourceOf } from '../attack/fix/change.ts'
import { statementsOf } from '../attack/fix/statement.ts'
import type { Fix } from '../attack/fix/fix.ts'
import { gained } from '../attack/compare.ts'
import { goalOf } from '../attack/path.ts'
import type { AttackPath } from '../attack/path.ts'
import { buildEstate } from '../graph/estate.ts'
import type { Estate } from '../graph/estate.ts'
import type { Resource } from '../model/resource.ts'
import { changeHcl } from '../sources/edit/terraform.ts'
import { rewrite } from '../sources/edit/tree.ts'
import { yamlAt } from '../sources/edit/yaml.ts'
import { facts } from './facts.ts'
import type { ReadAgain, ReadSource } from './fixes.ts'
import { findPaths } from './paths.ts'
import type { PathWishes } from './paths.ts'

/** Writes a fix into the templates that an estate came from. */
export interface Patcher {
  /** Whether a template can take an edit. */
  accepts(edit: Edit): boolean
  /** What each file becomes, by its full path; undefined where a template cannot take the edits, or the paths are still there with them. */
  patch(fix: Fix, paths: readonly AttackPath[]): Promise<ReadonlyMap<string, string> | undefined>
}

/** A fix is written at the places that its edits change, read again, and solved again. */
export const patcherOf = async (estate: Estate, wishes: PathWishes, read: ReadSource, again: ReadAgain): Promise<Patcher> => {
  const everything = { ...wishes, all: true }
  const before = await findPaths(estate, everything)
  return {
    accepts: (edit) => apply(estate, [edit], read) !== undefined,
    async patch(fix, paths) {
      const texts = apply(estate, fix.edits, read)
      if (texts === undefined) return undefined
      const after = await findPaths(buildEstate(await again(texts), await facts()), everything)
      const [gone, left] = [new Set(fix.removes), new Set(after.map(goalOf))]
      return paths.some((path) => gone.has(path.id) && left.has(goalOf(path))) || gained(before, after).length > 0 ? undefined : texts
    },
  }
}

const apply = (estate: Estate, edits: readonly Edit[], read: ReadSource): Map<string, string> | undefined => {
  const placed = edits.map((edit) => ({ edit, resource: resourceOf(estate, edit.type, edit.resource) }))
  // From the last line to the first, so that those above keep their numbers.
  placed.sort((a, b) => (b.resource?.location?.line ?? 0) - (a.resource?.location?.line ?? 0))
  const texts = new Map<string, string>()
  for (const { edit, resource } of placed) {
    const name = resource?.location?.file
    const deployable = resource === undefined || edit.adds !== undefined ? undefined : withoutEmpty(resource, edit)
    if (resource === undefined || name === undefined || deployable === undefined) return undefined
    const file = resolve(name)
    const text = texts.get(file) ?? read(file)
    const changed = text === undefined ? undefined : inText(text, file, resource, deployable)
    if (changed === undefined) return undefined
    texts.set(file, changed)
  }
  return texts
}

/** Policies that are resources of their own, to which nothing else refers. */
const separate = new Set([
  'AWS::IAM::Policy', 'AWS::IAM::RolePolicy', 'AWS::IAM::UserPolicy', 'AWS::IAM::GroupPolicy', 'AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy', 'AWS::SecretsManager::ResourcePolicy',
])

/** AWS refuses a policy without statements: the policy goes as a whole; undefined where it cannot. */
const withoutEmpty = (resource: Resource, edit: Edit): Edit | undefined => {
  const isEmpty = statementsOf(edit.before).length > 0 && statementsOf(edit.after).length === 0
  if (!isEmpty) return edit
  if (separate.has(resource.type)) return { ...edit, pointer: '', before: resource.properties, after: undefined }
  const [, index] = /^Policies\/(\d+)\/PolicyDocument$/.exec(edit.pointer) ?? []
  const policies = resource.properties['Policies']
  return index === undefined || !Array.isArray(policies) ? undefined : { ...edit, pointer: 'Policies', before: policies, after: policies.filter((_policy, at) => at !== Number(index)) }
}

const inText = (text: string, file: string, resource: Resource, edit: Edit): string | undefined => {
  if (/\.(tf|tofu)$/.test(file)) return changeHcl(text, resource.location?.line ?? 0, edit)
  // What the CDK writes is written again by its next synthesis; a plan is no source.
  if (resource.location?.path !== undefined) return undefined
  const logical = resource.id.split('/').at(-1)!
  if (edit.pointer === '') {
    const rest = rewrite(yamlAt(['Resources']), text, { [logical]: true }, {})
    // What refers to it would name nothing.
    return rest === undefined || new RegExp(`\\b${logical}\\b`).test(rest) ? undefined : rest
  }
  return rewrite(yamlAt(['Resources', logical, 'Properties']), text, resource.properties, edited(resource.properties, edit.pointer.split('/'), edit.after))
}
