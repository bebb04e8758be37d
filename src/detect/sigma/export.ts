import { stringify } from 'yaml'
import { identity } from '../../core/hash.ts'
import type { Condition, Detection, Match, Selection, Test } from '../detection.ts'
import { matchesOf } from '../match.ts'

/** Detections that fit, as Sigma 2 rules and correlations, one YAML document each. */
export const sigmaText = (detections: readonly Detection[]): string =>
  detections.flatMap((detection) => sigmaRules(detection) ?? []).map((rule) => stringify(rule, { lineWidth: 0 })).join('---\n')

/** One detection as Sigma; undefined where Sigma cannot say it: an estate, a learned past, a beat, another log. */
export const sigmaRules = (detection: Detection): readonly Readonly<Record<string, unknown>>[] | undefined => {
  if (detection.log !== 'cloudtrail') return undefined
  const { when } = detection
  if ('where' in when && when.where !== undefined) return undefined
  if (when.kind === 'event') {
    const body = bodyOf(when.match)
    return body === undefined ? undefined : [{ ...head(detection, detection.id), level: levelOf(detection), ...body }]
  }
  if (when.kind === 'count' && when.unless === undefined) {
    const fields = Object.entries(when.distinct ?? {})
    if (fields.length > 1 || (fields.length === 1 && when.atLeast !== undefined)) return undefined
    const [field] = fields
    return correlation(detection, [{ name: 'one call', match: when.match }], when, field === undefined
      ? { type: 'event_count', condition: { gte: when.atLeast ?? 1 } }
      : { type: 'value_count', condition: { field: fieldOf(field[0]), gte: field[1] } })
  }
  if (when.kind === 'set' && when.atLeast === when.steps.length) {
    return correlation(detection, when.steps, when, { type: when.ordered ? 'temporal_ordered' : 'temporal' })
  }
  return undefined
}

const head = (detection: Detection, name: string, step = '') => ({
  title: step === '' ? detection.title : `${detection.title}: ${step}`.slice(0, 256), id: uuidOf(name), name, status: 'experimental', description: detection.why, author: 'Bartizan', license: 'Apache-2.0',
  tags: detection.techniques.map((technique) => `${technique.startsWith('AML.') ? 'atlas' : 'attack'}.${technique.toLowerCase()}`),
})

/** A UUID of version 8 that stays the same as long as the name does. */
const uuidOf = (name: string): string => {
  const digits = `${identity(name)}${identity(`${name} as Sigma`)}`
  return [digits.slice(0, 8), digits.slice(8, 12), `8${digits.slice(13, 16)}`, `8${digits.slice(17, 20)}`, digits.slice(20)].join('-')
}

const levelOf = ({ severity }: Detection): string => (severity === 'info' ? 'informational' : severity)

const correlation = (detection: Detection, steps: readonly { readonly name: string, readonly match: Selection }[], when: Condition & { readonly by?: readonly string[], readonly within: number }, how: Readonly<Record<string, unknown>>) => {
  const by = (when.by ?? ['principal']).map(fieldOf)
  const bodies = steps.map(({ match }) => bodyOf(match))
  if (by.includes(undefined) || bodies.includes(undefined) || ('condition' in how && 'field' in (how['condition'] as object) && (how['condition'] as { field?: string }).field === undefined)) return undefined
  const names = steps.map((_, index) => `${detection.id}-${index + 1}`)
  return [
    ...bodies.map((body, index) => ({ ...head(detection, names[index]!, steps[index]!.name), level: 'informational', ...body })),
    { ...head(detection, detection.id), level: levelOf(detection), correlation: { ...how, rules: names, 'group-by': by, timespan: spanOf(when.within) } },
  ]
}

const spanOf = (milliseconds: number): string => {
  const seconds = milliseconds / 1000
  if (seconds % 86_400 === 0) return `${seconds / 86_400}d`
  if (seconds % 3600 === 0) return `${seconds / 3600}h`
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`
}

const bodyOf = (selection: Selection): Readonly<Record<string, unknown>> | undefined => {
  const matches = matchesOf(selection).map(mapsOf)
  if (matches.includes(undefined)) return undefined
  const parts: Record<string, unknown> = {}
  const conditions = (matches as Maps[]).map(({ must, not }, index) => {
    parts[`selection_${index + 1}`] = must
    for (const [at, filter] of not.entries()) parts[`filter_${index + 1}_${at + 1}`] = filter
    return [`selection_${index + 1}`, ...not.map((_, at) => `not filter_${index + 1}_${at + 1}`)].join(' and ')
  })
  return {
    logsource: { product: 'aws', service: 'cloudtrail' },
    detection: { ...parts, condition: conditions.length === 1 ? conditions[0] : conditions.map((text) => `(${text})`).join(' or ') },
  }
}

type Fields = Readonly<Record<string, unknown>>
interface Maps { readonly must: Fields, readonly not: readonly Fields[] }

const mapsOf = (match: Match): Maps | undefined => {
  const must: Record<string, unknown> = {}
  const not: Fields[] = []
  for (const [field, test] of Object.entries(match)) {
    const negative = typeof test === 'object' && test !== null && 'not' in test
    const said = sayTest(field, negative ? test.not : test)
    if (said === undefined) return undefined
    if (negative) not.push(said)
    else Object.assign(must, said)
  }
  return Object.keys(must).length === 0 ? undefined : { must, not }
}

const sayTest = (field: string, test: Test): Fields | undefined => {
  if (field === 'outcome') return outcome(test)
  if (field === 'keyType') return keyType(test)
  const name = fieldOf(field)
  if (name === undefined) return undefined
  if (test === null || typeof test === 'string' || typeof test === 'number' || typeof test === 'boolean' || Array.isArray(test)) return { [name]: test }
  if ('starts' in test) return { [`${name}|startswith|cased`]: test.starts }
  if ('ends' in test) return { [`${name}|endswith|cased`]: test.ends }
  if ('contains' in test) return { [`${name}|contains|cased`]: test.contains }
  if ('present' in test) return { [`${name}|exists`]: true }
  if ('over' in test) return { [`${name}|gt`]: test.over }
  if ('like' in test) return { [`${name}|re${test.like.ignoreCase ? '|i' : ''}`]: test.like.source }
  return undefined
}

const outcomes: Readonly<Record<string, readonly string[]>> = {
  denied: ['AccessDenied', 'Unauthorized', 'NotAuthorized', 'Forbidden'], throttled: ['Thrott', 'ServiceQuotaExceeded', 'TooManyRequests', 'LimitExceeded', 'RequestLimit'],
  invalid: ['Validation', 'Malformed', 'InvalidParameter', 'InvalidRequest', 'BadRequest'], missing: ['NotFound', 'NoSuch', 'UnknownOperation', 'DoesNotExist'],
}

const outcome = (test: Test): Fields | undefined => {
  if (test === 'success') return { errorCode: null }
  const wanted = typeof test === 'string' ? [test] : Array.isArray(test) ? test as readonly string[] : []
  const codes = wanted.map((name) => outcomes[name])
  return wanted.length === 0 || codes.includes(undefined) ? undefined : { 'errorCode|contains': codes.flat() }
}

const keyType = (test: Test): Fields | undefined => {
  if (test === 'long-term') return { 'userIdentity.accessKeyId|startswith': 'AKIA' }
  if (test === 'temporary') return { 'userIdentity.accessKeyId|startswith': 'ASIA' }
  return test === 'bearer' ? { 'additionalEventData.callWithBearerToken': true } : undefined
}

const derivedFields: Readonly<Record<string, string>> = {
  principal: 'userIdentity.arn', role: 'userIdentity.arn', accessKey: 'userIdentity.accessKeyId', account: 'recipientAccountId', callerAccount: 'userIdentity.accountId', ip: 'sourceIPAddress', model: 'requestParameters.modelId',
}

const plain = new Set(['eventName', 'eventSource', 'awsRegion', 'errorCode', 'errorMessage', 'userAgent', 'eventType', 'vpcEndpointId'])

/** The name of a field in CloudTrail; undefined for what only our reader derives. */
const fieldOf = (field: string): string | undefined =>
  derivedFields[field] ?? (plain.has(field) || /^(?:userIdentity|requestParameters|responseElements|additionalEventData|tlsDetails)\./.test(field) ? field : undefined)
