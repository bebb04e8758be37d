import type { Analysis } from '../../analysis/analysis.ts'
import { byText } from '../../core/text.ts'
import type { Finding } from '../../model/finding.ts'
import { escaped } from '../escape.ts'
import { defineFormat } from '../format.ts'
import { factOf } from '../fact.ts'

/** JUnit XML for CI: a suite a service; what fails is a failure, what is not known is skipped and says why. */
export default defineFormat({
  id: 'junit',
  title: 'JUnit XML, for CI',
  mediaType: 'application/xml',
  render(analysis) {
    const cases = [...analysis.findings.map(failure), ...analysis.suppressed.map(silenced), ...unknowns(analysis)]
    const suites = [...Map.groupBy(cases, ({ suite }) => suite)].toSorted(([a], [b]) => byText(a, b)).map(([suite, members]) => {
      const failures = members.filter(({ kind }) => kind === 'failure').length
      const skipped = members.length - failures
      return `  <testsuite name="${escaped(suite)}" tests="${members.length}" failures="${failures}" errors="0" skipped="${skipped}" timestamp="${analysis.estate.header.takenAt}">\n${members.map(({ xml }) => xml).join('\n')}\n  </testsuite>`
    })
    const failures = cases.filter(({ kind }) => kind === 'failure').length
    return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="bartizan" tests="${cases.length}" failures="${failures}" errors="0">\n${suites.join('\n')}\n</testsuites>\n`
  },
})

interface Case { readonly suite: string, readonly kind: 'failure' | 'skipped', readonly xml: string }

const suiteOf = (type: string): string => type.split('::')[1] ?? type

const testcase = (name: string, check: string, location: Finding['location'], inner: string): string =>
  `    <testcase name="${escaped(name)}" classname="${escaped(check)}"${location === undefined ? '' : ` file="${escaped(location.file)}"${location.line === undefined ? '' : ` line="${location.line}"`}`}>${inner}</testcase>`

const failure = (finding: Finding): Case => ({
  suite: suiteOf(finding.resourceType),
  kind: 'failure',
  xml: testcase(`${finding.title}: ${finding.resourceName}`, finding.check, finding.location,
    `<failure message="${escaped(finding.title)}" type="${finding.severity}">${escaped(`${finding.resource}\n${finding.evidence.map(factOf).join('\n')}\n${finding.why}\nFix: ${finding.fix}`)}</failure>`),
})

const silenced = (finding: Finding): Case => ({
  suite: suiteOf(finding.resourceType),
  kind: 'skipped',
  xml: testcase(`${finding.title}: ${finding.resourceName}`, finding.check, finding.location, `<skipped message="${escaped(`${finding.suppression?.by}: ${finding.suppression?.reason}`)}"/>`),
})

const unknowns = ({ undecided }: Analysis): Case[] => undecided.map(({ check, resource, type, reason }) => ({
  suite: suiteOf(type),
  kind: 'skipped',
  xml: testcase(`${check}: ${resource ?? type}`, check, undefined, `<skipped message="${escaped(`not known: ${reason}`)}"/>`),
}))
