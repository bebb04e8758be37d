import { unknown } from '../../core/unknown.ts'
import { connectorResources } from './sam-connectors.ts'
import { eventResources } from './sam-events.ts'
import { policyTemplates } from './sam-policies.ts'

type Definition = { readonly Type?: unknown, readonly Properties?: Readonly<Record<string, unknown>> } & Readonly<Record<string, unknown>>
type Properties = Readonly<Record<string, unknown>>

/** What the serverless transform makes of a template's resources; those that it does not know stay as they are. */
export const expandServerless = (resources: Readonly<Record<string, unknown>>, globals: unknown, onMade?: (made: string, from: string) => void): Record<string, unknown> =>
  Object.fromEntries(Object.entries(resources).flatMap(([id, resource]) => {
    const definition = (resource ?? {}) as Definition
    const made = [
      ...expand(id, definition, (globals ?? {}) as Readonly<Record<string, Properties>>, resources),
      ...Object.entries(isObject(definition['Connectors']) ? definition['Connectors'] : {}).flatMap(([name, connector]) => connectorResources(`${id}${name}`, { ...(connector as { Properties?: object } | null)?.Properties, Source: { Id: id } }, resources)),
    ]
    for (const [name] of made) if (name !== id) onMade?.(name, id)
    return made
  }))

const expand = (id: string, resource: Definition, globals: Readonly<Record<string, Properties>>, all: Properties): [string, unknown][] => {
  const { Type: type, Properties: own = {} } = resource ?? {}
  switch (type) {
    case 'AWS::Serverless::Function': {
      const properties = merged(globals['Function'], own)
      return [...serverlessFunction(id, resource, properties), ...eventResources(id, properties['Events'], globals, all)]
    }
    case 'AWS::Serverless::Api': return restApi(id, resource, merged(globals['Api'], own))
    case 'AWS::Serverless::HttpApi': return httpApi(id, resource, merged(globals['HttpApi'], own))
    case 'AWS::Serverless::Connector': return connectorResources(id, own, all)
    case 'AWS::Serverless::Application': return [[id, typeof own['Location'] === 'string' ? { ...resource, Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: own['Location'], Parameters: own['Parameters'] ?? {} } } : resource]]
    case 'AWS::Serverless::GraphQLApi': return [[id, { ...resource, Type: 'AWS::AppSync::GraphQLApi', Properties: { Name: own['Name'] ?? id, AuthenticationType: (own['Auth'] as { Type?: unknown } | undefined)?.Type ?? unknown('the API does not say how its callers are known') } }]]
    case 'AWS::Serverless::SimpleTable': return [[id, { ...resource, Type: 'AWS::DynamoDB::Table', Properties: { TableName: own['TableName'], KeySchema: [], SSESpecification: own['SSESpecification'] } }]]
    case 'AWS::Serverless::LayerVersion': return [[id, { ...resource, Type: 'AWS::Lambda::LayerVersion', Properties: { Content: codeOf(own['ContentUri']), LayerName: own['LayerName'] ?? id } }]]
    case 'AWS::Serverless::StateMachine': return stateMachine(id, resource, merged(globals['StateMachine'], own))
    default: return [[id, resource]]
  }
}

const restApi = (id: string, resource: Definition, own: Properties): [string, unknown][] => {
  const { Auth: auth, EndpointConfiguration: endpoint, DefinitionBody: body, AccessLogSetting: logs, MethodSettings: settings, TracingEnabled: tracing } = own
  const statements = (auth as { ResourcePolicy?: { CustomStatements?: unknown } } | undefined)?.ResourcePolicy?.CustomStatements
  const kind = typeof endpoint === 'string' ? endpoint : (endpoint as { Type?: unknown } | undefined)?.Type
  return [
    [id, { ...resource, Type: 'AWS::ApiGateway::RestApi', Properties: {
      Name: own['Name'] ?? id, ...body === undefined ? {} : { Body: body }, ...kind === undefined ? {} : { EndpointConfiguration: { Types: [kind] } },
      ...statements === undefined ? {} : { Policy: { Version: '2012-10-17', Statement: Array.isArray(statements) ? statements as unknown[] : [statements] } },
    } }],
    [`${id}Stage`, { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: id }, StageName: own['StageName'] ?? 'Prod', AccessLogSetting: logs, MethodSettings: settings, TracingEnabled: tracing } }],
  ]
}

const httpApi = (id: string, resource: Definition, own: Properties): [string, unknown][] => [
  [id, { ...resource, Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: own['Name'] ?? id, ProtocolType: 'HTTP', CorsConfiguration: own['CorsConfiguration'] } }],
  [`${id}Stage`, { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: id }, StageName: own['StageName'] ?? '$default', AutoDeploy: true, AccessLogSettings: own['AccessLogSettings'] } }],
]

const merged = (globals: Properties = {}, own: Properties = {}): Properties => Object.fromEntries([...new Set([...Object.keys(globals), ...Object.keys(own)])].map((name) => {
  const [a, b] = [globals[name], own[name]]
  if (Array.isArray(a) && Array.isArray(b)) return [name, [...a as unknown[], ...b as unknown[]]]
  if (isObject(a) && isObject(b) && !isIntrinsic(a) && !isIntrinsic(b)) return [name, merged(a, b)]
  return [name, b ?? a]
}))

const isObject = (value: unknown): value is Properties => typeof value === 'object' && value !== null && !Array.isArray(value)
const isIntrinsic = (value: Properties): boolean => Object.keys(value).length === 1 && /^(Ref|Fn::)/.test(Object.keys(value)[0]!)

const trust = (service: string) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole'], Principal: { Service: [service] } }] })

const role = (service: string, basic: readonly string[], policies: unknown, boundary: unknown) => {
  const list = Array.isArray(policies) ? policies as unknown[] : policies === undefined ? [] : [policies]
  const managed = list.filter((policy) => typeof policy === 'string' || (isObject(policy) && isIntrinsic(policy)))
    .map((policy) => (typeof policy === 'string' && !policy.startsWith('arn:') ? { 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${policy}` } : policy))
  const inline = list.filter((policy): policy is Properties => isObject(policy) && !isIntrinsic(policy))
    .map((policy, index) => ({ PolicyName: `policy${index}`, PolicyDocument: documentOf(policy) }))
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: trust(service),
      ManagedPolicyArns: [...basic.map((name) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/service-role/${name}` })), ...managed],
      Policies: inline,
      ...boundary === undefined ? {} : { PermissionsBoundary: boundary },
    },
  }
}

/** A policy that is written out, or one of the transform's templates. */
const documentOf = (policy: Properties): unknown => {
  if (policy['Statement'] !== undefined) return { Version: '2012-10-17', ...policy }
  const [[name, parameters] = ['', undefined]] = Object.entries(policy)
  const template = Object.hasOwn(policyTemplates, name) ? policyTemplates[name] : undefined
  return template === undefined ? unknown(`policy template ${name} is not written out`) : { Version: '2012-10-17', Statement: [template(isObject(parameters) ? parameters : {})] }
}

const functionProperties = ['FunctionName', 'Handler', 'Runtime', 'MemorySize', 'Timeout', 'Environment', 'VpcConfig', 'KmsKeyArn', 'Layers', 'Tracing', 'DeadLetterQueue', 'ReservedConcurrentExecutions',
  'PackageType', 'ImageConfig', 'Architectures', 'EphemeralStorage', 'FileSystemConfigs', 'CodeSigningConfigArn', 'Description', 'LoggingConfig']

const serverlessFunction = (id: string, resource: Definition, properties: Properties): [string, unknown][] => {
  const code = properties['ImageUri'] !== undefined ? { ImageUri: properties['ImageUri'] } : properties['InlineCode'] !== undefined ? { ZipFile: properties['InlineCode'] } : codeOf(properties['CodeUri'])
  const made: [string, unknown][] = [[id, {
    ...resource,
    Type: 'AWS::Lambda::Function',
    Properties: {
      ...Object.fromEntries(functionProperties.filter((name) => properties[name] !== undefined).map((name) => [name, properties[name]])),
      Code: code,
      Role: properties['Role'] ?? { 'Fn::GetAtt': [`${id}Role`, 'Arn'] },
      ...properties['Tags'] === undefined ? {} : { Tags: Object.entries(properties['Tags'] as Properties).map(([Key, Value]) => ({ Key, Value })) },
    },
  }]]
  if (properties['Role'] === undefined) {
    made.push([`${id}Role`, role('lambda.amazonaws.com', ['AWSLambdaBasicExecutionRole', ...properties['VpcConfig'] === undefined ? [] : ['AWSLambdaVPCAccessExecutionRole']], properties['Policies'], properties['PermissionsBoundary'])])
  }
  const url = properties['FunctionUrlConfig']
  if (isObject(url)) {
    made.push([`${id}Url`, { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: { 'Fn::GetAtt': [id, 'Arn'] }, AuthType: url['AuthType'] } }])
    if (url['AuthType'] === 'NONE') {
      made.push([`${id}UrlPublicPermissions`, { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunctionUrl', FunctionName: { Ref: id }, Principal: '*', FunctionUrlAuthType: 'NONE' } }])
    }
  }
  return made
}

/** A local folder is packaged when deployed; until then its place in S3 is not known. */
const codeOf = (uri: unknown): unknown => {
  if (typeof uri === 'string' && uri.startsWith('s3://')) {
    const [bucket = '', ...key] = uri.slice('s3://'.length).split('/')
    return { S3Bucket: bucket, S3Key: key.join('/') }
  }
  return isObject(uri) && uri['Bucket'] !== undefined ? { S3Bucket: uri['Bucket'], S3Key: uri['Key'] } : unknown('the code is packaged when it is deployed')
}

const stateMachine = (id: string, resource: Definition, properties: Properties): [string, unknown][] => {
  const { Definition: definition, DefinitionUri: uri, Role: own, Policies: policies, Name: name, Logging: logging, Tracing: tracing, Type: kind } = properties
  const made: [string, unknown][] = [[id, {
    ...resource,
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      StateMachineName: name, StateMachineType: kind, LoggingConfiguration: logging, TracingConfiguration: tracing,
      RoleArn: own ?? { 'Fn::GetAtt': [`${id}Role`, 'Arn'] },
      ...definition === undefined ? { DefinitionString: unknown(`the definition is in ${typeof uri === 'string' ? uri : 'another file'}`) } : { Definition: definition },
    },
  }]]
  if (own === undefined) made.push([`${id}Role`, role('states.amazonaws.com', [], policies, undefined)])
  return made
}
