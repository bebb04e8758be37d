import { assetsOf } from '../../analysis/assets.ts'
import type { Analysis } from '../../analysis/analysis.ts'
import { byText, listed } from '../../core/text.ts'
import { pipelinesOf } from '../../graph/lineage.ts'
import type { Pipeline } from '../../graph/lineage.ts'
import { stages } from '../../model/describe.ts'
import { escaped } from '../escape.ts'
import { drawing } from './drawing.ts'
import type { Section } from './page.ts'

const most = 500

/** Every AI asset, with whom it belongs to and how it can be reached. */
export const inventorySection = ({ estate }: Analysis): Section => {
  const assets = assetsOf(estate).toSorted((a, b) => byText(a.service, b.service) || byText(a.name, b.name))
  const rows = assets.slice(0, most).map(({ service, name, label, id, account, region, exposure, owner, because }) =>
    `<tr><td>${escaped(service)}</td><td title="${escaped(id)}">${escaped(name)}<br><span class="dim">${escaped(label)}</span></td><td>${escaped(`${account} ${region}`)}</td><td class="${exposure === 'public' ? 'high' : exposure === 'authenticated' ? 'medium' : 'dim'}">${exposure}</td><td>${escaped(owner ?? '')}</td><td class="dim">${escaped(because)}</td></tr>`)
  return {
    id: 'inventory',
    title: `Inventory: ${assets.length} AI assets`,
    html: `<div class="scroll"><table class="list"><thead><tr><th>Service</th><th>Asset</th><th>Where</th><th>Exposure</th><th>Owner</th><th>Known by</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>${
      assets.length > most ? `<p class="dim">and ${assets.length - most} more: see bartizan inventory</p>` : ''}`,
  }
}

/** From data to use, drawn: one picture a pipeline. */
export const pipelinesSection = ({ estate }: Analysis): Section[] => {
  const pipelines = pipelinesOf(estate).slice(0, 20)
  return pipelines.length === 0 ? [] : [{ id: 'pipelines', title: 'Pipelines', html: pipelines.map((pipeline) => `<h3>${escaped(pipeline.name)}</h3><div class="scroll">${picture(pipeline)}</div>`).join('\n') }]
}

const picture = ({ name, nodes, edges }: Pipeline): string => {
  const used = stages.filter((stage) => nodes.some((node) => node.stage === stage))
  const boxes = nodes.map((node) => ({
    id: node.node,
    column: used.indexOf(node.stage),
    title: node.name,
    label: node.label,
    kind: node.stage,
    hint: [node.id, ...node.identity.length === 0 ? [] : [`runs as ${listed(node.identity)}`], ...node.keys.length === 0 ? [] : [`encrypted with ${listed(node.keys)}`], ...node.network.length === 0 ? [] : [`in ${listed(node.network)}`]].join('; '),
  }))
  return drawing(`Pipeline ${name}`, boxes, edges.map(({ from, to, relation }) => ({ from, to, label: relation })), used)
}
