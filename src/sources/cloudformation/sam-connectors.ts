type Section = Readonly<Record<string, unknown>>

interface Connector { readonly Source?: unknown, readonly Destination?: unknown, readonly Permissions?: unknown }

const isObject = (value: unknown): value is Section => typeof value === 'object' && value !== null && !Array.isArray(value)

const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] })
const under = (id: string, rest: string) => ({ 'Fn::Sub': `\${${id}.Arn}${rest}` })

/** What reading and writing a destination means, as the transform's documentation lists it. */
const destinations: Readonly<Record<string, { readonly read?: readonly string[], readonly write?: readonly string[], readonly on: (id: string) => unknown }>> = {
  'AWS::S3::Bucket': {
    read: ['s3:GetObject', 's3:GetObjectAcl', 's3:GetObjectLegalHold', 's3:GetObjectRetention', 's3:GetObjectTorrent', 's3:GetObjectVersion', 's3:GetObjectVersionAcl', 's3:GetObjectVersionForReplication', 's3:GetObjectVersionTorrent', 's3:ListBucket', 's3:ListBucketMultipartUploads', 's3:ListBucketVersions', 's3:ListMultipartUploadParts'],
    write: ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutObject', 's3:PutObjectLegalHold', 's3:PutObjectRetention', 's3:RestoreObject'],
    on: (id) => [arn(id), under(id, '/*')],
  },
  'AWS::DynamoDB::Table': {
    read: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan', 'dynamodb:BatchGetItem', 'dynamodb:ConditionCheckItem', 'dynamodb:PartiQLSelect'],
    write: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem', 'dynamodb:PartiQLDelete', 'dynamodb:PartiQLInsert', 'dynamodb:PartiQLUpdate'],
    on: (id) => [arn(id), under(id, '/index/*')],
  },
  'AWS::Lambda::Function': { write: ['lambda:InvokeAsync', 'lambda:InvokeFunction'], on: arn },
  'AWS::SQS::Queue': { read: ['sqs:ReceiveMessage', 'sqs:GetQueueAttributes'], write: ['sqs:DeleteMessage', 'sqs:SendMessage', 'sqs:ChangeMessageVisibility', 'sqs:PurgeQueue'], on: arn },
  'AWS::SNS::Topic': { write: ['sns:Publish'], on: (id) => ({ Ref: id }) },
  'AWS::Events::EventBus': { write: ['events:PutEvents'], on: arn },
  'AWS::StepFunctions::StateMachine': { read: ['states:DescribeStateMachine', 'states:ListExecutions', 'states:DescribeExecution', 'states:GetExecutionHistory'], write: ['states:StartExecution', 'states:StopExecution'], on: (id) => ({ Ref: id }) },
}

/** Types before the transform, by what they become. */
const plain: Readonly<Record<string, string>> = { 'AWS::Serverless::Function': 'AWS::Lambda::Function', 'AWS::Serverless::SimpleTable': 'AWS::DynamoDB::Table', 'AWS::Serverless::StateMachine': 'AWS::StepFunctions::StateMachine' }

const services: Readonly<Record<string, string>> = { 'AWS::S3::Bucket': 's3.amazonaws.com', 'AWS::SNS::Topic': 'sns.amazonaws.com', 'AWS::Events::Rule': 'events.amazonaws.com' }

/** What a connector makes: a policy of the role that its source runs as, or the permission to invoke a function. */
export const connectorResources = (id: string, { Source: source, Destination: to, Permissions: permissions }: Connector, definitions: Section): [string, unknown][] => {
  const wanted = Array.isArray(permissions) ? permissions.map(String) : []
  return (Array.isArray(to) ? to as unknown[] : [to]).flatMap((destination, index): [string, unknown][] => {
    const [from, target] = [idOf(source), idOf(destination)]
    if (from === undefined || target === undefined) return []
    const [kind, targetKind] = [typeOf(definitions[from]), typeOf(definitions[target])]
    const name = `${id}${index === 0 ? '' : index}`
    const service = services[kind]
    if (service !== undefined && targetKind === 'AWS::Lambda::Function') return [[`${name}Permission`, { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: { Ref: target }, Principal: service, SourceArn: kind === 'AWS::SNS::Topic' ? { Ref: from } : arn(from) } }]]
    const access = destinations[targetKind]
    const role = roleOf(from, definitions[from])
    const actions = [...wanted.includes('Read') ? access?.read ?? [] : [], ...wanted.includes('Write') ? access?.write ?? [] : []]
    if (access === undefined || role === undefined || actions.length === 0) return []
    return [[`${name}Policy`, { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: [role], PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: access.on(target) }] } } }]]
  })
}

const idOf = (end: unknown): string | undefined => (isObject(end) && typeof end['Id'] === 'string' ? end['Id'] : undefined)

const typeOf = (definition: unknown): string => {
  const type = isObject(definition) ? String(definition['Type']) : ''
  return plain[type] ?? type
}

/** The name of the role that a function or a state machine runs as. */
const roleOf = (id: string, definition: unknown): unknown => {
  const { Type: type, Properties: properties } = definition as { Type?: unknown, Properties?: Section }
  const role = properties?.['Role'] ?? properties?.['RoleArn']
  if (role === undefined) return String(type).startsWith('AWS::Serverless::') ? { Ref: `${id}Role` } : undefined
  const [named] = isObject(role) && Array.isArray(role['Fn::GetAtt']) ? role['Fn::GetAtt'] as unknown[] : []
  return typeof named === 'string' ? { Ref: named } : undefined
}
