import type { LogRecord } from './event.ts'

export const ACCOUNT = '111122223333'
export const FOREIGN = '999988887777'
const START = Date.parse('2026-08-03T10:00:00Z')

/** Who makes the calls of an example: `userIdentity`, address and agent. */
export interface Caller { readonly userIdentity: LogRecord, readonly sourceIPAddress: string, readonly userAgent: string, readonly fields?: LogRecord }

/** An IAM user with a long-term access key. */
export const user = (name: string, more: Partial<Caller> = {}): Caller => ({
  userIdentity: {
    type: 'IAMUser', principalId: `AIDA${idOf(name)}`, arn: `arn:aws:iam::${ACCOUNT}:user/${name}`, accountId: ACCOUNT,
    accessKeyId: `AKIA${idOf(name)}`, userName: name,
  },
  sourceIPAddress: '198.51.100.24', userAgent: 'aws-cli/2.17.1 md/awscrt#0.20.11 ua/2.0 os/linux lang/python#3.11', ...more,
})

/** A session of a role. */
export const role = (name: string, session = 'session', more: Partial<Caller> & { readonly account?: string } = {}): Caller => {
  const { account = ACCOUNT, ...rest } = more
  return {
    userIdentity: {
      type: 'AssumedRole', principalId: `AROA${idOf(name)}:${session}`, arn: `arn:aws:sts::${account}:assumed-role/${name}/${session}`,
      accountId: account, accessKeyId: `ASIA${idOf(name + session)}`,
      sessionContext: {
        sessionIssuer: { type: 'Role', principalId: `AROA${idOf(name)}`, arn: `arn:aws:iam::${account}:role/${name}`, accountId: account, userName: name },
        attributes: { creationDate: '2026-08-03T09:58:00Z', mfaAuthenticated: 'false' },
      },
    },
    sourceIPAddress: '198.51.100.40', userAgent: 'Boto3/1.40.2 md/Botocore#1.40.2 ua/2.1 os/linux lang/python#3.12.3', ...rest,
  }
}

/** The same person through the AWS console. */
export const inConsole = (caller: Caller): Caller => ({
  ...caller, userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/139.0 Safari/537.36',
  fields: { ...caller.fields, sessionCredentialFromConsole: 'true' },
})

/** The user that stands behind a Bedrock API key, calling with its bearer token. */
export const bearer = (name: string, more: Partial<Caller> = {}): Caller => {
  const { accessKeyId: _, ...identity } = user(`BedrockAPIKey-${name}`).userIdentity
  return { userIdentity: identity, sourceIPAddress: '203.0.113.9', userAgent: 'python-requests/2.32.3', fields: { additionalEventData: { callWithBearerToken: true } }, ...more }
}

/** An AWS service on its own behalf. */
export const service = (name: string): Caller =>
  ({ userIdentity: { type: 'AWSService', invokedBy: `${name}.amazonaws.com` }, sourceIPAddress: `${name}.amazonaws.com`, userAgent: `${name}.amazonaws.com` })

const idOf = (text: string): string => {
  let hash = 7
  for (const letter of text) hash = (hash * 31 + letter.charCodeAt(0)) % 2_176_782_336
  return `EXAMPLE${hash.toString(36).toUpperCase().padStart(9, 'Q')}`.slice(0, 16)
}

/** What an example's call may say beside its name. */
export interface CallOptions {
  readonly as?: Caller
  /** Seconds after the start of the example. */
  readonly at?: number
  readonly region?: string
  readonly ip?: string
  readonly error?: string
  readonly message?: string
  readonly request?: LogRecord
  readonly response?: LogRecord
  /** Fields of the record beside the usual ones, or in their place. */
  readonly fields?: LogRecord
}

/** A CloudTrail record in its true shape and order of fields; `service` is the event source before `.amazonaws.com`. */
export const call = (service: string, eventName: string, options: CallOptions = {}): LogRecord => {
  const { as = user('alice'), at = 0, region = 'us-east-1', error, message, request, response } = options
  const reads = /^(?:Get|List|Describe|Batch|Head|Lookup|Search|Invoke|Converse|Retrieve)/.test(eventName)
  const { fields: ofCaller, ...who } = as
  const id = typeof options.fields?.['requestID'] === 'string' ? '' : idFrom(`${service}/${eventName}/${at}/${region}/${String(who.userIdentity['arn'])}/${options.ip ?? ''}/${request === undefined ? '' : JSON.stringify(request)}`)
  return {
    eventVersion: '1.11',
    userIdentity: who.userIdentity,
    eventTime: new Date(START + at * 1000).toISOString().replace('.000Z', 'Z'),
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: region,
    sourceIPAddress: options.ip ?? who.sourceIPAddress,
    userAgent: who.userAgent,
    ...(error === undefined ? {} : { errorCode: error, errorMessage: message ?? `${error} on ${eventName}` }),
    requestParameters: request ?? null,
    responseElements: response ?? null,
    requestID: id,
    eventID: `${id.slice(9)}-${id.slice(0, 8)}`,
    readOnly: reads,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Management',
    tlsDetails: { tlsVersion: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', clientProvidedHostHeader: `${hostOf(service, eventName)}.${region}.amazonaws.com` },
    ...ofCaller,
    ...options.fields,
  }
}

const hostOf = (service: string, name: string): string =>
  service === 'bedrock' && /^(?:Invoke|Converse|ApplyGuardrail)/.test(name) ? 'bedrock-runtime' : service

// one pass over what tells two calls apart: examples, stories and benchmarks make millions
const idFrom = (text: string): string => {
  let [one, two] = [5381, 11]
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    one = (Math.imul(one, 33) ^ code) | 0
    two = (Math.imul(two, 31) + code) | 0
  }
  const [left, right] = [hex(one), hex(two)]
  return `${left}-${right.slice(0, 4)}-4${left.slice(1, 4)}-8${right.slice(5)}-${right}${left.slice(4)}`
}

const hex = (n: number): string => (n >>> 0).toString(16).padStart(8, '0')

/** A data event: the same, with what it was made on. */
export const dataCall = (service: string, eventName: string, type: string, arn: string, options: CallOptions = {}): LogRecord =>
  call(service, eventName, { ...options, fields: {
    managementEvent: false, eventCategory: 'Data', resources: [{ accountId: ACCOUNT, type, ARN: arn }], ...options.fields } })

export const CLAUDE = 'anthropic.claude-3-sonnet-20240229-v1:0'
export const OPUS = 'anthropic.claude-opus-4-1-20250805-v1:0'

/** A call to a model. */
export const invoke = (options: CallOptions & { readonly model?: string } = {}): LogRecord =>
  call('bedrock', 'InvokeModel', { request: { modelId: options.model ?? CLAUDE }, ...options })

/** One record of Bedrock's model-invocation log. */
export const invocation = (options: {
  readonly at?: number, readonly arn?: string, readonly model?: string, readonly operation?: string, readonly region?: string
  readonly prompt?: unknown, readonly answer?: unknown, readonly inputTokens?: number, readonly outputTokens?: number, readonly fields?: LogRecord
} = {}): LogRecord => ({
  schemaType: 'ModelInvocationLog',
  schemaVersion: '1.0',
  timestamp: new Date(START + (options.at ?? 0) * 1000).toISOString().replace('.000Z', 'Z'),
  accountId: ACCOUNT,
  identity: { arn: options.arn ?? `arn:aws:sts::${ACCOUNT}:assumed-role/ChatApp/i-0abc` },
  region: options.region ?? 'us-east-1',
  requestId: idFrom(`invocation/${options.at ?? 0}/${options.arn ?? ''}/${JSON.stringify(options.prompt ?? '')}/${options.region ?? ''}`),
  operation: options.operation ?? 'Converse',
  modelId: options.model ?? CLAUDE,
  input: {
    inputContentType: 'application/json',
    inputBodyJson: { messages: [{ role: 'user', content: [{ text: options.prompt ?? 'What are your opening hours?' }] }] },
    inputTokenCount: options.inputTokens ?? 24,
  },
  output: {
    outputContentType: 'application/json',
    outputBodyJson: typeof options.answer === 'object' ? options.answer
      : { output: { message: { role: 'assistant', content: [{ text: options.answer ?? 'We are open from nine to five.' }] } }, stopReason: 'end_turn' },
    outputTokenCount: options.outputTokens ?? 18,
  },
  ...options.fields,
})

/** The same record several times, `every` seconds apart. */
export const repeat = (n: number, every: number, make: (at: number, index: number) => LogRecord): LogRecord[] =>
  Array.from({ length: n }, (_, index) => make(Math.round(index * every), index))
