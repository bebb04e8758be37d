import { valueAt } from '../../core/pointer.ts'
import { schemaOf } from '../shape.ts'
import type { Call, Item, Row } from './collector.ts'
import { inputOf } from './input.ts'
import type { Run } from './run.ts'
import { serviceOf, tagRecord } from './tags.ts'
import type { Tags } from './tags.ts'

/** Tags, or why they are not known. */
export type TagsRead = { readonly tags: Tags, readonly unread?: string }

/** The tags of an item: those that it brings, else those that the tagging API tells, else those that its service tells. */
export const tagsOf = async (run: Run, row: Row, item: Item, arn = ''): Promise<TagsRead> => {
  if (typeof row.tags === 'string') return { tags: tagRecord(valueAt(item, row.tags)) }
  const given = item['Tags'] ?? item['tags'] ?? item['TagList'] ?? item['TagSet']
  const own = tagRecord(given)
  if (Object.keys(own).length > 0) return { tags: own }
  const known = await run.tags()
  const told = known?.of.get(arn)
  if (told !== undefined || known?.services.has(serviceOf(arn)) === true) return { tags: told ?? {} }
  const isTaggable = schemaOf(row.type)?.tags !== undefined
  const call = row.tags ?? (isTaggable && arn !== '' && given === undefined ? run.collector.tags : undefined)
  if (call === undefined) return { tags: {}, ...(known === undefined && isTaggable && given === undefined ? { unread: 'tag:GetResources did not answer' } : {}) }
  return known !== undefined && run.untagged(row.type) >= patience ? { tags: {} } : askFor(run, row.type, call, { ...item, $arn: arn })
}

/** After so many things of a type without tags, of a service that the tagging API tells nothing of, the others have none either. */
const patience = 20

const askFor = async (run: Run, type: string, call: Call, item: Item): Promise<TagsRead> => {
  const outcome = await run.call(call.operation, inputOf(run, call, item))
  if ('failure' in outcome && outcome.failure.kind !== 'absent') {
    const { failure } = outcome
    if (run.untagged(`${type} unread`, 1) === 1) await run.gap(call.operation, { ...failure, reason: `${failure.reason}; tags of ${type} are not known` })
    return { tags: {}, unread: `${call.operation}: ${failure.reason}` }
  }
  const tags = 'answer' in outcome ? tagRecord(valueAt(outcome.answer, call.at ?? 'Tags')) : {}
  if (Object.keys(tags).length === 0) run.untagged(type, 1)
  return { tags }
}
