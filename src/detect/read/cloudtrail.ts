import { isProfile, modelFamily, modelName, modelPrice } from '../models.ts'
import { objectOf, textOf, type LogEvent, type LogRecord, type Outcome } from '../event.ts'

/** Reads one CloudTrail record; undefined where it has no source, name or time. */
export const cloudTrailEvent = (raw: LogRecord): LogEvent | undefined => {
  // an Insights event names its call one level down, and has no identity
  const { eventSource: source, eventName: name } = 'insightDetails' in raw ? objectOf(raw['insightDetails']) : raw
  const [eventSource, eventName] = [textOf(source), textOf(name)]
  const time = timeOf(raw['eventTime'])
  if (eventSource === '' || eventName === '' || Number.isNaN(time)) return undefined
  const identity = objectOf(raw['userIdentity'])
  const parameters = objectOf(raw['requestParameters'])
  const modelId = textOf(parameters['modelId'])
  const model = modelName(modelId)
  const ip = textOf(raw['sourceIPAddress'])
  const keyType = keyTypeOf(raw, identity)
  return {
    log: 'cloudtrail',
    id: textOf(raw['eventID']) || `${textOf(raw['requestID'])}/${eventName}/${textOf(raw['awsRegion'])}/${time}`,
    time, eventSource, eventName,
    awsRegion: textOf(raw['awsRegion']),
    account: textOf(raw['recipientAccountId']) || textOf(identity['accountId']),
    callerAccount: textOf(identity['accountId']),
    principal: principalOf(identity),
    role: textOf(objectOf(objectOf(identity['sessionContext'])['sessionIssuer'])['arn']) || principalOf(identity),
    subject: subjectOf(eventSource, parameters, identity),
    accessKey: textOf(identity['accessKeyId']),
    keyType,
    caller: callerOf(raw, identity, ip),
    ip,
    network: networkOf(ip),
    outcome: outcomeOf(textOf(raw['errorCode'])),
    model,
    family: model === '' ? '' : modelFamily(model),
    price: modelPrice(model),
    crossRegion: isProfile(modelId) || textOf(objectOf(raw['additionalEventData'])['inferenceRegion']) !== '',
    target: targetOf(raw, parameters),
    extra: {},
    raw,
  }
}

/** A time as exporters write it: ISO 8601, without a zone (UTC), with nanoseconds, or a number since 1970; NaN for anything else. */
export const timeOf = (value: unknown): number => {
  // (Kibana puts a sign between day and hour)
  const text = textOf(value).trim().replace(/^([A-Z][a-z]{2} \d{1,2}, \d{4}) @ (\S+)$/, '$1 $2 UTC')
  if (/^\d{9,}(?:\.\d+)?$/.test(text)) return Number(text) * (text.length < 12 ? 1000 : 1)
  const [, day, hour, zone] = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\.\d+)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/.exec(text) ?? []
  return day === undefined ? Date.parse(text) : Date.parse(`${day}T${hour}${zone === undefined || zone === 'UTC' ? 'Z' : zone}`)
}

const principalOf = (identity: LogRecord): string =>
  textOf(identity['arn']) || textOf(identity['invokedBy']) || textOf(objectOf(identity['onBehalfOf'])['userId'])
  || textOf(identity['principalId']) || textOf(identity['userName']) || textOf(identity['accountId']) || textOf(identity['type']) || 'unknown'

const subjectOf = (source: string, parameters: LogRecord, identity: LogRecord): string => {
  const name = textOf(parameters['userName'])
  return source === 'iam.amazonaws.com' && name !== '' ? `arn:aws:iam::${textOf(identity['accountId'])}:user/${name}` : principalOf(identity)
}

const keyTypeOf = (raw: LogRecord, identity: LogRecord): LogEvent['keyType'] => {
  if (objectOf(raw['additionalEventData'])['callWithBearerToken'] === true) return 'bearer'
  const key = textOf(identity['accessKeyId'])
  if (key.startsWith('AKIA')) return 'long-term'
  return key === '' ? 'none' : 'temporary'
}

/** Agents of browsers and consoles, and of infrastructure as code. */
export const browser = /^(?:Mozilla\/|signin\.amazonaws\.com|console\.|AWS[- ]Console|\[?S3Console)/i
export const automation = /terraform|pulumi|cloudformation|aws-cdk|cdk-assets|crossplane|opentofu|ansible/i

const callerOf = (raw: LogRecord, identity: LogRecord, ip: string): LogEvent['caller'] => {
  const agent = textOf(raw['userAgent'])
  if (textOf(identity['invokedBy']) !== '' || identity['type'] === 'AWSService' || ip.endsWith('.amazonaws.com')) {
    return textOf(identity['invokedBy']) === 'cloudformation.amazonaws.com' || ip === 'cloudformation.amazonaws.com' ? 'automation' : 'service'
  }
  if (raw['sessionCredentialFromConsole'] === true || raw['sessionCredentialFromConsole'] === 'true') return 'console'
  // the console signs with temporary credentials: a long-term key that calls itself a browser is a program
  if (browser.test(agent) && !textOf(identity['accessKeyId']).startsWith('AKIA')) return 'console'
  return automation.test(agent) ? 'automation' : 'program'
}

/** The neighbourhood of an address: its /24, its /48, else what stands there. */
export const networkOf = (ip: string): string => {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(ip)) return `${ip.slice(0, ip.lastIndexOf('.'))}.0/24`
  return ip.includes(':') ? `${ip.split(':').slice(0, 3).join(':')}::/48` : ip
}

/** What error codes mean, the first that fits. */
export const outcomes: readonly (readonly [RegExp, Outcome])[] = [
  [/accessdenied|unauthorized|notauthorized|forbidden/i, 'denied'],
  [/thrott|servicequotaexceeded|toomanyrequests|limitexceeded|requestlimit/i, 'throttled'],
  [/validation|malformed|invalidparameter|invalidrequest|badrequest/i, 'invalid'],
  [/notfound|nosuch|unknownoperation|doesnotexist/i, 'missing'],
]

/** What an error code means; no code is a success. */
export const outcomeOf = (code: string): Outcome =>
  code === '' ? 'success' : (outcomes.find(([pattern]) => pattern.test(code))?.[1] ?? 'error')

/** Parameters that name what a call is about, the most telling first. */
export const targets = ['agentId', 'guardrailIdentifier', 'knowledgeBaseId', 'endpointName', 'notebookInstanceName', 'modelId', 'userName', 'roleName',
  'bucketName', 'functionName', 'trailName', 'modelPackageName', 'modelPackageGroupName', 'repositoryName', 'logGroupName', 'gatewayIdentifier',
  'memoryId', 'resourceArn', 'name', 'jobName', 'trainingJobName', 'domainId', 'endpointConfigName', 'modelName', 'policyArn', 'keyId'] as const

const targetOf = (raw: LogRecord, parameters: LogRecord): string => {
  for (const name of targets) {
    const value = textOf(parameters[name])
    if (value !== '') return value
  }
  const resources = raw['resources']
  const first = objectOf(Array.isArray(resources) ? resources[0] : undefined)
  return textOf(first['ARN']) || textOf(first['arn'])
}
