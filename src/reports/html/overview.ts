import type { Analysis } from '../../analysis/analysis.ts'
import type { Asset } from '../../analysis/assets.ts'
import { isOwn } from '../../attack/path.ts'
import { count } from '../../core/text.ts'
import type { Pipeline } from '../../graph/lineage.ts'
import { pillarOf, pillars, risks } from '../../model/risk.ts'
import type { Risk } from '../../model/risk.ts'
import { severities } from '../../model/severity.ts'
import { escaped } from '../escape.ts'
import { severityBar, shareBar } from './bar.ts'
import { filtered } from './filters.ts'
import { groupsOf } from './findings.ts'
import type { Section } from './page.ts'

/** What a reader sees first: counts by severity, the twelve risks under their four pillars, what to fix first, and what there is. */
export const overviewSection = (analysis: Analysis, assets: readonly Asset[], pipelines: readonly Pipeline[]): Section => ({
  id: 'overview',
  title: 'Overview',
  html: [
    unknown(analysis),
    `<div class="tiles">${severities.map((severity) => filtered('findings', { severity }, `<b>${analysis.counts.severities[severity]}</b>${severity}`, ` class="card tile ${severity}"`)).join('')}</div>`,
    `<div class="cards">${pillars.map((pillar) => pillarCard(analysis, pillar)).join('')}</div>`,
    `<div class="cards wide">${firstCard(analysis)}${pathsCard(analysis)}</div>`,
    `<div class="cards">${servicesCard(assets)}${exposedCard(assets)}${pipelinesCard(pipelines)}</div>`,
  ].join('\n'),
})

const unknown = ({ undecided, gaps }: Analysis): string => (undecided.length + gaps.length === 0 ? '' :
  `<p class="card note">${escaped(`${count(undecided.length, 'check result')} and ${count(gaps.length, 'gap')} are`)} <a href="#unknown">not known</a>. Unknown is not a pass.</p>`)

const pillarCard = ({ findings }: Analysis, pillar: (typeof pillars)[number]): string => {
  const own = (Object.keys(risks) as Risk[]).filter((risk) => pillarOf(risk) === pillar).map((risk) => ({ risk, members: findings.filter((finding) => finding.risk === risk) }))
  const whole = Math.max(1, ...own.map(({ members }) => members.length))
  const total = own.reduce((sum, { members }) => sum + members.length, 0)
  return `<div class="card"><b class="total">${total}</b><h3>${pillar.charAt(0).toUpperCase()}${pillar.slice(1)}</h3>${
    own.map(({ risk, members }) => filtered('findings', { risk }, `<span>${risks[risk].title}</span><span>${members.length}</span>${severityBar(members, whole)}`, ' class="line"')).join('')}</div>`
}

const firstCard = ({ findings }: Analysis): string => (findings.length === 0 ? '' :
  `<div class="card"><h3>Fix first</h3>${groupsOf(findings).slice(0, 6).map(({ check, severity, members: [first, ...others] }) =>
    `<a class="line lead" href="#check-${escaped(check)}"><span class="tag ${severity}">${severity}</span><span>${escaped(first.title)}</span><span class="dim">${escaped(others.length === 0 ? first.resourceName : count(others.length + 1, 'resource'))}</span></a>`).join('')}</div>`)

const pathsCard = ({ paths }: Analysis): string => {
  const own = paths.filter(isOwn)
  return own.length === 0 ? '' : `<div class="card"><h3>Worst attack paths</h3>${own.slice(0, 4).map(({ id, severity, story, conditions }) =>
    `<a class="line lead" href="#path-${escaped(id)}"><span class="tag ${severity}">${severity}</span><span>${escaped(story)}${conditions.length === 0 ? '' : `<br><span class="dim">Only if ${escaped(conditions.join('; '))}</span>`}</span></a>`).join('')}</div>`
}

const servicesCard = (assets: readonly Asset[]): string => {
  const groups = [...Map.groupBy(assets, ({ service }) => service)].sort(([, a], [, b]) => b.length - a.length)
  return groups.length === 0 ? '' : `<div class="card"><b class="total">${assets.length}</b><h3>AI assets</h3>${groups.slice(0, 8).map(([service, members]) =>
    filtered('inventory', { service }, `<span>${escaped(service)}</span><span>${members.length}</span>${shareBar(members.length, groups[0]![1].length)}`, ' class="line"')).join('')}${
    groups.length > 8 ? `<p class="dim small">and ${count(groups.length - 8, 'more service')}</p>` : ''}</div>`
}

const exposedCard = (assets: readonly Asset[]): string => {
  const open = assets.filter(({ exposure }) => exposure === 'public')
  return `<div class="card"><b class="total">${open.length}</b><h3>Open to the internet</h3>${open.length === 0 ? '<p class="dim">None is known to be.</p>' : open.slice(0, 8).map(({ id, name, label }) =>
    filtered('inventory', { search: id }, `<span>${escaped(name)}</span><span class="dim">${escaped(label)}</span>`, ' class="line"')).join('')}${
    open.length > 8 ? filtered('inventory', { exposure: 'public' }, `and ${open.length - 8} more`) : ''}</div>`
}

const pipelinesCard = (pipelines: readonly Pipeline[]): string => (pipelines.length === 0 ? '' :
  `<div class="card"><b class="total">${pipelines.length}</b><h3>Pipelines</h3>${pipelines.slice(0, 8).map(({ name, nodes }, index) =>
    `<a class="line" href="#pipeline-${index}"><span>${escaped(name)}</span><span class="dim">${count(nodes.length, 'part')}</span></a>`).join('')}${pipelines.length > 8 ? '<a href="#pipelines">all of them</a>' : ''}</div>`)

/** What could not be read, and which permission would fill it. */
export const gapsSection = ({ gaps, undecided }: Analysis): Section[] =>
  gaps.length + undecided.length === 0 ? [] : [{
    id: 'unknown',
    title: 'Not known',
    count: gaps.length + undecided.length,
    html: `${gaps.length === 0 ? '' : `<h3>What could not be read</h3><div class="scroll"><table class="list"><thead><tr><th>What failed</th><th>Why</th><th>Needs</th><th>Where</th></tr></thead><tbody>${
      gaps.slice(0, most).map(({ operation, reason, permission, account, region }) => `<tr><td><code>${escaped(operation)}</code></td><td>${escaped(reason)}</td><td><code>${escaped(permission ?? '')}</code></td><td>${escaped(`${account} ${region}`)}</td></tr>`).join('')
    }</tbody></table></div>${more(gaps.length)}`}${undecided.length === 0 ? '' : `<h3>Checks that could not be decided</h3><div class="scroll"><table class="list"><thead><tr><th>Check</th><th>Of</th><th>Why</th></tr></thead><tbody>${
      undecided.slice(0, most).map(({ check, resource, type, account, region, reason }) => `<tr><td><code>${escaped(check)}</code></td><td>${escaped(resource ?? `every ${type} of ${account} ${region}`)}</td><td>${escaped(reason)}</td></tr>`).join('')
    }</tbody></table></div>${more(undecided.length)}`}`,
  }]

const most = 1000

const more = (n: number): string => (n > most ? `<p class="dim">and ${n - most} more: see the JSON</p>` : '')
