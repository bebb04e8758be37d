import type { Severity } from '../../model/severity.ts'
import { defineFormat } from '../format.ts'

const severities: Readonly<Record<Severity, string>> = { critical: 'blocker', high: 'critical', medium: 'major', low: 'minor', info: 'info' }

/** GitLab's code quality report: findings of templates only, since each needs a file and a line. */
export default defineFormat({
  id: 'gitlab',
  title: 'GitLab code quality',
  mediaType: 'application/json',
  render: ({ findings }) => `${JSON.stringify(findings.flatMap(({ location, title, resourceName, check, fingerprint, severity }) => (location === undefined ? [] : [{
    description: `${title}: ${resourceName}`,
    check_name: check,
    fingerprint,
    severity: severities[severity],
    location: { path: location.file, lines: { begin: location.line ?? 1 } },
  }])), undefined, 2)}\n`,
})
