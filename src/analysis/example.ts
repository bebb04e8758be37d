import type { Gap } from '../core/gap.ts'
import type { Example, Given } from '../checks/check.ts'
import { buildEstate } from '../graph/estate.ts'
import type { Estate, Facts } from '../graph/estate.ts'
import { identify } from '../model/identify.ts'
import type { Resource } from '../model/resource.ts'
import { snapshotSchema, tableOf } from '../model/snapshot.ts'
import type { ResourceType } from '../model/types.gen.ts'
import { typeSchemas } from './facts.ts'

/** The account and region that examples stand in. */
export const exampleAccount = '111122223333'
export const exampleRegion = 'us-east-1'

/** The estate of an example: the resource under check is number 0, what is given stands around it. */
export const exampleEstate = (on: ResourceType, example: Example<ResourceType>, facts: Facts): Estate => {
  const { given = [], unlisted = [], tagged = {}, ...properties } = example as { given?: Given[], unlisted?: string[], tagged?: Record<string, string> } & Record<string, unknown>
  const resources = [{ type: on, properties, tags: tagged }, ...given].map(resourceOf)
  const gaps = unlisted.map((type): Gap => ({ account: exampleAccount, region: exampleRegion, operation: `list ${type}`, reason: 'access denied', types: [type] }))
  return buildEstate({
    header: {
      schema: snapshotSchema, takenAt: '2026-01-01T00:00:00Z', tool: 'bartizan', source: 'example', origin: 'example',
      accounts: [{ id: exampleAccount }], regions: [exampleRegion],
    },
    resources: tableOf(resources),
    gaps,
    done: [],
  }, facts)
}

const resourceOf = (given: Given, index: number): Resource => {
  const { type, properties, account = exampleAccount, region = exampleRegion } = given
  const identified = identify(type, typeSchemas()[type], properties, { account, region }, `example-${index}`)
  return { type, account, region, ...identified, ...(given.id === undefined ? {} : { id: given.id }), tags: { ...tagsOf(properties), ...given.tags }, properties }
}

/** Tags as a map, whichever of CloudFormation's two forms they are written in. */
export const tagsOf = (properties: Readonly<Record<string, unknown>>): Record<string, string> => {
  const tags = properties['Tags']
  if (Array.isArray(tags)) {
    return Object.fromEntries(tags.filter((tag): tag is { Key: string, Value: string } => typeof (tag as { Key?: unknown } | null)?.Key === 'string').map(({ Key, Value }) => [Key, String(Value)]))
  }
  return typeof tags === 'object' && tags !== null ? Object.fromEntries(Object.entries(tags).filter(([, value]) => typeof value === 'string')) as Record<string, string> : {}
}
