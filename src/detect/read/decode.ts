import { objectOf, textOf, type LogEvent, type LogRecord } from '../event.ts'
import { cloudTrailEvent } from './cloudtrail.ts'
import { invocationEvent } from './invocation.ts'
import { agentEvent, captureEvent, guardDutyEvent, securityHubEvent } from './others.ts'

const isObject = (value: unknown): value is LogRecord => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The events in a parsed JSON value, whatever wraps them: `Records`, a list, EventBridge, CloudWatch Logs, SNS, SQS, a row of
 * CloudTrail Lake or Athena. A value of no known kind gives none.
 */
export const eventsIn = (value: unknown, file = '', depth = 0): LogEvent[] => {
  if (depth > 6) return []
  if (Array.isArray(value)) return value.flatMap((item) => eventsIn(item, file, depth + 1))
  if (!isObject(value)) return []
  const event = recordEvent(value, file)
  return event === undefined ? wrapped(value).flatMap((inner) => eventsIn(inner, file, depth + 1)) : [event]
}

const recordEvent = (value: LogRecord, file: string): LogEvent | undefined => {
  if ((typeof value['eventSource'] === 'string' && typeof value['eventName'] === 'string') || isObject(value['insightDetails'])) return cloudTrailEvent(value)
  if (value['schemaType'] === 'ModelInvocationLog' || ('modelId' in value && 'operation' in value && 'identity' in value)) return invocationEvent(value)
  if ('captureData' in value) return captureEvent(value, file)
  if (typeof value['ProductArn'] === 'string') return securityHubEvent(value)
  if (typeof value['type'] === 'string' && isObject(value['service']) && 'accountId' in value) return guardDutyEvent(value)
  if (textOf(value['resource_arn']).includes(':bedrock-agentcore:')) return agentEvent(value)
  return typeof value['eventsource'] === 'string' ? cloudTrailEvent(rowOf(value)) : undefined
}

const wrapped = (value: LogRecord): unknown[] => {
  for (const name of ['Records', 'records', 'logEvents', 'events', 'Events', 'findings', 'Findings', 'detail', 'eventData', 'CloudTrailEvent']) {
    const inner = value[name]
    if (typeof inner === 'object' && inner !== null) return [inner]
    if (typeof inner === 'string') return [parsed(inner)]
  }
  for (const name of ['message', '@message', 'Message', 'body', 'Body', 'result', '_raw', '_source']) {
    const inner = value[name]
    if (typeof inner === 'string' && /^\s*[[{]/.test(inner)) return [parsed(inner)]
    if (isObject(inner)) return [inner]
  }
  return []
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

// Athena and Lake exports write columns in lower case, and structures as text
const columns = ['eventVersion', 'userIdentity', 'eventTime', 'eventSource', 'eventName', 'awsRegion', 'sourceIPAddress', 'userAgent', 'errorCode',
  'errorMessage', 'requestParameters', 'responseElements', 'additionalEventData', 'requestID', 'eventID', 'resources', 'eventType', 'readOnly',
  'recipientAccountId', 'serviceEventDetails', 'sharedEventID', 'vpcEndpointId', 'managementEvent', 'eventCategory', 'tlsDetails', 'sessionCredentialFromConsole'] as const

const identityFields = ['type', 'principalId', 'arn', 'accountId', 'accessKeyId', 'userName', 'sessionContext', 'invokedBy', 'identityProvider', 'onBehalfOf'] as const
const sessionFields = ['sessionIssuer', 'attributes', 'userName', 'creationDate', 'mfaAuthenticated', ...identityFields] as const

const rowOf = (row: LogRecord): LogRecord => {
  const record = renamed(row, columns)
  const identity = renamed(objectOf(record['userIdentity']), identityFields)
  const session = renamed(objectOf(identity['sessionContext']), sessionFields)
  return { ...record, userIdentity: { ...identity, sessionContext: { ...session, sessionIssuer: renamed(objectOf(session['sessionIssuer']), sessionFields) } } }
}

const renamed = (row: LogRecord, names: readonly string[]): Record<string, unknown> => {
  const known = new Map(names.map((name) => [name.toLowerCase(), name]))
  return Object.fromEntries(Object.entries(row).map(([name, value]) =>
    [known.get(name.toLowerCase()) ?? name, typeof value === 'string' && /^[[{]/.test(value) ? (parsed(value) ?? value) : value ?? undefined]))
}
