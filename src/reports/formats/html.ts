import { count } from '../../core/text.ts'
import { defineFormat } from '../format.ts'
import { inventorySection, pipelinesSection } from '../html/assets.ts'
import { findingsSection } from '../html/findings.ts'
import { gapsSection, overviewSection } from '../html/overview.ts'
import { page } from '../html/page.ts'
import { pathsSection } from '../html/paths.ts'
import { chokePointsOf } from '../paths.ts'

/** One self-contained page: overview, findings, inventory, pipelines as pictures, and what is not known. */
export default defineFormat({
  id: 'html',
  title: 'HTML page, self-contained',
  mediaType: 'text/html',
  render(analysis) {
    const { header, accounts } = analysis.estate
    const subtitle = `${header.origin}, ${count(accounts.size, 'account')}, ${count(analysis.counts.resources, 'resource')}, as of ${header.takenAt.slice(0, 16).replace('T', ' ')} UTC`
    return page('AI security posture', subtitle, [
      overviewSection(analysis), ...pathsSection(analysis.estate, analysis.paths, chokePointsOf(analysis.paths)), findingsSection(analysis), inventorySection(analysis), ...pipelinesSection(analysis), ...gapsSection(analysis),
    ])
  },
})
