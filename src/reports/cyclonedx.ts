import { identity } from '../core/hash.ts'
import type { Asset } from '../analysis/assets.ts'
import type { Inventory } from './inventory.ts'

type Component = Readonly<Record<string, unknown>>

/** The inventory as a CycloneDX 1.7 AI bill of materials: models, datasets, services, how each was made, and what depends on what. */
export const cyclonedx = ({ estate, assets, pipelines }: Inventory): string => {
  const models = assets.filter(isModel)
  const data = assets.filter((asset) => !isModel(asset) && asset.pillar === 'data')
  const services = assets.filter((asset) => !isModel(asset) && asset.pillar !== 'data')
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
    components: [...models.map((asset) => modelComponent(estate, asset)), ...data.map(dataComponent)],
    services: services.map(service),
    dependencies: dependencies(estate, assets),
    formulation: pipelines.map(formula),
  }
  return `${JSON.stringify(document, undefined, 2)}\n`
}

const isModel = ({ stage, pillar }: Asset): boolean => stage === 'model' && pillar === 'models'

const properties = ({ type, account, region, exposure, because, owner }: Asset) => [
  ['type', type], ['account', account], ['region', region], ['exposure', exposure], ['known-by', because], ['owner', owner],
].filter(([, value]) => value !== undefined).map(([name, value]) => ({ name: `bartizan:${name}`, value }))

const modelComponent = (estate: Inventory['estate'], asset: Asset): Component => {
  const node = estate.graph.find(asset.id)
  const datasets = node === undefined ? [] : estate.graph.out(node).filter(({ relation }) => relation === 'reads' || relation === 'loads').map((edge) => estate.graph.node(edge.node).id)
  return {
    type: 'machine-learning-model',
    'bom-ref': asset.id,
    name: asset.name,
    modelCard: { modelParameters: datasets.length === 0 ? {} : { datasets: datasets.map((name) => ({ type: 'dataset', name })) } },
    properties: properties(asset),
  }
}

const dataComponent = (asset: Asset): Component => ({
  type: 'data',
  'bom-ref': asset.id,
  name: asset.name,
  data: [{
    type: 'dataset', name: asset.name,
    ...asset.dataClass === undefined ? {} : { classification: asset.dataClass },
    ...asset.owner === undefined ? {} : { governance: { owners: [{ organization: { name: asset.owner } }] } },
  }],
  properties: properties(asset),
})

const service = (asset: Asset): Component => ({
  'bom-ref': asset.id,
  name: asset.name,
  group: asset.service,
  ...asset.exposure === 'unknown' ? {} : { authenticated: asset.exposure !== 'public', 'x-trust-boundary': asset.exposure !== 'private' },
  properties: properties(asset),
})

const dependencies = (estate: Inventory['estate'], assets: readonly Asset[]) => {
  const listed = new Set(assets.map(({ id }) => id))
  return assets.map(({ id }) => {
    const node = estate.graph.find(id)
    const names = node === undefined ? [] : estate.graph.out(node).map((edge) => estate.graph.node(edge.node).id).filter((other) => other !== id && listed.has(other))
    return { ref: id, ...names.length === 0 ? {} : { dependsOn: [...new Set(names)].sort() } }
  })
}

/** How a pipeline's models came about: one workflow, a task for each job in it. */
const formula = ({ name, nodes, edges }: Inventory['pipelines'][number]) => {
  const jobs = nodes.filter(({ stage }) => stage === 'prepare' || stage === 'train')
  const names = new Map(nodes.map((node) => [node.node, node.id]))
  const resource = (node: number) => ({ resource: { externalReference: { type: 'other', url: names.get(node) ?? 'unknown' } } })
  return {
    'bom-ref': `formula ${name}`,
    workflows: [{
      'bom-ref': `workflow ${name}`,
      uid: identity(name),
      name,
      taskTypes: ['build'],
      ...jobs.length === 0 ? {} : {
        tasks: jobs.map((job) => ({
          'bom-ref': `task ${name} ${job.id}`,
          uid: identity(job.id),
          name: job.name,
          taskTypes: [job.stage === 'train' ? 'build' : 'copy'],
          inputs: edges.filter(({ to }) => to === job.node).map(({ from }) => resource(from)),
          outputs: edges.filter(({ from }) => from === job.node).map(({ to }) => ({ ...resource(to), type: 'artifact' })),
        })),
      },
    }],
  }
}

/** A UUID (version 8: made of a hash of ours) that is the same for the same text. */
const uuid = (text: string): string => {
  const hex = identity(text) + identity(`${text}#`)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
