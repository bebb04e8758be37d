import type { Analysis } from '../../analysis/analysis.ts'
import { count } from '../../core/text.ts'
import { pillarOf, pillars, risks } from '../../model/risk.ts'
import type { Risk } from '../../model/risk.ts'
import { severities } from '../../model/severity.ts'
import { escaped } from '../escape.ts'
import type { Section } from './page.ts'

/** Counts by severity, and the twelve risks under their four pillars. */
export const overviewSection = ({ findings, counts, undecided, gaps }: Analysis): Section => {
  const badges = severities.map((severity) => `<span class="tag ${severity}">${counts.severities[severity]} ${severity}</span>`)
  const cards = pillars.map((pillar) => {
    const rows = (Object.keys(risks) as Risk[]).filter((risk) => pillarOf(risk) === pillar)
      .map((risk) => `<tr><td>${risks[risk].title}</td><td>${findings.filter((finding) => finding.risk === risk).length}</td></tr>`)
    return `<div class="card"><b class="total">${findings.filter((finding) => finding.pillar === pillar).length}</b><h3>${pillar.charAt(0).toUpperCase()}${pillar.slice(1)}</h3><table>${rows.join('')}</table></div>`
  })
  const unknown = undecided.length + gaps.length === 0 ? '' : `<p>${escaped(`Not known: ${count(undecided.length, 'check result')}, ${count(gaps.length, 'gap')}.`)}</p>`
  return { id: 'overview', title: 'Overview', html: `<div class="counts">${badges.join('')}</div>${unknown}<div class="cards">${cards.join('')}</div>` }
}

/** What could not be read, and which permission would fill it. */
export const gapsSection = ({ gaps, undecided }: Analysis): Section[] =>
  gaps.length + undecided.length === 0 ? [] : [{
    id: 'unknown',
    title: 'Not known',
    html: `<div class="scroll"><table class="list"><thead><tr><th>What failed</th><th>Why</th><th>Needs</th><th>Where</th></tr></thead><tbody>${
      gaps.map(({ operation, reason, permission, account, region }) => `<tr><td><code>${escaped(operation)}</code></td><td>${escaped(reason)}</td><td><code>${escaped(permission ?? '')}</code></td><td>${escaped(`${account} ${region}`)}</td></tr>`).join('')
    }</tbody></table></div><p class="dim">${escaped(count(undecided.length, 'check result'))} could not be decided.</p>`,
  }]
