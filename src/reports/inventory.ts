import type { Asset } from '../analysis/assets.ts'
import { byText, count } from '../core/text.ts'
import type { Estate } from '../graph/estate.ts'
import type { Pipeline } from '../graph/lineage.ts'
import { aligned, fit } from './columns.ts'
import { cyclonedx } from './cyclonedx.ts'
import type { Style } from './format.ts'
import { painter } from './paint.ts'

/** What an inventory is made of. */
export interface Inventory {
  readonly estate: Estate
  readonly assets: readonly Asset[]
  readonly pipelines: readonly Pipeline[]
}

type Render = (inventory: Inventory, style: Style) => string | Promise<string>

const table: Render = ({ assets, pipelines }, { colour, columns }) => {
  const paint = painter(colour)
  const groups = [...Map.groupBy(assets, ({ service }) => service)].toSorted(([a], [b]) => byText(a, b))
  const lines = groups.flatMap(([service, members]) => [
    `${paint('bold', service)} ${paint('dim', String(members.length))}`,
    ...aligned(members.map(({ name, label, account, region, exposure, owner, dataClass }) => [
      `  ${paint('cyan', fit(name, Math.max(24, columns - 56)))}`, fit(label, 24), `${account} ${region}`,
      exposure === 'private' ? paint('dim', exposure) : paint('yellow', exposure), [owner, dataClass].filter((text) => text !== undefined).map((text) => paint('dim', text)).join(' '),
    ])),
    '',
  ])
  const drawn = pipelines.length === 0 ? '' : `Pipelines: ${pipelines.map(({ name }) => paint('cyan', name)).join(', ')} (--pipeline NAME draws one)\n`
  return `${lines.join('\n')}\n${count(assets.length, 'AI asset')}\n${drawn}`
}

const json: Render = ({ estate, assets, pipelines }) =>
  `${JSON.stringify({ schema: 'bartizan.inventory/1', snapshot: estate.header, assets, pipelines }, undefined, 2)}\n`

/** The formats of an inventory, by name. */
export const inventoryFormats: ReadonlyMap<string, Render> = new Map<string, Render>([['table', table], ['json', json], ['cyclonedx', cyclonedx]])
