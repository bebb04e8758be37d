import { objectOf, textOf, type LogRecord } from '../event.ts'
import { parsed } from './envelopes.ts'
import { structure } from './structure.ts'

const columns = ['eventVersion', 'userIdentity', 'eventTime', 'eventSource', 'eventName', 'awsRegion', 'sourceIPAddress', 'userAgent', 'errorCode',
  'errorMessage', 'requestParameters', 'responseElements', 'additionalEventData', 'requestID', 'eventID', 'resources', 'eventType', 'readOnly',
  'recipientAccountId', 'serviceEventDetails', 'sharedEventID', 'vpcEndpointId', 'managementEvent', 'eventCategory', 'tlsDetails', 'sessionCredentialFromConsole'] as const

const identityFields = ['type', 'principalId', 'arn', 'accountId', 'accessKeyId', 'userName', 'sessionContext', 'invokedBy', 'identityProvider', 'onBehalfOf'] as const
const sessionFields = ['sessionIssuer', 'attributes', 'userName', 'creationDate', 'mfaAuthenticated', ...identityFields] as const

// the console's event history, downloaded as CSV
const history: Readonly<Record<string, string>> = {
  'Event name': 'eventName', 'Event time': 'eventTime', 'Event source': 'eventSource', 'AWS region': 'awsRegion', 'Event ID': 'eventID',
  'Source IP address': 'sourceIPAddress', 'Error code': 'errorCode', 'Request ID': 'requestID', 'Read-only': 'readOnly',
}

/** Whether a value is a CloudTrail record as a table holds it: names in lower case, structures as text, or one column for each leaf. */
export const isRow = (value: LogRecord): boolean => {
  if (typeof value['eventsource'] === 'string' || 'Event source' in value) return true
  return typeof value['eventSource'] === 'string' && (typeof value['userIdentity'] === 'string' || typeof value['requestParameters'] === 'string' || 'userIdentity.type' in value || 'userIdentity.arn' in value)
}

/** A row of Athena, of CloudTrail Lake, of the console's event history or of flat columns as the record that it was. */
export const cloudTrailOfRow = (row: LogRecord): LogRecord => {
  if ('Event source' in row) return ofHistory(row)
  const record = renamed(nested(row), columns)
  const identity = renamed(objectOf(record['userIdentity']), identityFields)
  const session = renamed(objectOf(identity['sessionContext']), sessionFields)
  return { ...record, userIdentity: { ...identity, sessionContext: { ...session, sessionIssuer: renamed(objectOf(session['sessionIssuer']), sessionFields) } } }
}

const ofHistory = (row: LogRecord): LogRecord => {
  const [user, key] = [textOf(row['User name']), textOf(row['AWS access key'])]
  return {
    ...Object.fromEntries(Object.entries(history).flatMap(([from, to]) => (textOf(row[from]) === '' ? [] : [[to, row[from]]]))),
    userIdentity: { userName: user, principalId: user, ...(key !== '' && { accessKeyId: key }) },
  }
}

const renamed = (row: LogRecord, names: readonly string[]): Record<string, unknown> => {
  const known = new Map(names.map((name) => [name.toLowerCase(), name]))
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [known.get(name.toLowerCase()) ?? name, cell(value)]))
}

// tables write nothing for null
const cell = (value: unknown): unknown => {
  if (value === null || value === '' || value === '-' || value === 'null') return undefined
  return typeof value === 'string' && /^[[{]/.test(value) ? parsed(value) ?? structure(value) ?? value : value
}

/** Columns named by a path (`userIdentity.arn`, `resources{}.ARN`) put together again; anything else stays as it is. */
export const nested = (row: LogRecord): LogRecord => {
  const names = Object.keys(row)
  if (!names.some((name) => name.includes('.'))) return row
  const root: Record<string, unknown> = {}
  for (const name of names.toSorted((a, b) => a.length - b.length)) put(root, name.replaceAll('{}', '').split('.'), row[name])
  return root
}

const put = (root: Record<string, unknown>, path: readonly string[], value: unknown): void => {
  if (path.length > 12 || path.includes('__proto__')) return
  let at = root
  for (const name of path.slice(0, -1)) {
    const inner = Object.hasOwn(at, name) && typeof at[name] === 'object' && at[name] !== null && !Array.isArray(at[name]) ? at[name] as Record<string, unknown> : {}
    at[name] = inner
    at = inner
  }
  at[path.at(-1)!] = value
}
