import { createHash } from 'node:crypto'
import { count } from '../../core/text.ts'
import { severities } from '../../model/severity.ts'
import type { Alert, Evidence } from './alert.ts'
import { coverageLines } from './coverage-lines.ts'
import type { AlertReport } from './report.ts'

/** Alerts as one page with a timeline each: no script, nothing loaded, every text escaped. */
export const alertsHtml = (report: AlertReport): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Bartizan alerts</title>
<style>${style}</style>
</head>
<body>
<header><h1>Alerts</h1><p>${escaped(headline(report))}</p></header>
<main>
${report.alerts.map(article).join('\n')}
${section('Could not be read', report.skipped.map(({ file, kind, detail }) => `${file}: ${kind}, ${detail}`))}
${section('What cannot be seen', coverageLines(report.coverage ?? [], Infinity))}
</main>
</body>
</html>
`

const style = `:root{color-scheme:light dark;--ink:#1c1c28;--paper:#fbfaf7;--line:#d9d6cc;--faint:#6b6a72}
@media(prefers-color-scheme:dark){:root{--ink:#ecebe6;--paper:#17171d;--line:#3a3a44;--faint:#a3a2ab}}
body{margin:0 auto;max-width:62rem;padding:2rem 1rem;font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
h1{font-size:1.6rem;margin:0}h2{font-size:1.1rem;margin:0}header p,.why,dt{color:var(--faint)}
article{border:1px solid var(--line);border-left-width:.4rem;border-radius:.3rem;padding:1rem;margin:1rem 0}
.critical{border-left-color:#a3123a}.high{border-left-color:#d4492a}.medium{border-left-color:#d99a1b}.low{border-left-color:#2f7fb8}.info{border-left-color:#8a8a93}
.tag{font-size:.8rem;text-transform:uppercase;letter-spacing:.04em}code,pre{font:13px/1.5 ui-monospace,monospace;overflow-wrap:anywhere}
pre{white-space:pre-wrap;background:color-mix(in srgb,var(--line) 35%,transparent);padding:.6rem;border-radius:.3rem}
dl{display:grid;grid-template-columns:8rem 1fr;gap:.2rem 1rem}dd{margin:0;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;font-size:13px}td,th{text-align:left;padding:.2rem .5rem;border-top:1px solid var(--line);overflow-wrap:anywhere;vertical-align:top}
svg{width:100%;height:3rem}svg line{stroke:var(--line);stroke-width:2}svg text{fill:var(--faint);font:10px system-ui,sans-serif}
.success{fill:#2f8f5b}.denied,.invalid,.missing,.error{fill:#d4492a}.throttled{fill:#d99a1b}`

const section = (title: string, lines: readonly string[]): string =>
  (lines.length === 0 ? '' : `<section><h2>${title}</h2><pre>${lines.map(escaped).join('\n')}</pre></section>`)

const headline = ({ counts }: AlertReport): string => {
  const found = severities.filter((severity) => counts.bySeverity[severity] > 0).map((severity) => `${counts.bySeverity[severity]} ${severity}`)
  return `${found.join(', ') || 'none'}; ${count(counts.events, 'record')} of interest in ${count(counts.files, 'file')}${counts.muted > 0 ? `; ${counts.muted} muted` : ''}`
}

const article = (alert: Alert): string => `<article class="${alert.severity}" id="a${escaped(alert.uid)}">
<span class="tag">${alert.severity}</span>
<h2>${escaped(alert.title)}</h2>
<p class="why">${escaped(alert.why)}</p>
${timeline(alert)}
<dl>${[
  ['Principal', alert.principal], ['Detection', alert.detection], ['Accounts', alert.accounts.join(', ')], ['Regions', alert.regions.join(', ')],
  ['Time', `${alert.start} to ${alert.end}`], ['Records', String(alert.count)], ['Techniques', alert.techniques.join(', ')],
  ...alert.facts.map((fact) => ['Estate', fact] as const), ...alert.changes.map(({ from, to, reason }) => ['Severity', `${from} made ${to}: ${reason}`] as const),
  ...(alert.muted === undefined ? [] : [['Muted', alert.muted.reason] as const]),
].map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>
${alert.respond.length === 0 ? '' : `<h3 class="tag">Do now</h3><pre>${alert.respond.map(escaped).join('\n')}</pre>`}
<details><summary>Records</summary><table><tr><th>Time</th><th>Call</th><th>Region</th><th>From</th><th>Result</th><th>On</th><th>Id</th></tr>
${alert.evidence.map(row).join('\n')}</table></details>
</article>`

/** The records on a line from the first to the last. */
const timeline = ({ evidence }: Alert): string => {
  const [first, last] = [evidence[0]?.time ?? 0, evidence.at(-1)?.time ?? 0]
  const span = Math.max(1, last - first)
  const dots = evidence.map((record) => `<circle class="${record.outcome}" cx="${(20 + (960 * (record.time - first)) / span).toFixed(1)}" cy="20" r="6"><title>${escaped(`${iso(record.time)} ${record.eventName} ${record.errorCode}`)}</title></circle>`)
  return `<svg viewBox="0 0 1000 48" role="img" aria-label="Timeline of ${evidence.length} records"><line x1="20" y1="20" x2="980" y2="20"/>${dots.join('')}<text x="14" y="44">${iso(first)}</text><text x="986" y="44" text-anchor="end">${iso(last)}</text></svg>`
}

const row = (record: Evidence): string =>
  `<tr>${[iso(record.time), record.eventName, record.awsRegion, record.ip, record.errorCode || record.outcome, record.target, record.id].map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`

const iso = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z')

const escaped = (text: string): string =>
  text.replace(/[&<>"'\p{Cc}\p{Bidi_Control}]/gu, (letter) => entities[letter] ?? '\uFFFD')

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '\n': '\n', '\t': '\t' }
