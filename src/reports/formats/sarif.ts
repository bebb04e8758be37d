import type { Finding } from '../../model/finding.ts'
import { risks } from '../../model/risk.ts'
import { defineFormat } from '../format.ts'
import { pathResults, pathRules } from '../path-sarif.ts'
import { levels, physicalLocation, sarifLog, scores } from '../sarif-log.ts'
import { factOf } from '../fact.ts'

/** GitHub takes 25,000 results of a run. */
const most = 25_000

/** Findings and attack paths in templates as SARIF 2.1.0, for code scanning; those of an account have no file and point at the snapshot's name. */
export default defineFormat({
  id: 'sarif',
  title: 'SARIF 2.1.0, for code scanning',
  mediaType: 'application/sarif+json',
  render({ findings, suppressed, paths, estate }) {
    const shown = [...findings, ...suppressed].slice(0, most)
    const rules = [...new Map(shown.map((finding) => [finding.check, finding])).values()]
    const index = new Map(rules.map(({ check }, at) => [check, at]))
    const told = paths.slice(0, most - shown.length)
    return sarifLog(estate, [...rules.map(rule), ...pathRules(told)], [
      ...shown.map((finding) => result(finding, index.get(finding.check)!, estate.header.origin)),
      ...pathResults(estate, told, rules.length),
    ])
  },
})

const rule = ({ check, title, why, fix, risk, pillar, severity, also }: Finding) => ({
  id: check,
  name: check.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(''),
  shortDescription: { text: title },
  fullDescription: { text: why },
  help: { text: `${why}\n\nFix: ${fix}`, markdown: `${why}\n\n**Fix**: ${fix}` },
  helpUri: `https://github.com/bartizan/bartizan/blob/main/docs/checks.md#${check}`,
  defaultConfiguration: { level: levels[severity] },
  properties: { 'security-severity': scores[severity], precision: 'very-high', tags: ['security', 'ai', pillar, risk, ...also.slice(0, 5)] },
})

const result = (finding: Finding, ruleIndex: number, origin: string) => {
  return {
    ruleId: finding.check,
    ruleIndex,
    level: levels[finding.severity],
    message: { text: `${finding.title}: ${finding.resourceName}. ${finding.evidence.map(factOf).join('; ')}`.slice(0, 1000) },
    locations: [{
      physicalLocation: physicalLocation(finding.location, origin),
      logicalLocations: [{ fullyQualifiedName: finding.resource, name: finding.resourceName, kind: 'resource' }],
    }],
    // made of names and places in the resource, not of lines: it stays when the file is edited above it
    partialFingerprints: { 'bartizan/v1': finding.fingerprint },
    ...finding.suppression === undefined ? {} : {
      suppressions: [{ kind: finding.suppression.by === 'inline' ? 'inSource' : 'external', status: 'accepted', justification: finding.suppression.reason }],
    },
    properties: { pillar: finding.pillar, risk: risks[finding.risk].title, 'security-severity': scores[finding.severity] },
  }
}
