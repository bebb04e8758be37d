type Statement = Readonly<Record<string, unknown>>
type Parameters = Readonly<Record<string, unknown>>

const sub = (text: string, parameter: string, value: unknown) => ({ 'Fn::Sub': [text, { [parameter]: value }] })

const on = (service: string, resource: string) => (parameter: string, ...actions: readonly string[]) => (given: Parameters): Statement =>
  ({ Effect: 'Allow', Action: actions.map((action) => `${service}:${action}`), Resource: sub(`arn:\${AWS::Partition}:${resource}:\${AWS::Region}:\${AWS::AccountId}:\${${parameter}}`, parameter, given[parameter]) })

const bucket = (...actions: readonly string[]) => ({ BucketName: name }: Parameters): Statement =>
  ({ Effect: 'Allow', Action: actions.map((action) => `s3:${action}`), Resource: [sub('arn:${AWS::Partition}:s3:::${BucketName}', 'BucketName', name), sub('arn:${AWS::Partition}:s3:::${BucketName}/*', 'BucketName', name)] })

const table = (...actions: readonly string[]) => ({ TableName: name }: Parameters): Statement =>
  ({ Effect: 'Allow', Action: actions.map((action) => `dynamodb:${action}`), Resource: [sub('arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${TableName}', 'TableName', name), sub('arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${TableName}/index/*', 'TableName', name)] })

const anything = (...actions: readonly string[]) => (): Statement => ({ Effect: 'Allow', Action: actions, Resource: '*' })

const given = (parameter: string, ...actions: readonly string[]) => (parameters: Parameters): Statement => ({ Effect: 'Allow', Action: actions, Resource: parameters[parameter] })

const reading = ['GetItem', 'Scan', 'Query', 'BatchGetItem', 'DescribeTable']
const writing = ['PutItem', 'UpdateItem', 'BatchWriteItem']

/** Policy templates of the serverless transform, as its documentation lists their statements; those that AI samples use. */
export const policyTemplates: Readonly<Record<string, (parameters: Parameters) => Statement>> = {
  S3ReadPolicy: bucket('GetObject', 'ListBucket', 'GetBucketLocation', 'GetObjectVersion', 'GetLifecycleConfiguration'),
  S3WritePolicy: bucket('PutObject', 'PutObjectAcl', 'PutLifecycleConfiguration'),
  S3CrudPolicy: bucket('GetObject', 'ListBucket', 'GetBucketLocation', 'GetObjectVersion', 'PutObject', 'PutObjectAcl', 'GetLifecycleConfiguration', 'PutLifecycleConfiguration', 'DeleteObject'),
  S3FullAccessPolicy: bucket('GetObject', 'GetObjectAcl', 'GetObjectVersion', 'PutObject', 'PutObjectAcl', 'DeleteObject', 'DeleteObjectTagging', 'DeleteObjectVersionTagging', 'GetObjectTagging', 'GetObjectVersionTagging', 'PutObjectTagging', 'PutObjectVersionTagging', 'ListBucket', 'GetBucketLocation', 'GetLifecycleConfiguration', 'PutLifecycleConfiguration'),
  DynamoDBReadPolicy: table(...reading),
  DynamoDBWritePolicy: table(...writing),
  DynamoDBCrudPolicy: table(...reading, 'DeleteItem', ...writing, 'ConditionCheckItem'),
  LambdaInvokePolicy: ({ FunctionName: name }) => ({ Effect: 'Allow', Action: ['lambda:InvokeFunction'], Resource: sub('arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${FunctionName}*', 'FunctionName', name) }),
  SQSSendMessagePolicy: on('sqs', 'sqs')('QueueName', 'SendMessage*'),
  SQSPollerPolicy: on('sqs', 'sqs')('QueueName', 'ChangeMessageVisibility', 'ChangeMessageVisibilityBatch', 'DeleteMessage', 'DeleteMessageBatch', 'GetQueueAttributes', 'ReceiveMessage'),
  SNSPublishMessagePolicy: on('sns', 'sns')('TopicName', 'Publish'),
  SSMParameterReadPolicy: ({ ParameterName: name }) => ({ Effect: 'Allow', Action: ['ssm:GetParameters', 'ssm:GetParameter', 'ssm:GetParametersByPath'], Resource: sub('arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/${ParameterName}', 'ParameterName', name) }),
  StepFunctionsExecutionPolicy: ({ StateMachineName: name }) => ({ Effect: 'Allow', Action: ['states:StartExecution'], Resource: sub('arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:${StateMachineName}', 'StateMachineName', name) }),
  KMSDecryptPolicy: ({ KeyId: id }) => ({ Effect: 'Allow', Action: ['kms:Decrypt'], Resource: sub('arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/${KeyId}', 'KeyId', id) }),
  AWSSecretsManagerGetSecretValuePolicy: given('SecretArn', 'secretsmanager:GetSecretValue'),
  ComprehendBasicAccessPolicy: anything('comprehend:BatchDetectKeyPhrases', 'comprehend:DetectDominantLanguage', 'comprehend:DetectEntities', 'comprehend:BatchDetectEntities', 'comprehend:DetectKeyPhrases', 'comprehend:DetectSentiment', 'comprehend:BatchDetectDominantLanguage', 'comprehend:BatchDetectSentiment'),
  RekognitionDetectOnlyPolicy: anything('rekognition:DetectFaces', 'rekognition:DetectLabels', 'rekognition:DetectModerationLabels', 'rekognition:DetectText'),
  TextractPolicy: anything('textract:*'),
  TextractDetectAnalyzePolicy: anything('textract:DetectDocumentText', 'textract:StartDocumentTextDetection', 'textract:StartDocumentAnalysis', 'textract:AnalyzeDocument'),
  PollyFullAccessPolicy: anything('polly:GetLexicon', 'polly:DeleteLexicon', 'polly:DescribeVoices', 'polly:ListLexicons', 'polly:PutLexicon', 'polly:SynthesizeSpeech'),
}
