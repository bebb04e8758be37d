import type { Asset } from '../../analysis/assets.ts'
import type { Analysis } from '../../analysis/analysis.ts'
import { byText } from '../../core/text.ts'
import type { Finding } from '../../model/finding.ts'
import { pillars } from '../../model/risk.ts'
import { escaped } from '../escape.ts'
import { filtered, filters } from './filters.ts'
import type { Section } from './page.ts'

const most = 5000

/** Every AI asset, with whom it belongs to, how it can be reached, when it was last used and what is wrong with it. */
export const inventorySection = ({ findings }: Pick<Analysis, 'findings'>, assets: readonly Asset[]): Section => {
  const byResource = Map.groupBy(findings, ({ resource }) => resource)
  const shown = assets.slice(0, most)
  return {
    id: 'inventory',
    title: 'Inventory',
    count: assets.length,
    html: `${bar(shown)}<div class="scroll"><table class="list assets"><thead><tr>${
      ['Asset', 'Service', 'Where', 'Pillar', 'Exposure', 'Findings', 'Owner', 'Data', 'Last used', 'Known by'].map((name) => `<th scope="col"><button type="button">${name}</button></th>`).join('')
    }</tr></thead><tbody>${shown.map((asset) => row(asset, byResource.get(asset.id) ?? [])).join('\n')}</tbody></table></div>${
      assets.length > most ? `<p class="dim">and ${assets.length - most} more: see bartizan inventory</p>` : ''}`,
  }
}

const bar = (assets: readonly Asset[]): string => {
  const among = (of: (asset: Asset) => string) => [...new Set(assets.map(of))].sort(byText)
  return filters('assets', [
    { key: 'service', values: among(({ service }) => service) },
    { key: 'pillar', values: pillars.filter((pillar) => assets.some((asset) => asset.pillar === pillar)) },
    { key: 'exposure', values: among(({ exposure }) => exposure) },
    { key: 'account', values: among(({ account }) => account) },
    { key: 'region', values: among(({ region }) => region) },
  ])
}

const inks = { public: 'high', authenticated: 'medium', unknown: 'medium', private: 'dim' } as const

const row = (asset: Asset, findings: readonly Finding[]): string => {
  const { id, type, name, label, service, account, region, pillar, exposure, owner = '', dataClass = '', lastUsedAt = '', because, tags } = asset
  const [worst] = findings
  const wrong = worst === undefined ? '' : filtered('findings', { search: id }, String(findings.length), ` class="tag ${worst.severity}"`)
  const words = [type, id, ...Object.entries(tags).flat()].join(' ')
  return `<tr data-row="${escaped(words)}" data-service="${escaped(service)}" data-pillar="${pillar}" data-exposure="${exposure}" data-account="${escaped(account)}" data-region="${escaped(region)}"><td title="${escaped(id)}"><b>${
    escaped(name)}</b><br><span class="dim small">${escaped(label)}</span></td><td>${escaped(service)}</td><td>${escaped(account)}<br><span class="dim">${escaped(region)}</span></td><td data-of="Pillar">${pillar}</td><td data-of="Exposure" class="${
    inks[exposure]}">${exposure}</td>${cell('Findings', wrong)}${cell('Owner', escaped(owner))}${cell('Data', escaped(dataClass))}${cell('Last used', escaped(lastUsedAt.slice(0, 10)))}<td data-of="Known by" class="dim small">${escaped(because)}</td></tr>`
}

const cell = (of: string, html: string): string => (html === '' ? '<td></td>' : `<td data-of="${of}">${html}</td>`)
