import { identity } from '../core/hash.ts'
import type { Estate } from '../graph/estate.ts'
import type { Pipeline } from '../graph/lineage.ts'

/** How the models of each pipeline came about: one workflow, a task for each job in it; `references` gives what is in the bill, by id. */
export const formulas = (estate: Estate, pipelines: readonly Pipeline[], references: ReadonlyMap<string, string>) => pipelines.map((pipeline, index) => formula(estate, pipeline, index, references))

const formula = (estate: Estate, { name, nodes, edges }: Pipeline, index: number, references: ReadonlyMap<string, string>) => {
  const jobs = nodes.filter(({ type }) => ['prepare', 'train'].includes(estate.descriptions.get(type)?.stage ?? ''))
  const names = new Map(nodes.map((node) => [node.node, node.id]))
  const resource = (node: number) => {
    const id = names.get(node) ?? 'unknown'
    const ref = references.get(id)
    return { resource: ref === undefined ? { externalReference: { type: 'other', url: id } } : { ref } }
  }
  return {
    'bom-ref': `formula ${index + 1} ${name}`,
    workflows: [{
      'bom-ref': `workflow ${index + 1} ${name}`,
      uid: identity(`${index + 1} ${name}`),
      name,
      taskTypes: ['build'],
      ...jobs.length === 0 ? {} : {
        tasks: jobs.map((job) => ({
          'bom-ref': `task ${index + 1} ${job.id}`,
          uid: identity(`${index + 1} ${job.id}`),
          name: job.name,
          taskTypes: [job.stage === 'train' ? 'build' : 'copy'],
          inputs: edges.filter(({ to }) => to === job.node).map(({ from }) => resource(from)),
          outputs: edges.filter(({ from }) => from === job.node).map(({ to }) => ({ ...resource(to), type: 'artifact' })),
        })),
      },
    }],
  }
}
