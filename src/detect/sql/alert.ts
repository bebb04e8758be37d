import type { Alert } from '../alerts/alert.ts'
import type { DetectOptions } from '../detect.ts'
import type { Detection } from '../detection.ts'
import { compileSelection } from '../match.ts'
import { finishAlert } from '../engine/engine.ts'
import { evidenceOf } from '../engine/evidence.ts'
import { grow, openAlert } from '../engine/open.ts'
import { estateOf, noFacts } from '../estate.ts'
import type { LogEvent } from '../event.ts'

/** The alert of a window that SQL found, made of its records as the stream makes it. */
export const alertFor = (detection: Detection, key: string, events: readonly LogEvent[], options: DetectOptions): readonly Alert[] => {
  const last = events.at(-1)
  if (last === undefined) return []
  const estate = estateOf(options.facts ?? noFacts)
  const eases = detection.eases.map(({ match }) => compileSelection(match))
  const easeOf = (event: LogEvent): number => eases.findIndex((matches) => matches(event, estate))
  const alert = openAlert(detection, key, last, events.map(evidenceOf), easeOf(last))
  for (const event of events) grow(alert, [], easeOf(event))
  return finishAlert(detection, alert, estate, options.mutes ?? [], options.today ?? '')
}
