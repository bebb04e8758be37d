import type { Gap } from '../core/gap.ts'
import type { Example, Given } from '../checks/check.ts'
import { buildEstate } from '../graph/estate.ts'
import type { Estate, Facts } from '../graph/estate.ts'
import { identify } from '../model/identify.ts'
import type { Resource } from '../model/resource.ts'
import { tagsIn } from '../model/tags.ts'
import { snapshotSchema, tableOf } from '../model/snapshot.ts'
import type { ResourceType } from '../model/types.gen.ts'
import { typeSchemas } from '../sources/shape.ts'

/** The account and region that examples stand in. */
export const exampleAccount = '111122223333'
export const exampleRegion = 'us-east-1'

/** The estate of an example: the resource under check is number 0, what is given stands around it. */
export const exampleEstate = (on: ResourceType, example: Example<ResourceType>, facts: Facts): Estate => {
  const { given = [], unlisted = [], tagged = {}, times = {}, ...properties } = example as { given?: Given[], unlisted?: string[], tagged?: Record<string, string>, times?: object } & Record<string, unknown>
  const resources = [{ type: on, properties, tags: tagged, ...times }, ...given].map(resourceOf)
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
  const { type, properties, account = exampleAccount, region = exampleRegion, createdAt, lastUsedAt } = given
  const identified = identify(type, typeSchemas()[type], properties, { account, region }, `example-${index}`)
  return {
    type, account, region, ...identified, ...(given.id === undefined ? {} : { id: given.id }), tags: { ...tagsIn(properties), ...given.tags }, properties,
    ...(createdAt === undefined ? {} : { createdAt }), ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
  }
}
