import { identity } from '../../core/hash.ts'
import { objectOf, textOf, type LogEvent, type LogKind, type LogRecord } from '../event.ts'
import { signsIn } from './signs.ts'

const blank = {
  eventSource: '', eventName: '', awsRegion: '', account: '', callerAccount: '', principal: 'unknown', role: '', subject: '', accessKey: '', keyType: 'none',
  caller: 'program', ip: '', network: '', outcome: 'success', model: '', family: '', price: 0, crossRegion: false, target: '', extra: {},
} as const satisfies Partial<LogEvent>

const event = (log: LogKind, raw: LogRecord, given: Partial<LogEvent> & Pick<LogEvent, 'id' | 'time'>): LogEvent | undefined =>
  Number.isNaN(given.time) ? undefined : { ...blank, role: given.principal ?? 'unknown', subject: given.principal ?? 'unknown', log, raw, ...given }

/** Reads one record of SageMaker data capture; the endpoint's name stands in the file's path (`…/endpoint/variant/yyyy/mm/dd/hh/…`). */
export const captureEvent = (raw: LogRecord, file: string): LogEvent | undefined => {
  const data = objectOf(raw['captureData'])
  const meta = objectOf(raw['eventMetadata'])
  const endpoint = /([^/]+)\/[^/]+\/\d{4}\/\d{2}\/\d{2}\/\d{2}\/[^/]*$/.exec(file)?.[1] ?? 'endpoint'
  const input = decoded(objectOf(data['endpointInput']))
  const output = decoded(objectOf(data['endpointOutput']))
  return event('capture', raw, {
    id: textOf(meta['eventId']) || identity(JSON.stringify(raw)),
    time: Date.parse(textOf(meta['inferenceTime'])),
    eventSource: 'sagemaker.amazonaws.com', eventName: 'InvokeEndpoint', principal: endpoint, target: endpoint,
    extra: { endpoint, input: identity(input), neighbourhood: identity(coarse(input)), boundary: onBoundary(output) },
  })
}

const decoded = (side: LogRecord): string => {
  const text = textOf(side['data'])
  return side['encoding'] === 'BASE64' ? Buffer.from(text, 'base64').toString('latin1') : text
}

/** An input with each number reduced to its sign and magnitude: small changes of one input look the same. */
const coarse = (input: string): string =>
  input.replace(/-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi, (number) => {
    const value = Number(number)
    return value === 0 ? '0' : `${value < 0 ? '-' : ''}e${Math.round(Math.log10(Math.abs(value)))}`
  })

/** Whether a prediction stands near the boundary between classes: its only probability, or its two best ones, are close. */
const onBoundary = (output: string): boolean => {
  const numbers = (output.match(/-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi) ?? []).slice(0, 1000).map(Number).filter((n) => n >= 0 && n <= 1)
  if (numbers.length === 1) return Math.abs(numbers[0]! - 0.5) < 0.1
  const [best = 1, second = 0] = numbers.toSorted((a, b) => b - a)
  return numbers.length > 1 && best < 0.99 && best - second < 0.1
}

/** Reads one record of an AgentCore runtime's application log. */
export const agentEvent = (raw: LogRecord): LogEvent | undefined => {
  const arn = textOf(raw['resource_arn'])
  const stamp = raw['event_timestamp'] ?? raw['timestamp']
  const prompt = JSON.stringify(raw['request_payload'] ?? objectOf(raw['body'])['request_payload'] ?? raw['body'] ?? '')
  return event('agent', raw, {
    id: textOf(raw['request_id']) || textOf(raw['span_id']) || identity(JSON.stringify(raw)),
    time: typeof stamp === 'number' ? stamp : Date.parse(textOf(stamp)),
    eventSource: 'bedrock-agentcore.amazonaws.com', eventName: textOf(raw['operation']) || 'InvokeAgentRuntime',
    awsRegion: arn.split(':')[3] ?? '', account: arn.split(':')[4] ?? '', principal: arn || 'unknown', target: arn,
    extra: { signs: signsIn(prompt, 'prompt'), session: textOf(raw['session_id']) },
  })
}

/** Reads a GuardDuty finding: its type is the event's name, the access key or resource it is about the principal. */
export const guardDutyEvent = (raw: LogRecord): LogEvent | undefined => {
  const key = objectOf(objectOf(raw['resource'])['accessKeyDetails'])
  return event('finding', raw, {
    id: textOf(raw['id']),
    time: Date.parse(textOf(raw['updatedAt']) || textOf(raw['createdAt'])),
    eventSource: 'guardduty.amazonaws.com', eventName: textOf(raw['type']),
    awsRegion: textOf(raw['region']), account: textOf(raw['accountId']), callerAccount: textOf(raw['accountId']),
    principal: principalOfKey(key, textOf(raw['accountId'])), accessKey: textOf(key['accessKeyId']),
    target: textOf(objectOf(raw['resource'])['resourceType']),
    extra: { severity: Number(raw['severity'] ?? 0) || 0 },
  })
}

const principalOfKey = (key: LogRecord, account: string): string => {
  const user = textOf(key['userName'])
  if (user === '') return textOf(key['principalId']) || account
  return key['userType'] === 'AssumedRole' ? `arn:aws:iam::${account}:role/${user}` : `arn:aws:iam::${account}:user/${user}`
}

/** Reads a Security Hub finding in its own format (ASFF). */
export const securityHubEvent = (raw: LogRecord): LogEvent | undefined => {
  const types = raw['Types']
  const resource = objectOf(Array.isArray(raw['Resources']) ? raw['Resources'][0] : undefined)
  return event('finding', raw, {
    id: textOf(raw['Id']),
    time: Date.parse(textOf(raw['UpdatedAt']) || textOf(raw['CreatedAt'])),
    eventSource: 'securityhub.amazonaws.com', eventName: textOf(Array.isArray(types) ? types[0] : undefined) || textOf(raw['Title']),
    awsRegion: textOf(raw['Region']), account: textOf(raw['AwsAccountId']), callerAccount: textOf(raw['AwsAccountId']),
    principal: textOf(resource['Id']) || textOf(raw['AwsAccountId']), target: textOf(resource['Id']),
    extra: { severity: Number(objectOf(raw['Severity'])['Normalized'] ?? 0) / 10 || 0 },
  })
}
