import type { Estate } from '../graph/estate.ts'
import type { Location } from '../model/resource.ts'
import type { Severity } from '../model/severity.ts'

/** Code scanning reads a number from 0 to 10. */
export const scores: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '3.0', info: '1.0' }
export const levels: Readonly<Record<Severity, string>> = { critical: 'error', high: 'error', medium: 'warning', low: 'note', info: 'note' }

/** One run of SARIF 2.1.0. */
export const sarifLog = (estate: Estate, rules: readonly object[], results: readonly object[]): string => `${JSON.stringify({
  $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
  version: '2.1.0',
  runs: [{
    tool: { driver: { name: 'Bartizan', informationUri: 'https://github.com/bartizan/bartizan', semanticVersion: '0.1.0', rules } },
    automationDetails: { id: `bartizan/${estate.header.source}/` },
    columnKind: 'utf16CodeUnits',
    results,
  }],
}, undefined, 2)}\n`

/** A place in a file. What stands in no file, as in an account, points at the name of the snapshot. */
export const physicalLocation = (location: Location | undefined, origin: string) => ({
  artifactLocation: { uri: encodeURI((location?.file ?? origin).replaceAll('\\', '/')).replaceAll('#', '%23') },
  ...location?.line === undefined ? {} : { region: { startLine: location.line, ...location.column === undefined ? {} : { startColumn: location.column } } },
})
