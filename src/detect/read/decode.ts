import { objectOf, textOf, type LogEvent, type LogRecord } from '../event.ts'
import { cloudTrailEvent } from './cloudtrail.ts'
import { cloudTrailOfRow, isRow, nested } from './columns.ts'
import { cloudTrailOfEcs, isEcs } from './ecs.ts'
import { isObject, original, wrapped } from './envelopes.ts'
import { invocationEvent } from './invocation.ts'
import { cloudTrailOfOcsf, isOcsf } from './ocsf.ts'
import { agentEvent, captureEvent, guardDutyEvent, securityHubEvent } from './others.ts'
import { withPayload } from './payload.ts'

/** How deep records may be wrapped: an event in a list in a message in a queue's message, and some more. */
const deepest = 8

/**
 * The events in a parsed JSON value, whatever wraps them: `Records`, a list, EventBridge, CloudWatch Logs, SNS, SQS, Kinesis, Splunk,
 * Elastic, a row of CloudTrail Lake or Athena. A value of no known kind gives none.
 */
export const eventsIn = (value: unknown, file = '', depth = 0): LogEvent[] => {
  if (depth > deepest) return []
  if (Array.isArray(value)) return value.flatMap((item) => eventsIn(item, file, depth + 1))
  if (!isObject(value)) return []
  const first = original(value)
  const events = first === undefined ? [] : eventsIn(first, file, depth + 1)
  if (events.length > 0) return events
  const event = recordEvent(value, file)
  return event === undefined ? wrapped(value).flatMap((inner) => eventsIn(inner, file, depth + 1)) : [event]
}

const recordEvent = (value: LogRecord, file: string): LogEvent | undefined => {
  if (isRow(value)) return cloudTrailEvent(cloudTrailOfRow(value))
  if (isCloudTrail(value)) return cloudTrailEvent(value)
  if (value['schemaType'] === 'ModelInvocationLog' || ('modelId' in value && 'operation' in value && 'identity' in value)) return invocationEvent(withPayload(value, file))
  if ('captureData' in value) return captureEvent(value, file)
  if (typeof value['ProductArn'] === 'string') return securityHubEvent(value)
  if (typeof value['type'] === 'string' && isObject(value['service']) && 'accountId' in value) return guardDutyEvent(value)
  if (textOf(value['resource_arn']).includes(':bedrock-agentcore:')) return agentEvent(value)
  if (isOcsf(value)) return cloudTrailEvent(cloudTrailOfOcsf(value))
  const deep = nested(value)
  return isEcs(deep) ? cloudTrailEvent(cloudTrailOfEcs(deep)) : undefined
}

// notifications of S3 and records of Kinesis have the same two fields, with sources of their own
const isCloudTrail = ({ eventSource, eventName, insightDetails }: LogRecord): boolean =>
  (typeof eventSource === 'string' && typeof eventName === 'string' && !eventSource.startsWith('aws:')) || textOf(objectOf(insightDetails)['eventName']) !== ''
