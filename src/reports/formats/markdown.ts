import { count, printable } from '../../core/text.ts'
import { severities } from '../../model/severity.ts'
import { comment } from '../comment.ts'
import { defineFormat } from '../format.ts'

/** Text that stays text in Markdown and in HTML made of it. */
export const literal = (text: string): string =>
  printable(text.replaceAll(/[\n\r]+/g, ' ')).replaceAll(/[\\`*_{}[\]<>()#+!|~&@-]/g, (mark) => (mark === '<' ? '&lt;' : mark === '>' ? '&gt;' : mark === '&' ? '&amp;' : `\\${mark}`))

const most = 100

/** A summary that fits a comment: counts, and a table of findings. */
export default defineFormat({
  id: 'markdown',
  title: 'Markdown, for a comment',
  mediaType: 'text/markdown',
  render({ findings, counts, undecided, estate }) {
    const found = severities.filter((severity) => counts.severities[severity] > 0).map((severity) => `${counts.severities[severity]} ${severity}`)
    const rows = findings.slice(0, most).map((finding) => {
      const where = finding.location === undefined ? `${finding.account} ${finding.region}` : `${finding.location.file}${finding.location.line === undefined ? '' : `:${finding.location.line}`}`
      return `| ${finding.severity} | ${literal(finding.title)} | ${literal(finding.resourceName)} | ${literal(where)} | ${literal(finding.fix)} |`
    })
    return comment([
      `## Bartizan: ${found.length === 0 ? 'no findings' : found.join(', ')}`,
      '',
      `${count(counts.resources, 'resource')} of ${literal(estate.header.origin)}${counts.suppressed === 0 ? '' : `, ${counts.suppressed} suppressed`}${undecided.length === 0 ? '' : `, ${count(undecided.length, 'check result')} not known`}.`,
      ...rows.length === 0 ? [] : ['', '| Severity | What | Resource | Where | Fix |', '| --- | --- | --- | --- | --- |', ...rows],
      ...findings.length > most ? ['', `… and ${findings.length - most} more.`] : [],
    ])
  },
})
