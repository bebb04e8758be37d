import { listed } from '../core/text.ts'
import type { Pipeline, PipelineNode } from '../graph/lineage.ts'
import { stages } from '../model/describe.ts'
import { fit } from './columns.ts'
import type { Style } from './format.ts'
import { painter } from './paint.ts'

/** A pipeline in text, stage by stage, each part with where its input comes from and who it is. */
export const drawPipeline = ({ name, nodes, edges }: Pipeline, style: Style): string => {
  const paint = painter(style.colour)
  const names = new Map(nodes.map((node) => [node.node, node.name]))
  const lines = stages.flatMap((stage) => {
    const members = nodes.filter((node) => node.stage === stage)
    return members.length === 0 ? [] : [
      paint(['bold', 'underline'], stage),
      ...members.flatMap((node) => {
        const from = edges.filter(({ to, relation }) => to === node.node && relation !== 'contains').map((edge) => `${names.get(edge.from) ?? '?'} (${edge.relation})`)
        return [
          `  ${paint('cyan', node.name)} ${paint('dim', node.label)}`,
          ...from.map((text) => `    ← ${fit(text, style.columns - 6)}`),
          ...about(node).map((text) => `    ${paint('dim', fit(text, style.columns - 4))}`),
        ]
      }),
      '',
    ]
  })
  return `${paint('bold', name)}\n\n${lines.join('\n')}\n`
}

const about = ({ identity, keys, network }: PipelineNode): string[] => [
  ...identity.length === 0 ? [] : [`runs as ${listed(identity)}`],
  ...keys.length === 0 ? [] : [`encrypted with ${listed(keys)}`],
  ...network.length === 0 ? [] : [`in ${listed(network)}`],
]
