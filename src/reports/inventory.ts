import type { Asset } from '../analysis/assets.ts'
import { byText, count, listed } from '../core/text.ts'
import type { Gap } from '../core/gap.ts'
import type { Estate } from '../graph/estate.ts'
import type { Pipeline } from '../graph/lineage.ts'
import { pillars } from '../model/risk.ts'
import { aligned, fit, fitMiddle, wrap } from './columns.ts'
import { csvOf } from './csv-rows.ts'
import { cyclonedx } from './cyclonedx.ts'
import type { Style } from './format.ts'
import { inventorySection } from './html/inventory.ts'
import { page } from './html/page.ts'
import { pipelinesSection } from './html/pipelines.ts'
import { painter } from './paint.ts'
import type { Paint } from './paint.ts'

/** What an inventory is made of. */
export interface Inventory {
  readonly estate: Estate
  readonly assets: readonly Asset[]
  readonly pipelines: readonly Pipeline[]
  /** What could not be read. */
  readonly gaps: readonly Gap[]
}

type Render = (inventory: Inventory, style: Style) => string | Promise<string>

const table: Render = ({ assets, pipelines, gaps }, { colour, columns }) => {
  const paint = painter(colour)
  const groups = [...Map.groupBy(assets, ({ service }) => service)].toSorted(([a], [b]) => byText(a, b))
  const wide = Math.max(20, columns - 60)
  const lines = groups.flatMap(([service, members]) => [
    `${paint('bold', service)} ${paint('dim', String(members.length))}`,
    ...aligned(members.map(({ name, label, account, region, exposure }) => [
      `  ${paint('cyan', fitMiddle(name, wide))}`, fit(label, 18), `${account} ${region}`, exposure === 'private' ? paint('dim', exposure) : paint('yellow', exposure),
    ])).flatMap((line, index) => [line, ...about(members[index]!, paint, columns)]),
    '',
  ])
  const drawn = pipelines.length === 0 ? [] : [`Pipelines: ${listed(pipelines.slice(0, mostNamed).map(({ name }) => name))}${pipelines.length > mostNamed ? ` and ${pipelines.length - mostNamed} more` : ''}; --pipeline NAME draws one`]
  const byPillar = pillars.map((pillar) => `${assets.filter((asset) => asset.pillar === pillar).length} ${pillar}`)
  return `${[...lines, ...[`${count(assets.length, 'AI asset')}: ${listed(byPillar)}`, ...drawn, ...unlisted(gaps)].flatMap((text) => wrap(paint('reset', text), columns))].join('\n')}\n`
}

/** Lists that could not be read: what they would hold is not in the inventory. */
const unlisted = (gaps: readonly Gap[]): string[] => {
  const lists = gaps.filter(({ types }) => types !== undefined)
  return lists.length === 0 ? [] : [`Not known: ${count(lists.length, 'list')} could not be read (${[...new Set(lists.map(({ operation }) => operation))].slice(0, mostNamed).join(', ')}${lists.length > mostNamed ? ', …' : ''}); what they would hold is not here.`]
}

const mostNamed = 12

/** Whose it is, what it holds, when it was used and what gave it away, where that is told. */
const about = (asset: Asset, paint: Paint, columns: number): string[] => {
  const { owner, dataClass, lastUsedAt, because } = asset
  const told = [
    ...owner === undefined ? [] : [`owner ${owner}`], ...dataClass === undefined ? [] : [`holds ${dataClass}`], ...lastUsedAt === undefined ? [] : [`used ${lastUsedAt.slice(0, 10)}`],
    ...isPlain(asset) ? [] : [because],
  ]
  return told.length === 0 ? [] : [`    ${paint('dim', fit(told.join(', '), columns - 4))}`]
}

/** Whether its type says that it is AI, or an asset that names it; of any other a reader wants to know what does. */
const isPlain = ({ because }: Asset): boolean => because === 'its type' || because.includes(' names it as "')

const json: Render = ({ estate, assets, pipelines, gaps }) =>
  `${JSON.stringify({ schema: 'bartizan.inventory/1', snapshot: estate.header, assets, pipelines, gaps }, undefined, 2)}\n`

/** One asset a row, with commas. */
const csv: Render = ({ assets }) => csvOf([
  ['SERVICE', 'TYPE', 'LABEL', 'NAME', 'ID', 'ACCOUNT', 'REGION', 'PILLAR', 'STAGE', 'EXPOSURE', 'OWNER', 'DATA_CLASS', 'LAST_USED', 'KNOWN_BY', 'TAGS'],
  ...assets.map(({ service, type, label, name, id, account, region, pillar, stage = '', exposure, owner = '', dataClass = '', lastUsedAt = '', because, tags }) =>
    [service, type, label, name, id, account, region, pillar, stage, exposure, owner, dataClass, lastUsedAt, because, Object.entries(tags).map(([key, value]) => `${key}=${value}`).join(' | ')]),
], ',')

const html: Render = ({ estate, assets, pipelines }) => {
  const known = { estate, findings: [] }
  return page('AI inventory', `${estate.header.origin}, as of ${estate.header.takenAt.slice(0, 16).replace('T', ' ')} UTC`, [inventorySection(known, assets), ...pipelinesSection(known, pipelines)])
}

/** The formats of an inventory, by name. */
export const inventoryFormats: ReadonlyMap<string, Render> = new Map<string, Render>([['table', table], ['json', json], ['csv', csv], ['html', html], ['cyclonedx', cyclonedx]])
