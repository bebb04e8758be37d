import { bucketCheck } from '../families/bucket-check.ts'
import { accessLogged, notPublic, notReadOutside, notWrittenOutside, nothingSensitive, tlsOnly, versioned } from '../families/bucket-traits.ts'
import { ROLE } from '../families/values.ts'

const source = 'DataSourceConfiguration/S3Configuration/BucketArn'
const documents = (bucket: string) => ({
  Name: 'handbook', KnowledgeBaseId: 'KB12345678',
  DataSourceConfiguration: { Type: 'S3' as const, S3Configuration: { BucketArn: `arn:aws:s3:::${bucket}` } },
})

export default [
  bucketCheck({
    id: 'bedrock-kb-source-bucket-writable', on: 'AWS::Bedrock::DataSource', risk: 'data-poisoning', severity: 'critical',
    title: 'Somebody outside can change the documents of the knowledge base',
    why: 'A planted document is retrieved as truth, and can carry instructions to every agent that reads it.',
    fix: 'Allow s3:PutObject and s3:DeleteObject on the documents only to the roles that publish them.',
    at: [source], traits: [notWrittenOutside], example: documents,
  }),
  bucketCheck({
    id: 'bedrock-kb-source-bucket-public', on: 'AWS::Bedrock::DataSource', risk: 'privacy-violation', severity: 'critical',
    title: 'The documents of the knowledge base are public',
    why: 'Anyone on the internet can download what the knowledge base answers from, past every guardrail.',
    fix: 'Remove the public grant from the bucket and turn on all four settings of Block Public Access.',
    at: [source], traits: [notPublic], example: documents,
  }),
  bucketCheck({
    id: 'bedrock-kb-source-bucket-hygiene', on: 'AWS::Bedrock::DataSource', risk: 'data-poisoning', severity: 'medium',
    title: 'The documents of the knowledge base are unversioned, unlogged or sent in the clear',
    why: 'A planted or altered document leaves no trace and cannot be taken back.',
    fix: 'Turn on versioning and access logging for the bucket, and deny requests where aws:SecureTransport is false.',
    also: ['awsaiml:FS-33', 'awsaiml:FS-65'],
    at: [source], traits: [versioned, accessLogged, tlsOnly], example: documents,
  }),
  bucketCheck({
    id: 'bedrock-kb-source-sensitive-data', on: 'AWS::Bedrock::DataSource', risk: 'privacy-violation', severity: 'high',
    title: 'Macie found sensitive data in the documents of the knowledge base',
    why: 'Whoever may ask the knowledge base can be told what the documents say, personal data and secrets included.',
    fix: 'Redact or remove what Macie reports for the bucket, then sync the data source again.',
    also: ['awsaiml:FS-44'],
    at: [source], traits: [nothingSensitive], example: documents,
  }),
  bucketCheck({
    id: 'bedrock-kb-transform-lambda', on: 'AWS::Bedrock::DataSource', risk: 'data-poisoning', severity: 'medium',
    title: 'Somebody outside can reach the chunks while they are transformed',
    why: 'What stands in the intermediate bucket is what gets indexed.',
    fix: 'Allow only the role of the knowledge base and the transformation function to use the intermediate bucket.',
    at: ['VectorIngestionConfiguration/CustomTransformationConfiguration/IntermediateStorage/S3Location/URI'], traits: [notReadOutside, notWrittenOutside],
    example: (bucket) => ({
      ...documents('documents'),
      VectorIngestionConfiguration: { CustomTransformationConfiguration: {
        IntermediateStorage: { S3Location: { URI: `s3://${bucket}/chunks` } },
        Transformations: [{ StepToApply: 'POST_CHUNKING', TransformationFunction: { TransformationLambdaConfiguration: { LambdaArn: 'arn:aws:lambda:us-east-1:111122223333:function:chunk' } } }],
      } },
    }),
  }),
  bucketCheck({
    id: 'kendra-data-source-insecure', on: 'AWS::Kendra::DataSource', risk: 'data-poisoning', severity: 'medium',
    title: 'Somebody outside can change the documents of the index',
    why: 'A planted document is found and answered from as if it were genuine.',
    fix: 'Allow s3:PutObject and s3:DeleteObject on the documents only to the roles that publish them.',
    at: ['DataSourceConfiguration/S3Configuration/BucketName'], traits: [notWrittenOutside],
    example: (bucket) => ({ Name: 'handbook', IndexId: '12345678-1234-1234-1234-123456789012', Type: 'S3', RoleArn: ROLE, DataSourceConfiguration: { S3Configuration: { BucketName: bucket } } }),
  }),
]
