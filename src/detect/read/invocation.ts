import { outcomeOf, timeOf } from './cloudtrail.ts'
import { isProfile, modelFamily, modelName, modelPrice } from '../models.ts'
import { objectOf, textOf, type LogEvent, type LogRecord } from '../event.ts'
import { signsIn } from './signs.ts'

/** Reads one record of Bedrock's model-invocation log (https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html). */
export const invocationEvent = (raw: LogRecord): LogEvent | undefined => {
  const time = timeOf(raw['timestamp'])
  const modelId = textOf(raw['modelId'])
  if (Number.isNaN(time) || modelId === '') return undefined
  const principal = textOf(objectOf(raw['identity'])['arn']) || 'unknown'
  const model = modelName(modelId)
  const input = objectOf(raw['input'])
  const output = objectOf(raw['output'])
  const error = textOf(raw['errorCode'])
  const region = textOf(raw['region'])
  return {
    log: 'invocation',
    id: textOf(raw['requestId']) || `${time}/${principal}`,
    time,
    eventSource: 'bedrock.amazonaws.com',
    eventName: textOf(raw['operation']),
    awsRegion: region,
    account: textOf(raw['accountId']),
    callerAccount: principal.split(':')[4] ?? '',
    principal,
    role: principal.replace(/^(arn:[^:]*:)sts(::\d*:)assumed-role\/([^/]+)\/.*$/, '$1iam$2role/$3'),
    subject: principal, accessKey: '', keyType: 'none', caller: 'program', ip: '', network: '',
    outcome: outcomeOf(error),
    model,
    family: modelFamily(model),
    price: modelPrice(model),
    crossRegion: isProfile(modelId) || (textOf(raw['inferenceRegion']) !== '' && raw['inferenceRegion'] !== region),
    target: modelId,
    extra: { error, ...tokensOf(input, output), ...guardrailOf(raw, output), ...contentOf(input, output) },
    raw,
  }
}

const tokensOf = (input: LogRecord, output: LogRecord): LogRecord => {
  const usage = objectOf(objectOf(output['outputBodyJson'])['usage'])
  const inputTokens = Number(input['inputTokenCount'] ?? usage['inputTokens'] ?? usage['input_tokens'] ?? 0) || 0
  const outputTokens = Number(output['outputTokenCount'] ?? usage['outputTokens'] ?? usage['output_tokens'] ?? 0) || 0
  const latency = Number(objectOf(objectOf(output['outputBodyJson'])['metrics'])['latencyMs'] ?? 0) || 0
  return { inputTokens, outputTokens, tokens: inputTokens + outputTokens, latency }
}

/** What a guardrail did: its id, whether it intervened, and the policies it blocked by, each with its kind. */
const guardrailOf = (raw: LogRecord, output: LogRecord): LogRecord => {
  const bodies = Array.isArray(output['outputBodyJson']) ? output['outputBodyJson'].map(objectOf) : [objectOf(output['outputBodyJson'])]
  const blocked = new Set<string>()
  let intervened = false
  let id = textOf(raw['guardrailId']) || textOf(objectOf(raw['guardrail'])['guardrailId'])
  const input = objectOf(objectOf(raw['input'])['inputBodyJson'])
  id ||= textOf(objectOf(input['guardrailConfig'])['guardrailIdentifier'])
  for (const body of bodies) {
    if (body['stopReason'] === 'guardrail_intervened' || body['amazon-bedrock-guardrailAction'] === 'INTERVENED'
      || objectOf(body['messageStop'])['stopReason'] === 'guardrail_intervened') intervened = true
    const trace = objectOf(objectOf(body['amazon-bedrock-trace'] ?? body['trace'] ?? objectOf(body['metadata'])['trace'])['guardrail'])
    if (Object.keys(trace).length > 0) id ||= 'traced'
    if (textOf(trace['actionReason']).startsWith('Guardrail blocked')) intervened = true
    collectBlocked(trace, blocked, 0)
  }
  if (intervened) id ||= 'intervened'
  return { guardrail: id || undefined, intervened: intervened || blocked.size > 0, blocked: [...blocked], blockedPolicies: new Set([...blocked].map((name) => name.split(':')[0])).size }
}

const policies: Readonly<Record<string, string>> = {
  contentPolicy: 'content', topicPolicy: 'topic', wordPolicy: 'word', sensitiveInformationPolicy: 'sensitive',
  contextualGroundingPolicy: 'grounding', automatedReasoningPolicy: 'reasoning',
}

const collectBlocked = (value: unknown, found: Set<string>, depth: number, policy = ''): void => {
  if (depth > 12 || typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) {
    const item = value as LogRecord
    if (policy !== '' && item['action'] === 'BLOCKED') found.add([policy, textOf(item['type'] ?? item['name']), textOf(item['confidence'])].filter(Boolean).join(':'))
  }
  for (const [name, inner] of Object.entries(value)) collectBlocked(inner, found, depth + 1, policies[name] ?? policy)
}

/** Text is looked at and let go: an alert keeps the names of the signs, never the text. */
const contentOf = (input: LogRecord, output: LogRecord): LogRecord => {
  const prompt = text(input['inputBodyJson'])
  const completion = text(output['outputBodyJson'])
  return {
    signs: signsIn(prompt, 'prompt'), answers: signsIn(completion, 'completion'), tools: toolsIn(output['outputBodyJson'], 0),
    promptLength: prompt.length, elsewhere: textOf(input['inputBodyS3Path']) || undefined,
  }
}

/** All the text in a body, 200,000 characters at most. */
const text = (body: unknown): string => {
  const parts: string[] = []
  let room = 200_000
  const walk = (value: unknown, depth: number): void => {
    if (room <= 0 || depth > 20) return
    if (typeof value === 'string') {
      parts.push(value.slice(0, room))
      room -= value.length
    } else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) walk(inner, depth + 1)
  }
  walk(body, 0)
  return parts.join('\n')
}

const toolsIn = (value: unknown, depth: number): string[] => {
  if (depth > 12 || typeof value !== 'object' || value === null) return []
  const item = value as LogRecord
  const own = item['type'] === 'tool_use' ? [textOf(item['name'])] : Object.hasOwn(item, 'toolUse') ? [textOf(objectOf(item['toolUse'])['name'])] : []
  return [...own, ...Object.values(item).flatMap((inner) => toolsIn(inner, depth + 1))].map((name) => name.toLowerCase())
}
