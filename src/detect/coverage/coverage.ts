import { byText } from '../../core/text.ts'
import type { Detection, LogSource } from '../detection.ts'
import type { EstateFacts, LogSettings } from '../estate.ts'

/** A detection that could not fire in a place, with the setting that would let it. */
export interface CoverageGap {
  readonly detection: string
  readonly account: string
  readonly region: string
  /** `off` where the setting was read, `unknown` where it was not. */
  readonly state: 'off' | 'unknown'
  readonly needs: string
  /** The resource type whose data events it needs. */
  readonly dataEvents?: string
}

/** For each detection and each account and region, whether the logs there could ever fire it: only those that could not are told. */
export const coverageGaps = (detections: readonly Detection[], facts: EstateFacts): readonly CoverageGap[] =>
  detections.flatMap((detection) => facts.settings.flatMap((settings): CoverageGap[] => {
    const need = needOf(detection.source)
    const on = need.holds(settings)
    return on === true ? [] : [{ detection: detection.id, account: settings.account, region: settings.region, state: on === false ? 'off' : 'unknown', needs: need.text, ...(typeof detection.source === 'object' && { dataEvents: detection.source.data }) }]
  })).sort((a, b) => byText(`${a.account}${a.region}${a.detection}`, `${b.account}${b.region}${b.detection}`))

interface Need { readonly text: string, readonly holds: (settings: LogSettings) => boolean | undefined }

/** The setting that a source of records depends on. */
export const needOf = (source: LogSource): Need => {
  if (typeof source === 'object') {
    return { text: `data events of ${source.data} in an advanced event selector of a trail or event data store`, holds: ({ dataEvents }) => dataEvents?.includes(source.data) }
  }
  return needs[source]
}

const needs: Readonly<Record<Exclude<LogSource, object>, Need>> = {
  'management': { text: 'a trail or event data store that records management events', holds: ({ trail }) => trail },
  'management reads': { text: 'a trail that records read-only management events too (ReadWriteType All)', holds: ({ trail, readEvents }) => (trail === false ? false : readEvents) },
  'network activity': { text: 'network activity events of bedrock.amazonaws.com in an advanced event selector', holds: ({ networkEvents }) => networkEvents },
  'invocation log': { text: 'model-invocation logging with text delivery (PutModelInvocationLoggingConfiguration)', holds: ({ invocationLogging }) => invocationLogging },
  'data capture': { text: 'data capture on a SageMaker endpoint (DataCaptureConfig)', holds: ({ dataCapture }) => dataCapture },
  'agent log': { text: 'log delivery of the AgentCore runtime to CloudWatch Logs', holds: () => undefined },
  'findings': { text: 'GuardDuty with AI Protection', holds: ({ aiProtection }) => aiProtection },
}
