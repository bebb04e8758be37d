import { sceneOf } from '../attack/estate/scene.ts'
import { uses } from '../attack/estate/uses.ts'
import type { Estate, Facts } from '../graph/estate.ts'
import type { Use } from '../graph/lineage.ts'

const asked = ['invokes', 'answers from', 'calls']

/** Models, agents and what agents have: not the functions and packages that they use beside. */
const isAi = (type: string): boolean => /^AWS::(?:Bedrock|BedrockAgentCore|SageMaker)::/.test(type)

/**
 * What workloads use of AI though no property of theirs says so: their role may, and either a variable names it or the role may use this one and
 * not any other. What their role only might be for is left out.
 */
export const usesOfAi = (estate: Estate, facts: Facts): Use[] => {
  const wanted = Object.entries(uses).filter(([type, { relation }]) => isAi(type) && asked.includes(relation))
  const workloads = new Set(wanted.flatMap(([, { by }]) => by).filter((type) => estate.ofType(type).length > 0))
  if (workloads.size === 0) return []
  const scene = sceneOf(estate, facts, [])
  // Who may do all that can be done says nothing by it.
  const administrators = new Set([...scene.who('bedrock:DeleteGuardrail', undefined, undefined)].map((who) => who >> 1))
  const administers = (workload: number) => scene.out(workload, 'runs as').some(({ node }) => administrators.has(scene.classOf(node)))
  return wanted.flatMap(([type, { relation, by }]) => scene.ofType(type).flatMap((target) =>
    scene.in(target, relation).filter(({ node, condition }) => condition === undefined && node < estate.table.length && by.includes(estate.table.typeOf(node)) && (target < estate.graph.size || !administers(node)))
      .map(({ node }): Use => ({ workload: node, relation, name: scene.nameOf(target), ...target < estate.graph.size ? { target } : {} }))))
}
