import { usesOfAi } from '../../analysis/applications.ts'
import { assetsOf } from '../../analysis/assets.ts'
import { facts } from '../../analysis/facts.ts'
import { count } from '../../core/text.ts'
import { pipelinesOf } from '../../graph/lineage.ts'
import { defineFormat } from '../format.ts'
import { findingsSection } from '../html/findings.ts'
import { inventorySection } from '../html/inventory.ts'
import { gapsSection, overviewSection } from '../html/overview.ts'
import { page } from '../html/page.ts'
import { pathsSection } from '../html/paths.ts'
import { pipelinesSection } from '../html/pipelines.ts'
import { chokePointsOf } from '../paths.ts'

/** One self-contained page: overview, findings, inventory, pipelines as pictures, and what is not known. */
export default defineFormat({
  id: 'html',
  title: 'HTML page, self-contained',
  mediaType: 'text/html',
  async render(analysis) {
    const { header, accounts } = analysis.estate
    const subtitle = `${header.origin}, ${count(accounts.size, 'account')}, ${count(analysis.counts.resources, 'resource')}, as of ${header.takenAt.slice(0, 16).replace('T', ' ')} UTC`
    const uses = usesOfAi(analysis.estate, await facts())
    const assets = assetsOf(analysis.estate, uses)
    const pipelines = pipelinesOf(analysis.estate, uses)
    return page('AI security posture', subtitle, [
      overviewSection(analysis, assets, pipelines), ...pathsSection(analysis.estate, analysis.paths, chokePointsOf(analysis.paths)), findingsSection(analysis),
      inventorySection(analysis, assets), ...pipelinesSection(analysis, pipelines), ...gapsSection(analysis),
    ])
  },
})
