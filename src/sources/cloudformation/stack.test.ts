import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, describe } from 'vitest'
import { isUnknown } from '../../core/unknown.ts'
import { parseTemplate } from './parse.ts'
import { resolveStack } from './stack.ts'
import { resolveStacks } from './stacks.ts'

const where = { account: '111122223333', region: 'eu-west-1' }

const resolve = (text: string, parameters: Record<string, unknown> = {}) =>
  resolveStack(parseTemplate('t.yaml', text), { stack: 't', ...where, parameters, imported: (name) => ({ $unknown: name }) })

const only = (text: string, parameters?: Record<string, unknown>) => resolve(text, parameters).resources[0]!

const bucket = (name: string, more = '') => `${more}\nResources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: ${name}\n`

describe('intrinsics', () => {
  test.each([
    ['!Sub "x-${AWS::Region}-${!Literal}"', '', 'x-eu-west-1-${Literal}'],
    ['!Join ["-", [a, !Ref AWS::AccountId]]', '', 'a-111122223333'],
    ['!Select [1, !Split [",", "a,b,c"]]', '', 'b'],
    ['!FindInMap [M, !Ref AWS::Region, name]', 'Mappings: {M: {eu-west-1: {name: mapped}}}', 'mapped'],
    ['!If [C, yes, no]', 'Parameters: {P: {Type: String, Default: a}}\nConditions: {C: !Not [!Equals [!Ref P, a]]}', 'no'],
    ['{"Fn::Sub": ["${A}!", {"A": "b"}]}', '', 'b!'],
    ['!Ref P', 'Parameters: {P: {Type: Number, Default: 5}}', '5'],
    ['!Select [1, !Cidr [10.0.0.0/16, 3, 8]]', '', '10.0.1.0/24'],
    ['!Sub "${Environment}-data"', 'Parameters: {Environment: {Type: String}}', 'environment-data'],
  ])('%s', (expression, more, expected) => {
    expect(only(bucket(expression, more)).properties['BucketName']).toBe(expected)
  })

  test.each([
    ['!Ref P', 'Parameters: {P: {Type: String}}', 'parameter P has no value'],
    ['!Ref P', 'Parameters: {P: {Type: String, NoEcho: true, Default: x}}', 'secret'],
    ['"{{resolve:ssm:/name}}"', '', 'dynamic reference'],
    ['!If [C, a, b]', 'Parameters: {P: {Type: String}}\nConditions: {C: !Equals [!Ref P, a]}', 'condition C is not known'],
    ['!GetAtt Other.Name', '', 'known only when deployed'],
    ['!Sub "${AccountId}-data"', 'Parameters: {AccountId: {Type: String}}', 'has no value'],
    ['!Select [0, !Cidr [10.0.0.0/30, 3, 8]]', '', 'no 3 such networks'],
    ['!Sub "${Nope}"', '', 'not in the template'],
  ])('%s is unknown', (expression, more, reason) => {
    const value = only(bucket(expression, more)).properties['BucketName']
    expect(isUnknown(value) && value.$unknown).toContain(reason)
  })

  test('a given parameter wins over its default', () => {
    expect(only(bucket('!Ref P', 'Parameters: {P: {Type: String, Default: a}}'), { P: 'b' }).properties['BucketName']).toBe('b')
  })
  test('a property that is AWS::NoValue is not set, and a resource whose condition is false is not there', () => {
    expect(only(bucket('!Ref AWS::NoValue')).properties).toEqual({})
    expect(resolve('Conditions: {C: !Equals [a, b]}\nResources: {B: {Type: AWS::S3::Bucket, Condition: C}}').resources).toEqual([])
  })
})

test('resources refer to each other by the ARNs and names that they will have', () => {
  const { resources } = resolve(`
Resources:
  R: {Type: AWS::IAM::Role, Properties: {RoleName: runner, AssumeRolePolicyDocument: {}}}
  F: {Type: AWS::Lambda::Function, Properties: {Code: {ZipFile: x}, Role: !GetAtt R.Arn, Handler: h, Runtime: python3.12}}
  U: {Type: AWS::Lambda::Url, Properties: {TargetFunctionArn: !GetAtt F.Arn, AuthType: NONE}}`)
  expect(resources.map(({ arn }) => arn)).toContain('arn:aws:iam::111122223333:role/runner')
  expect(resources[1]!.properties['Role']).toBe('arn:aws:iam::111122223333:role/runner')
  expect(resources[2]!.properties['TargetFunctionArn']).toBe(resources[1]!.arn)
})

test('each property has its line', () => {
  const { lines, columns, location } = only(bucket('!Ref AWS::Region'))
  expect(location).toMatchObject({ file: 't.yaml', line: 3, column: 3 })
  expect(lines).toMatchObject({ BucketName: 6 })
  expect(columns).toMatchObject({ BucketName: 19 })
})

test('loops of the language extensions are written out', () => {
  const { resources } = resolve(`
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Buckets:
    - Name
    - [Alpha, Beta]
    - "Bucket\${Name}": {Type: AWS::S3::Bucket, Properties: {BucketName: !Sub "x-\${Name}"}}`)
  expect(resources.map(({ id, properties, location }) => [id, properties['BucketName'], location?.line])).toEqual([['t/BucketAlpha', 'x-Alpha', 7], ['t/BucketBeta', 'x-Beta', 7]])
})

test('loops in loops, in conditions and in outputs are written out, with the place that they came from', () => {
  const { resources, exports } = resolve(`
Parameters: {Stages: {Type: CommaDelimitedList, Default: "dev, prod"}}
Mappings: {Kinds: {dev: {list: [docs]}, prod: {list: [docs, chat]}}}
Conditions:
  Fn::ForEach::Each: [Stage, [dev, prod], {"Is\${Stage}": !Equals [!Ref Stage, prod]}]
Resources:
  Fn::ForEach::Outer:
    - Stage
    - !Ref Stages
    - Fn::ForEach::Inner:
        - Kind
        - !FindInMap [Kinds, !Ref Stage, list]
        - "\${Stage}\${Kind}":
            Type: AWS::S3::Bucket
            Condition: "Is\${Stage}"
            Properties: {BucketName: !Sub "\${Stage}-\${Kind}"}
Outputs:
  Fn::ForEach::Out: [Kind, [docs], {"Out\${Kind}": {Value: !Ref "prod&{Kind}", Export: {Name: !Sub "name-\${Kind}"}}}]`)
  expect(resources.map(({ id, location, lines }) => [id, location?.line, lines?.['BucketName']])).toEqual([['t/proddocs', 13, 16], ['t/prodchat', 13, 16]])
  expect(exports['name-docs']).toBe('prod-docs')
})

test('a list with an item that may not be there has no known length', () => {
  const { properties } = only(`
Parameters: {P: {Type: String}}
Conditions: {C: !Equals [!Ref P, a]}
Resources: {M: {Type: AWS::SageMaker::Model, Properties: {VpcConfig: {Subnets: [s], SecurityGroupIds: [g, !If [C, h, !Ref AWS::NoValue]]}, Tags: [{Key: n, Value: !Length [a, !If [C, b, !Ref AWS::NoValue]]}]}}}`)
  expect(properties['VpcConfig']).toMatchObject({ SecurityGroupIds: ['g', { $unknown: 'condition C is not known', $optional: true }] })
  expect(properties['Tags']).toMatchObject([{ Value: { $unknown: 'condition C is not known' } }])
})

test('what is not here is named', () => {
  const { gaps } = resolve(`
Transform: [AWS::LanguageExtensions, Acme::Macro]
Resources:
  Inner: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: https://s3.amazonaws.com/b/inner.yaml}}
  Fn::ForEach::Later: [N, !Ref Nope, {"A\${N}": {Type: AWS::S3::Bucket}}]`)
  expect(gaps.map(({ operation }) => operation)).toEqual(['t.yaml: transform Acme::Macro', 't.yaml: Fn::ForEach::Later', 't.yaml: nested stack Inner'])
})

test('a serverless function becomes a function, a role, a URL and its permission', () => {
  const { resources } = resolve(`
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Runtime: python3.12, Environment: {Variables: {A: "1"}}}}
Resources:
  Chat:
    Type: AWS::Serverless::Function
    Properties: {Handler: a.b, CodeUri: src/, FunctionUrlConfig: {AuthType: NONE}, Policies: [AmazonBedrockFullAccess, {Statement: [{Effect: Allow, Action: 's3:*', Resource: '*'}]}]}`)
  expect(resources.map(({ type }) => type)).toEqual(['AWS::Lambda::Function', 'AWS::IAM::Role', 'AWS::Lambda::Url', 'AWS::Lambda::Permission'])
  expect(resources[0]!.properties).toMatchObject({ Runtime: 'python3.12', Role: 'arn:aws:iam::111122223333:role/ChatRole' })
  expect(JSON.stringify(resources[1]!.properties['ManagedPolicyArns'])).toContain('arn:aws:iam::aws:policy/AmazonBedrockFullAccess')
})

test('events of a serverless function are routes of an API, open unless something asks who calls', () => {
  const { resources } = resolve(`
Transform: AWS::Serverless-2016-10-31
Resources:
  Api: {Type: AWS::Serverless::HttpApi, Properties: {Auth: {DefaultAuthorizer: Users}}}
  Chat:
    Type: AWS::Serverless::Function
    Properties:
      Handler: a.b
      Runtime: python3.12
      CodeUri: src/
      Policies: [S3ReadPolicy: {BucketName: docs}]
      Events:
        Open: {Type: Api, Properties: {Path: /chat, Method: post}}
        Closed: {Type: HttpApi, Properties: {ApiId: !Ref Api, Path: /x, Method: get}}`)
  const of = Object.fromEntries(resources.map(({ id, properties }) => [id, properties]))
  expect(of['t/ChatOpen']).toMatchObject({ AuthorizationType: 'NONE', HttpMethod: 'POST', Integration: { Uri: 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:Chat/invocations' } })
  expect(of['t/ChatClosed']).toMatchObject({ AuthorizationType: 'JWT', Target: 'integrations/ChatClosedIntegration' })
  expect(of['t/ChatRole']!['Policies']).toMatchObject([{ PolicyDocument: { Statement: [{ Resource: ['arn:aws:s3:::docs', 'arn:aws:s3:::docs/*'] }] } }])
})

test('connectors, applications, APIs and layers are what the transform makes of them', () => {
  const { resources, gaps } = resolve(`
Transform: AWS::Serverless-2016-10-31
Globals: {Api: {EndpointConfiguration: PRIVATE}}
Resources:
  Chat:
    Type: AWS::Serverless::Function
    Connectors: {Docs: {Properties: {Destination: {Id: Bucket}, Permissions: [Read]}}}
    Properties: {Handler: a.b, InlineCode: x, Events: {New: {Type: S3, Properties: {Bucket: !Ref Bucket}}}}
  Bucket: {Type: AWS::S3::Bucket}
  Topic: {Type: AWS::SNS::Topic}
  Told: {Type: AWS::Serverless::Connector, Properties: {Source: {Id: Topic}, Destination: {Id: Chat}, Permissions: [Write]}}
  Rest: {Type: AWS::Serverless::Api, Properties: {StageName: v1, Auth: {ResourcePolicy: {CustomStatements: {Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', Resource: '*'}}}}}
  Layer: {Type: AWS::Serverless::LayerVersion, Properties: {ContentUri: s3://code/layer.zip}}
  Graph: {Type: AWS::Serverless::GraphQLApi, Properties: {Auth: {Type: API_KEY}}}
  New: {Type: AWS::Serverless::WebFunction}`)
  const of = Object.fromEntries(resources.map(({ id, properties }) => [id, properties]))
  expect(of['t/ChatDocsPolicy']).toMatchObject({ Roles: ['ChatRole'], PolicyDocument: { Statement: [{ Resource: ['arn:aws:s3:::Bucket', 'arn:aws:s3:::Bucket/*'] }] } })
  expect(of['t/ChatNewPermission']).toMatchObject({ Principal: 's3.amazonaws.com', SourceArn: 'arn:aws:s3:::Bucket' })
  expect(of['t/ToldPermission']).toMatchObject({ Principal: 'sns.amazonaws.com', FunctionName: 'Chat' })
  expect(of['t/Rest']).toMatchObject({ EndpointConfiguration: { Types: ['PRIVATE'] }, Policy: { Statement: [{ Principal: '*' }] } })
  expect(of['t/Layer']).toMatchObject({ Content: { S3Bucket: 'code', S3Key: 'layer.zip' } })
  expect(of['t/Graph']).toMatchObject({ AuthenticationType: 'API_KEY' })
  expect(gaps.map(({ operation }) => operation)).toEqual(['t.yaml: resource New'])
})

test('local files are included, nested outputs are known before their stack, modules are named', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bartizan-'))
  writeFileSync(join(folder, 'part.yaml'), 'BucketName: included\n')
  writeFileSync(join(folder, 'inner.yaml'), 'Resources: {B: {Type: AWS::S3::Bucket}}\nOutputs: {Name: {Value: from-inner}}\n')
  const parsed = parseTemplate('t.yaml', `
Resources:
  Early: {Type: AWS::S3::Bucket, Properties: {BucketName: !GetAtt Inner.Outputs.Name}}
  Whole: {Type: AWS::S3::Bucket, Properties: {"Fn::Transform": {Name: AWS::Include, Parameters: {Location: part.yaml}}}}
  Inner: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./inner.yaml}}
  Kit: {Type: "Acme::ML::Kit::MODULE"}
  Table: {Type: AWS::DynamoDB::Table, Properties: {TableName: t, KeySchema: []}}
  Other: {Type: AWS::S3::Bucket, Properties: {BucketName: !GetAtt Table.StreamArn}}`)
  const { resources, gaps } = resolveStacks([{ parsed, folder, stack: 't' }], { ...where, variables: {} })
  const of = Object.fromEntries(resources.map(({ id, properties }) => [id, properties]))
  expect([of['t/Early']!['BucketName'], of['t/Whole']!['BucketName']]).toEqual(['from-inner', 'included'])
  expect(isUnknown(of['t/Other']!['BucketName'])).toBe(true)
  expect(gaps.map(({ operation }) => operation)).toEqual(['t.yaml: module Kit'])
})

test('what one stack exports another imports', () => {
  const exporter = parseTemplate('a.yaml', `Resources: {B: {Type: AWS::S3::Bucket, Properties: {BucketName: data}}}\nOutputs: {O: {Value: !GetAtt B.Arn, Export: {Name: data-arn}}}`)
  const importer = parseTemplate('b.yaml', `Resources: {P: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !ImportValue data-arn, PolicyDocument: {}}}}`)
  const { resources } = resolveStacks([{ parsed: importer, folder: '.', stack: 'b' }, { parsed: exporter, folder: '.', stack: 'a' }], { ...where, variables: {} })
  expect(resources.find(({ id }) => id === 'b/P')!.properties['Bucket']).toBe('arn:aws:s3:::data')
})

test('comments and metadata silence, with a reason only', () => {
  const [first, second] = resolve(`
Resources:
  A:
    Type: AWS::S3::Bucket # bartizan:ignore check-one reason="known" until=2030-01-01
  # bartizan:ignore check-two
  B:
    Type: AWS::S3::Bucket
    Metadata: {bartizan: {ignore: [{check: check-three, reason: because}]}}`).resources
  expect(first!.ignores).toEqual([{ check: 'check-one', reason: 'known', until: '2030-01-01' }])
  expect(second!.ignores).toEqual([{ check: 'check-three', reason: 'because' }])
})

describe('hostile templates', () => {
  test.each([
    ['broken YAML', 'Resources: {A: [}', /t\.yaml:1: /],
    ['nesting', `Resources: ${'{a: '.repeat(500)}1${'}'.repeat(500)}`, /deep/],
    ['anchors that explode', `a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(',')}]`).join('\n')}\n`, /bomb|resource exhaustion|alias/i],
  ])('%s is an error that names the file', (_name, text, message) => {
    expect(() => parseTemplate('t.yaml', text)).toThrow(message)
  })
  test('references in a circle are unknown', () => {
    const value = only(bucket('!Ref C', '') + '  C: {Type: AWS::S3::Bucket, Properties: {BucketName: !Ref B}}\n').properties['BucketName']
    expect(value === undefined || typeof value === 'string' || isUnknown(value)).toBe(true)
  })
  test.each(['[]', '"text"', '{Resources: []}', '{Resources: {A: 5}}', '{Resources: {A: {Type: 7}}}', '{Resources: {A: {Type: AWS::S3::Bucket, Properties: [1]}}}'])('%s does not crash', (text) => {
    expect(() => resolve(text)).not.toThrow()
  })
})
