import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { loadDetections } from '../catalogue.ts'
import { estateOf, noFacts } from '../estate.ts'
import { objectOf, textOf, type LogEvent, type LogRecord } from '../event.ts'
import { ACCOUNT, call, invoke, OPUS, user } from '../records.ts'
import { needlesOf } from './needles.ts'
import { createReader } from './reader.ts'
import { structure } from './structure.ts'

const needles = needlesOf(await loadDetections(), estateOf(noFacts))
const records = [
  invoke({ at: 5, error: 'ValidationException', message: 'Malformed input request: -1, "{x=1}"', model: OPUS }),
  call('iam', 'CreateServiceSpecificCredential', { at: 11, as: user('ana'), request: { serviceName: 'bedrock.amazonaws.com', userName: 'BedrockAPIKey-x' } }),
]

const read = async (bytes: Buffer, name = 'log') => {
  const events: LogEvent[] = []
  const reader = createReader(needles, (event) => events.push(event))
  await reader.bytes(bytes, name)
  return { events, counts: reader.counts }
}

const json = JSON.stringify
const lines = (make: (record: LogRecord) => unknown): string => records.map((record) => json(make(record))).join('\n')
const csv = (rows: readonly (readonly string[])[]): string => rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n')
const message = (): string => json({ messageType: 'DATA_MESSAGE', logEvents: records.map((record) => ({ id: '1', timestamp: 1, message: json(record) })) })

/** A value as Athena writes a structure. */
const struct = (value: unknown): string =>
  (typeof value === 'object' && value !== null ? `{${Object.entries(value).map(([name, inner]) => `${name.toLowerCase()}=${struct(inner)}`).join(', ')}}` : textOf(value) || 'null')

/** A value with one field for each leaf, named by its path. */
const flat = (value: LogRecord, path = ''): LogRecord => Object.fromEntries(Object.entries(value).flatMap(([name, inner]) =>
  (typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? Object.entries(flat(inner as LogRecord, `${path}${name}.`)) : [[`${path}${name}`, inner]])))

const columns = ['eventTime', 'eventSource', 'eventName', 'awsRegion', 'sourceIPAddress', 'userAgent', 'errorCode', 'errorMessage', 'userIdentity', 'requestParameters', 'eventID', 'recipientAccountId']
const cellOf = (value: unknown): string => (typeof value === 'object' && value !== null ? json(value) : textOf(value))

const ecs = (record: LogRecord): LogRecord => {
  const who = objectOf(record['userIdentity'])
  return {
    '@timestamp': String(record['eventTime']).replace('Z', '.000Z'), event: { action: record['eventName'], provider: record['eventSource'], id: record['eventID'], outcome: 'failure' }, cloud: { region: record['awsRegion'] },
    source: { ip: record['sourceIPAddress'] }, user_agent: { original: record['userAgent'] }, user: { id: who['principalId'], name: who['userName'] },
    aws: { cloudtrail: { error_code: record['errorCode'], error_message: record['errorMessage'], recipient_account_id: record['recipientAccountId'], request_parameters: `{${Object.entries(objectOf(record['requestParameters'])).map(([name, value]) => `${name}=${String(value)}`).join(', ')}}`,
      user_identity: { type: who['type'], arn: who['arn'], access_key_id: who['accessKeyId'], account_id: who['accountId'] } } },
  }
}

const ocsf = (record: LogRecord): LogRecord => {
  const who = objectOf(record['userIdentity'])
  return {
    class_uid: 6003, time: Date.parse(String(record['eventTime'])), metadata: { uid: record['eventID'] }, cloud: { region: record['awsRegion'], provider: 'AWS' },
    api: { operation: record['eventName'], service: { name: record['eventSource'] }, request: { uid: record['requestID'], data: json(record['requestParameters']) }, response: { error: record['errorCode'] ?? null, message: record['errorMessage'] ?? null } },
    actor: { user: { type: who['type'], name: who['userName'], uid: who['arn'], uid_alt: who['principalId'], account: { uid: who['accountId'] }, credential_uid: who['accessKeyId'] } },
    src_endpoint: { ip: record['sourceIPAddress'] }, http_request: { user_agent: record['userAgent'] },
  }
}

const forms: Readonly<Record<string, string>> = {
  'files of Firehose, one after the other': records.map((record) => json({ Records: [record] })).join(''),
  'a trail file a line': lines((record) => ({ Records: [record] })),
  'objects printed over lines': records.map((record) => json(record, null, 2)).join('\n'),
  'lines with a time before each': records.map((record) => `2026-08-03T10:00:00.000Z ${json(record)}`).join('\n'),
  'CloudWatch Logs in a function': json({ awslogs: { data: gzipSync(message()).toString('base64') } }),
  'Kinesis in a function': json({ Records: records.map((record) => ({ eventSource: 'aws:kinesis', eventName: 'aws:kinesis:record', kinesis: { data: Buffer.from(json(record)).toString('base64') } })) }),
  'filter-log-events': json({ events: records.map((record) => ({ logStreamName: 'x', message: json(record) })) }, null, 2),
  'get-query-results of CloudWatch Logs': json({ results: records.map((record) => [{ field: '@timestamp', value: '2026-08-03' }, { field: '@message', value: json(record) }]), status: 'Complete' }),
  'Insights as CSV': csv([['@timestamp', '@message'], ...records.map((record) => ['2026-08-03', json(record)])]),
  'lookup-events': json({ Events: records.map((record) => ({ EventId: '1', EventName: record['eventName'], CloudTrailEvent: json(record) })) }),
  'Splunk, one result a line': lines((record) => ({ preview: false, result: { sourcetype: 'aws:cloudtrail', _raw: json(record) } })),
  'Splunk, all results': json({ results: records.map((record) => ({ _raw: json(record) })) }),
  'Splunk with its fields': lines((record) => ({ result: flat(record) })),
  'Splunk as CSV': csv([['_time', '_raw'], ...records.map((record) => ['1', json(record)])]),
  'events of an HTTP collector': lines((event) => ({ time: 1, sourcetype: 'aws:cloudtrail', event })),
  'Elastic hits that keep the original': json({ hits: { total: { value: 2 }, hits: records.map((record) => ({ _source: { event: { original: json(record) }, aws: { cloudtrail: { event_version: '1' } } } })) } }),
  'Elastic documents': lines((record) => ({ _index: 'logs', _source: ecs(record) })),
  'Elastic documents, flat': lines((record) => flat(ecs(record))),
  'Elastic hits by field': json({ hits: { hits: records.map((record) => ({ fields: Object.fromEntries(Object.entries(flat(ecs(record))).map(([name, value]) => [name, [value]])) })) } }),
  'Athena as CSV': csv([columns.map((name) => name.toLowerCase()), ...records.map((record) => columns.map((name) => (name === 'userIdentity' ? struct(record[name]) : cellOf(record[name]))))]),
  'Athena by its API': json({ ResultSet: { Rows: [columns.map((name) => name.toLowerCase()), ...records.map((record) => columns.map((name) => cellOf(record[name])))].map((row) => ({ Data: row.map((VarCharValue) => ({ VarCharValue })) })) } }),
  'CloudTrail Lake by its API': json({ QueryResultRows: records.map((record) => columns.map((name) => ({ [name]: cellOf(record[name]) }))) }),
  'Security Lake': lines(ocsf),
  'a vendor of logs': json({ data: records.map((record) => ({ id: '1', attributes: { service: 'cloudtrail', attributes: record } })) }),
}

test.each(Object.entries(forms))('%s: what, who, where and how it ended', async (_, text) => {
  const { events, counts } = await read(Buffer.from(text))
  expect(events.map(({ eventName, principal, accessKey, keyType, awsRegion, account, outcome, model, time, ip }) => ({ eventName, principal, accessKey, keyType, awsRegion, account, outcome, model, time, ip }))).toEqual([
    { eventName: 'InvokeModel', principal: `arn:aws:iam::${ACCOUNT}:user/alice`, accessKey: objectOf(records[0]!['userIdentity'])['accessKeyId'], keyType: 'long-term', awsRegion: 'us-east-1', account: ACCOUNT, outcome: 'invalid', model: OPUS, time: Date.parse('2026-08-03T10:00:05Z'), ip: '198.51.100.24' },
    { eventName: 'CreateServiceSpecificCredential', principal: `arn:aws:iam::${ACCOUNT}:user/ana`, accessKey: objectOf(records[1]!['userIdentity'])['accessKeyId'], keyType: 'long-term', awsRegion: 'us-east-1', account: ACCOUNT, outcome: 'success', model: '', time: Date.parse('2026-08-03T10:00:11Z'), ip: '198.51.100.24' },
  ])
  expect(counts.skipped).toEqual([])
})

test("the console's event history knows no parameters, and the rest is read", async () => {
  const history = csv([['Event name', 'Event time', 'User name', 'Event source', 'AWS region', 'AWS access key', 'Error code'], ['InvokeModel', '2026-08-03T10:00:05Z', 'alice', 'bedrock.amazonaws.com', 'us-west-2', 'AKIAEXAMPLE', 'AccessDenied']])
  expect((await read(Buffer.from(history))).events).toMatchObject([{ eventName: 'InvokeModel', principal: 'alice', keyType: 'long-term', awsRegion: 'us-west-2', outcome: 'denied' }])
})

test('lines of another kind are counted and named', async () => {
  const { counts } = await read(Buffer.from('{"a":1}\n{"b":2}\n'))
  expect(counts.skipped).toEqual([{ file: 'log', kind: 'no known records', detail: '2 lines of JSON of another kind' }])
})

test('a structure without quotes ends its values where the next name begins', () => {
  expect(structure('{type=IAMUser, arn=arn:aws:iam::1:user/a, b, session={mfa=false, list=[x, {y=1}]}, none=null}'))
    .toEqual({ type: 'IAMUser', arn: 'arn:aws:iam::1:user/a, b', session: { mfa: 'false', list: ['x', { y: '1' }] }, none: undefined })
  for (const text of ['{', '{a=1', '{a=1}}', '{=1}', '[1, 2', `${'{a='.repeat(50)}1${'}'.repeat(50)}`, 'a=1']) expect(structure(text), text).toBeUndefined()
  expect(Object.getPrototypeOf(structure('{__proto__={x=1}}'))).toBe(Object.prototype)
})
