import { identity } from '../core/hash.ts'
import type { Asset } from '../analysis/assets.ts'
import type { Estate } from '../graph/estate.ts'
import { externalParts } from './cyclonedx-externals.ts'
import { formulas } from './cyclonedx-formulation.ts'
import type { Inventory } from './inventory.ts'

export type Component = Readonly<Record<string, unknown>>

/** The inventory as a CycloneDX 1.7 AI bill of materials: models, datasets, services, how each was made, and what depends on what. */
export const cyclonedx = ({ estate, assets, pipelines }: Inventory): string => {
  const ref = referencesOf(assets)
  const models = assets.filter(isModel)
  const data = assets.filter((asset) => !isModel(asset) && asset.pillar === 'data')
  const services = assets.filter((asset) => !isModel(asset) && asset.pillar !== 'data')
  const byId = new Map(assets.map((asset) => [asset.id, ref(asset)]))
  const externals = externalParts(estate, assets)
  for (const { id } of externals) byId.set(id, id)
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.7.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.7',
    serialNumber: `urn:uuid:${uuid(`${estate.header.origin} ${estate.header.takenAt}`)}`,
    version: 1,
    metadata: {
      timestamp: estate.header.takenAt,
      tools: { components: [{ type: 'application', name: 'bartizan', description: 'Open AI security posture manager for AWS' }] },
      component: { type: 'platform', 'bom-ref': 'estate', name: `AWS ${estate.header.origin}` },
    },
    components: [...models.map((asset) => modelComponent(estate, asset, ref(asset))), ...data.map((asset) => dataComponent(asset, ref(asset))), ...externals.map(({ component }) => component)],
    services: services.map((asset) => service(asset, ref(asset))),
    dependencies: [...assets.map((asset) => dependency(estate, asset, ref(asset), byId)), ...externals.map(({ id }) => ({ ref: id }))],
    formulation: formulas(estate, pipelines, byId),
  }
  return `${JSON.stringify(document, undefined, 2)}\n`
}

/** References to assets, each its own: an id that several accounts or regions have is told apart by where it is. */
const referencesOf = (assets: readonly Asset[]): ((asset: Asset) => string) => {
  const times = Map.groupBy(assets, ({ id }) => id)
  return ({ id, type, account, region }) => (times.get(id)!.length === 1 ? id : `${id} ${type} ${account} ${region}`)
}

const isModel = ({ stage, pillar }: Asset): boolean => stage === 'model' && pillar === 'models'

const properties = ({ type, account, region, exposure, because, owner, lastUsedAt }: Asset) => [
  ['type', type], ['account', account], ['region', region], ['exposure', exposure], ['known-by', because], ['owner', owner], ['last-used', lastUsedAt],
].filter(([, value]) => value !== undefined).map(([name, value]) => ({ name: `bartizan:${name}`, value }))

const modelComponent = (estate: Estate, asset: Asset, ref: string): Component => {
  const node = estate.graph.find(asset.id)
  const datasets = node === undefined ? [] : estate.graph.out(node).filter(({ relation }) => relation === 'reads' || relation === 'loads').map((edge) => estate.graph.node(edge.node).id)
  return {
    type: 'machine-learning-model',
    'bom-ref': ref,
    name: asset.name,
    modelCard: { modelParameters: datasets.length === 0 ? {} : { datasets: datasets.map((name) => ({ type: 'dataset', name })) } },
    properties: properties(asset),
  }
}

const dataComponent = (asset: Asset, ref: string): Component => ({
  type: 'data',
  'bom-ref': ref,
  name: asset.name,
  data: [{
    type: 'dataset', name: asset.name,
    ...asset.dataClass === undefined ? {} : { classification: asset.dataClass },
    ...asset.owner === undefined ? {} : { governance: { owners: [{ organization: { name: asset.owner } }] } },
  }],
  properties: properties(asset),
})

const service = (asset: Asset, ref: string): Component => ({
  'bom-ref': ref,
  name: asset.name,
  group: asset.service,
  ...asset.exposure === 'unknown' ? {} : { authenticated: asset.exposure !== 'public', 'x-trust-boundary': asset.exposure !== 'private' },
  properties: properties(asset),
})

const dependency = (estate: Estate, { id }: Asset, ref: string, byId: ReadonlyMap<string, string>) => {
  const node = estate.graph.find(id)
  const others = node === undefined ? [] : estate.graph.out(node).flatMap((edge) => byId.get(estate.graph.node(edge.node).id) ?? []).filter((other) => other !== ref)
  return { ref, ...others.length === 0 ? {} : { dependsOn: [...new Set(others)].sort() } }
}

/** A UUID (version 8: made of a hash of ours) that is the same for the same text. */
const uuid = (text: string): string => {
  const hex = identity(text) + identity(`${text}#`)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
