import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { identify } from '../model/identify.ts'
import type { Resource } from '../model/resource.ts'
import { snapshotSchema, tableOf } from '../model/snapshot.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { tagsIn } from '../model/tags.ts'
import { typeSchemas } from '../sources/shape.ts'

const folder = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'data', 'demo')
const account = '111122223333'
const region = 'us-east-1'

type Entry = Pick<Resource, 'type' | 'properties'> & Partial<Resource>

/** The sample estate: a company that does not exist, as a scan of its account would have found it. */
export const demoSnapshot = (): Snapshot => {
  const entries = readdirSync(folder).filter((name) => name.endsWith('.yaml')).sort()
    .flatMap((name) => parse(readFileSync(join(folder, name), 'utf8')) as Entry[])
  return {
    header: {
      schema: snapshotSchema, takenAt: '2026-11-24T06:00:00Z', tool: 'bartizan', source: 'demo', origin: 'Larkspur Pay',
      accounts: [{ id: account, name: 'Larkspur Pay, production' }], regions: [region],
    },
    resources: tableOf(entries.map(resourceOf)),
    gaps: [],
    done: [],
  }
}

const resourceOf = (entry: Entry, index: number): Resource => {
  const { id, name, ...identified } = identify(entry.type, typeSchemas()[entry.type], entry.properties, { account, region }, `${entry.type}-${index}`)
  const tags = tagsIn(entry.properties)
  return { account, region: entry.type.startsWith('AWS::IAM::') ? 'global' : region, id, ...identified, tags, ...entry, name: tags['Name'] ?? name }
}
