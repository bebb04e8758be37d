import type { Analysis } from '../../analysis/analysis.ts'
import { count, listed } from '../../core/text.ts'
import type { Estate } from '../../graph/estate.ts'
import type { Pipeline, PipelineNode } from '../../graph/lineage.ts'
import type { Finding } from '../../model/finding.ts'
import { stages } from '../../model/describe.ts'
import { escaped } from '../escape.ts'
import { drawing } from './drawing.ts'
import type { Box } from './drawing.ts'
import { filters } from './filters.ts'
import { layers } from './layers.ts'
import type { Section } from './page.ts'

/** How many pipelines are drawn, and how many parts of one: a picture of more shows nothing. */
const most = { pipelines: 60, parts: 120 }

/** From data to use, drawn: one picture a pipeline, each part with who it is, its keys and networks, and what is wrong with it. */
export const pipelinesSection = ({ findings, estate }: Pick<Analysis, 'findings' | 'estate'>, pipelines: readonly Pipeline[]): Section[] => {
  if (pipelines.length === 0) return []
  const byResource = Map.groupBy(findings, ({ resource }) => resource)
  const drawn = pipelines.slice(0, most.pipelines).map((pipeline, index) => card(pipeline, index, byResource, estate.accounts.size > 1 ? placesOf(estate, pipeline) : []))
  return [{
    id: 'pipelines',
    title: 'Pipelines',
    count: pipelines.length,
    html: `${pipelines.length > 3 ? filters('pipelines', []) : ''}${drawn.join('\n')}${pipelines.length > most.pipelines ? `<p class="dim">and ${pipelines.length - most.pipelines} more: see bartizan inventory --pipeline</p>` : ''}`,
  }]
}

const card = (pipeline: Pipeline, index: number, findings: ReadonlyMap<string, readonly Finding[]>, places: readonly string[]): string => {
  const { name, nodes } = pipeline
  const left = nodes.length - most.parts
  return `<details data-row="${escaped(nodes.map(({ id, type }) => `${id} ${type}`).join(' '))}" id="pipeline-${index}"${index < 3 ? ' open' : ''}><summary><span class="n">${nodes.length}</span><span><b>${escaped(name)}</b> <span class="dim small">${escaped(listed(places))}</span></span><span class="where">${
    stages.filter((stage) => nodes.some((node) => node.stage === stage)).map((stage) => `<span class="stage ${stage}">${stage}</span>`).join(' ')}</span></summary><div class="body"><div class="scroll" tabindex="0" role="group" aria-label="${escaped(`Picture of ${name}`)}">${picture(pipeline, findings)}</div>${
    left > 0 ? `<p class="dim">and ${count(left, 'more part', 'more parts')}: see bartizan inventory --pipeline</p>` : ''}</div></details>`
}

/** The accounts that its parts stand in. */
const placesOf = (estate: Estate, { nodes }: Pipeline): string[] =>
  [...new Set(nodes.flatMap(({ node }) => estate.graph.node(node).resource ?? []).map((resource) => estate.table.accountOf(resource)))].sort()

const picture = ({ name, nodes, edges }: Pipeline, findings: ReadonlyMap<string, readonly Finding[]>): string => {
  const shown = nodes.slice(0, most.parts)
  const columns = layers(shown.map(({ node }) => node), edges)
  return drawing(`Pipeline ${name}`, shown.map((node) => box(node, columns.get(node.node)!, findings.get(node.id) ?? [])), edges.map(({ from, to, relation }) => ({ from, to, label: relation })))
}

const box = (node: PipelineNode, column: number, findings: readonly Finding[]): Box => {
  const { node: id, name, label, stage, identity, keys, network } = node
  const [worst] = findings
  const notes = [...identity.length === 0 ? [] : [`as ${listed(identity)}`], ...keys.length === 0 ? [] : [`key ${listed(keys)}`], ...network.length === 0 ? [] : [`in ${listed(network)}`]]
  const told = findings.slice(0, 8).map(({ severity, title }) => `${severity}: ${title}`)
  return {
    id, column, title: name.replace(/^(?:s3:\/\/|model\/)/, ''), label, kind: stage, notes,
    hint: [node.id, ...notes, ...told, ...findings.length > told.length ? [`and ${findings.length - told.length} more findings`] : []].join('\n'),
    ...worst === undefined ? {} : { mark: { severity: worst.severity, text: count(findings.length, 'finding') } },
  }
}
