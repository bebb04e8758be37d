type Properties = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Properties => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What the events of a serverless function make: the routes of its APIs, and who may invoke it. */
export const eventResources = (id: string, events: unknown, globals: Readonly<Record<string, Properties>>, definitions: Properties): [string, unknown][] =>
  Object.entries(isObject(events) ? events : {}).flatMap(([name, event]): [string, unknown][] => {
    const { Type: type, Properties: properties = {} } = (isObject(event) ? event : {}) as { Type?: unknown, Properties?: unknown }
    if (!isObject(properties)) return []
    switch (type) {
      case 'Api': return restRoute(id, name, properties, globals['Api'], definitions)
      case 'HttpApi': return httpRoute(id, name, properties, globals['HttpApi'], definitions)
      case 'SQS': case 'Kinesis': case 'DynamoDB': return [[`${id}${name}`, { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: id }, EventSourceArn: properties['Queue'] ?? properties['Stream'] } }]]
      case 'S3': return [invokedBy(id, name, 's3.amazonaws.com', bucketArn(properties['Bucket']))]
      case 'SNS': return [invokedBy(id, name, 'sns.amazonaws.com', properties['Topic'])]
      case 'Schedule': case 'EventBridgeRule': case 'CloudWatchEvent':
        return [[`${id}${name}`, { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: properties['Schedule'], EventPattern: properties['Pattern'], Targets: [{ Id: `${id}${name}`, Arn: { 'Fn::GetAtt': [id, 'Arn'] } }] } }]]
      default: return []
    }
  })

const invokedBy = (id: string, name: string, service: string, source: unknown): [string, unknown] =>
  [`${id}${name}Permission`, { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: { Ref: id }, Principal: service, SourceAccount: { Ref: 'AWS::AccountId' }, ...source === undefined ? {} : { SourceArn: source } } }]

const bucketArn = (bucket: unknown): unknown => (isObject(bucket) && typeof bucket['Ref'] === 'string' ? { 'Fn::GetAtt': [bucket['Ref'], 'Arn'] } : typeof bucket === 'string' ? { 'Fn::Sub': `arn:\${AWS::Partition}:s3:::${bucket}` } : undefined)

const invokable = (id: string, name: string): [string, unknown] =>
  [`${id}${name}Permission`, { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: { Ref: id }, Principal: 'apigateway.amazonaws.com' } }]

const invocation = (id: string) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${id}.Arn}/invocations` })

/** How a caller is known: an authorizer of the event, else the API's own, else nobody asks. */
const authorizer = (event: unknown, api: unknown, globals: unknown): string => {
  const named = [(event as { Authorizer?: unknown } | undefined)?.Authorizer, ...[api, globals].map((auth) => (auth as { DefaultAuthorizer?: unknown } | undefined)?.DefaultAuthorizer)].find((name) => name !== undefined)
  return named === undefined ? 'NONE' : String(named)
}

const apiOf = (reference: unknown, definitions: Properties): { readonly id: string | undefined, readonly auth: unknown } => {
  const id = isObject(reference) && typeof reference['Ref'] === 'string' ? reference['Ref'] : undefined
  return { id, auth: id === undefined ? undefined : (definitions[id] as { Properties?: { Auth?: unknown } } | undefined)?.Properties?.Auth }
}

const restRoute = (id: string, name: string, event: Properties, globals: Properties | undefined, definitions: Properties): [string, unknown][] => {
  const { id: own, auth } = apiOf(event['RestApiId'], definitions)
  const api = own ?? 'ServerlessRestApi'
  const kind = authorizer(event['Auth'], auth, globals?.['Auth'])
  const keyed = [event['Auth'], auth, globals?.['Auth']].some((each) => (each as { ApiKeyRequired?: unknown } | undefined)?.ApiKeyRequired === true)
  return [
    ...own === undefined ? [[api, { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: api } }] as [string, unknown], [`${api}Stage`, { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: api }, StageName: 'Prod' } }] as [string, unknown]] : [],
    [`${id}${name}`, {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: { Ref: api }, ResourceId: String(event['Path']), HttpMethod: String(event['Method'] ?? 'ANY').toUpperCase(), ApiKeyRequired: keyed,
        AuthorizationType: kind === 'NONE' || kind === 'AWS_IAM' ? kind : 'CUSTOM', Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: invocation(id) },
      },
    }],
    invokable(id, name),
  ]
}

const httpRoute = (id: string, name: string, event: Properties, globals: Properties | undefined, definitions: Properties): [string, unknown][] => {
  const { id: own, auth } = apiOf(event['ApiId'], definitions)
  const api = own ?? 'ServerlessHttpApi'
  const kind = authorizer(event['Auth'], auth, globals?.['Auth'])
  return [
    ...own === undefined ? [[api, { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: api, ProtocolType: 'HTTP' } }] as [string, unknown], [`${api}Stage`, { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: api }, StageName: '$default', AutoDeploy: true } }] as [string, unknown]] : [],
    [`${id}${name}Integration`, { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: { Ref: api }, IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0', IntegrationUri: { 'Fn::GetAtt': [id, 'Arn'] } } }],
    [`${id}${name}`, {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: { Ref: api }, RouteKey: event['Path'] === undefined ? '$default' : `${String(event['Method'] ?? 'ANY').toUpperCase()} ${String(event['Path'])}`,
        AuthorizationType: kind === 'NONE' || kind === 'AWS_IAM' ? kind : 'JWT', Target: { 'Fn::Join': ['/', ['integrations', { Ref: `${id}${name}Integration` }]] },
      },
    }],
    invokable(id, name),
  ]
}
