import type { Resource } from '../model/resource.ts'
import { tableOf } from '../model/snapshot.ts'
import type { ResourceTable, Snapshot } from '../model/snapshot.ts'

/**
 * The estate that a deployment of templates would leave: a template's resource takes the place of the one that it manages
 * (by its ARN, or by the tags that CloudFormation puts on what it makes), the others are added to what is there.
 */
export const deployedOnto = (live: Snapshot, templates: Snapshot): Snapshot => {
  const planned = Array.from({ length: templates.resources.length }, (_, index) => templates.resources.get(index))
  const managed = managedBy(live.resources, planned)
  const names = realNames(planned, managed, live.resources)
  const replaced = new Set(managed.values())
  const kept = Array.from({ length: live.resources.length }, (_, index) => index).filter((index) => !replaced.has(index))
  const put = planned.map((resource) => placed(resource, managed.get(resource), live.resources, names))
  return {
    header: { ...live.header, source: live.header.source === 'aws' ? 'onto' : live.header.source, origin: `${templates.header.origin} onto ${live.header.origin}` },
    resources: layered(live.resources, kept, put),
    gaps: [...live.gaps, ...templates.gaps],
    done: live.done,
  }
}

/** The live resource that each planned one manages, by its number. */
const managedBy = (live: ResourceTable, planned: readonly Resource[]): ReadonlyMap<Resource, number> => {
  const byArn = new Map<string, Resource>()
  const byStack = new Map<string, Resource>()
  const types = new Set(planned.map(({ type }) => type))
  for (const resource of planned) {
    for (const name of [resource.arn, resource.id]) if (name !== undefined) byArn.set(`${resource.type} ${name}`, resource)
    const [logical = '', stack = ''] = resource.id.split('/').toReversed()
    byStack.set(`${resource.type} ${stack.split('.')[0]}/${logical}`, resource)
  }
  const found = new Map<Resource, number>()
  for (let index = 0; index < live.length; index++) {
    const type = live.typeOf(index)
    if (!types.has(type)) continue
    const named = byArn.get(`${type} ${live.idOf(index)}`)
    const { arn, tags } = named === undefined ? live.get(index) : { arn: undefined, tags: {} as Readonly<Record<string, string>> }
    const match = named ?? (arn === undefined ? undefined : byArn.get(`${type} ${arn}`)) ?? byStack.get(`${type} ${tags['aws:cloudformation:stack-name'] ?? ''}/${tags['aws:cloudformation:logical-id'] ?? ''}`)
    if (match !== undefined && !found.has(match)) found.set(match, index)
  }
  return found
}

/** Names that templates could only guess, and what AWS has called them. */
const realNames = (planned: readonly Resource[], managed: ReadonlyMap<Resource, number>, live: ResourceTable): ReadonlyMap<string, string> => {
  const names = new Map<string, string>()
  for (const resource of planned) {
    const at = managed.get(resource)
    const real = at === undefined ? undefined : live.get(at)
    if (real === undefined) continue
    if (resource.arn !== undefined && real.arn !== undefined && resource.arn !== real.arn) names.set(resource.arn, real.arn)
    if (resource.name !== real.name) names.set(resource.name, real.name)
  }
  return names
}

/** What a scan learns from settings, which are the template's now. */
const ofSettings = new Set(['BartizanSecrets', 'BartizanAiUse'])

/** A planned resource as the account will have it: the identity and what was learnt of it stay, its properties are the template's. */
const placed = (resource: Resource, at: number | undefined, live: ResourceTable, names: ReadonlyMap<string, string>): Resource => {
  const properties = names.size === 0 ? resource.properties : renamed(resource.properties, names) as Resource['properties']
  if (at === undefined) return { ...resource, properties }
  const real = live.get(at)
  const learnt = Object.fromEntries(Object.entries(real.properties).filter(([name]) => name.startsWith('Bartizan') && !ofSettings.has(name)))
  return { ...resource, id: real.id, name: real.name, account: real.account, region: real.region, ...real.arn === undefined ? {} : { arn: real.arn }, tags: { ...real.tags, ...resource.tags }, properties: { ...learnt, ...properties } }
}

const renamed = (value: unknown, names: ReadonlyMap<string, string>): unknown => {
  if (typeof value === 'string') return names.get(value) ?? withRealArn(value, names)
  if (Array.isArray(value)) return value.map((item) => renamed(item, names))
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, renamed(inner, names)])) : value
}

/** `ARN/*` and `ARN:*` hold an ARN too. */
const withRealArn = (text: string, names: ReadonlyMap<string, string>): string => {
  const [, start = '', rest = ''] = /^(arn:.*?)([/:]\*)$/.exec(text) ?? []
  return names.has(start) ? `${names.get(start)}${rest}` : text
}

/** Some of a table's resources, and others after them. */
const layered = (live: ResourceTable, kept: readonly number[], more: readonly Resource[]): ResourceTable => {
  const added = tableOf(more)
  const from = <T>(read: (table: ResourceTable, index: number) => T) => (index: number): T => (index < kept.length ? read(live, kept[index]!) : read(added, index - kept.length))
  return {
    length: kept.length + more.length,
    get: from((table, index) => table.get(index)), typeOf: from((table, index) => table.typeOf(index)), idOf: from((table, index) => table.idOf(index)),
    arnOf: from((table, index) => table.arnOf(index)), accountOf: from((table, index) => table.accountOf(index)), regionOf: from((table, index) => table.regionOf(index)),
  }
}
