import type { Alert } from './alerts/alert.ts'
import type { Detection, Example } from './detection.ts'
import { createEngine } from './engine/engine.ts'
import { estateOf, noFacts, type EstateFacts } from './estate.ts'
import type { LogRecord } from './event.ts'
import { eventsIn } from './read/decode.ts'

/** The alerts that detections raise on the records of an example. */
export const alertsOn = (detections: readonly Detection[], example: Example): Alert[] => {
  const { records, facts } = partsOf(example)
  const engine = createEngine({ detections, estate: estateOf({ ...noFacts, ...facts }) })
  for (const record of records) for (const event of eventsIn(record)) engine.feed(event)
  return engine.alerts()
}

/** An example's records, and what surrounds them. */
export const partsOf = (example: Example): { readonly records: readonly LogRecord[], readonly facts: Partial<EstateFacts> } =>
  typeof example === 'function' ? { records: example(), facts: {} } : 'records' in example ? example : { records: example, facts: {} }
