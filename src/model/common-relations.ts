import type { RelationRule, Target } from './describe.ts'
import type { Relation } from './relations.ts'
import type { TypeSchema, ValueSchema } from './type-schema.ts'

/** A relation that a property's name states, whatever the type. `path` narrows it to where in the resource it stands. */
interface NamedRelation {
  readonly relation: Relation
  readonly target: Target
  readonly name: RegExp
  readonly path?: RegExp
  readonly types?: RegExp
}

const output = /Output|Destination|Result|Report|Capture|Delivery|Log/
const intelligent = /^AWS::(SageMaker|Bedrock|BedrockAgentCore|Comprehend|ComprehendMedical|Rekognition|Transcribe|Translate|Textract|Polly|Personalize|Forecast|FraudDetector|Kendra|QBusiness|HealthLake|Lex|Glue)::/

/** AWS names the same thing the same way nearly everywhere: roles, keys, subnets, secrets, S3 locations. The first that fits counts. */
const named: readonly NamedRelation[] = [
  { relation: 'runs as', target: 'AWS::IAM::Role', name: /(^|[a-z])(Role|RoleArn|RoleARN|RoleName)$/, types: /^AWS::(?!IAM|SSO|Cognito|KMS|Organizations|RAM|LakeFormation|ECS)/ },
  { relation: 'encrypted with', target: ['AWS::KMS::Key', 'AWS::KMS::Alias'], name: /(Kms|KMS|EncryptionKey|CmkArn|CMK).*$|^KMSKey$|EncryptionKey(Arn|Id)?$/, types: /^AWS::(?!KMS)/ },
  { relation: 'in subnet', target: 'AWS::EC2::Subnet', name: /^Subnets?(Ids?)?$|SubnetIds?$/, types: /^AWS::(?!EC2::(Subnet|RouteTable|SubnetRouteTable))/ },
  { relation: 'in security group', target: 'AWS::EC2::SecurityGroup', name: /^(Vpc)?SecurityGroups?(Ids?)?$|SecurityGroupIds?$/, types: /^AWS::(?!EC2::SecurityGroup)/ },
  { relation: 'in network', target: 'AWS::EC2::VPC', name: /^VpcId$/ },
  { relation: 'uses secret', target: 'AWS::SecretsManager::Secret', name: /Secrets?(Manager)?(Arn|ARN|Id)$/, types: /^AWS::(?!SecretsManager)/ },
  { relation: 'logs to', target: 'AWS::Logs::LogGroup', name: /LogGroup(Name|Arn)?$/, types: /^AWS::(?!Logs)/ },
  { relation: 'runs image', target: 'image', name: /^(Image|ImageUri|ContainerUri|TrainingImage|InferenceImage|BaseImage)$/, types: /^AWS::(SageMaker|BedrockAgentCore|ECS|Batch|CodeBuild)::/ },
  { relation: 'guarded by', target: 'AWS::Bedrock::Guardrail', name: /^Guardrail(Identifier|Id|Arn)$/, types: /^AWS::(?!Bedrock::Guardrail)/ },
  { relation: 'loads', target: 'storage', name: /^(ModelDataUrl|ModelArtifacts?|S3ModelArtifacts|SourceS3Uri)$/, types: intelligent },
  { relation: 'loads', target: 'storage', name: /^S3Uri$/, path: /ModelDataSource|ModelDataQuantization|AdditionalModelDataSources|Checkpoint|LifeCycleConfig|ModelImport/, types: intelligent },
  { relation: 'writes', target: 'storage', name: /^(S3Uri|S3OutputPath|S3OutputUri|S3OutputLocation|S3Path|DestinationS3Uri|LocalPath|S3BucketName|OutputBucketName|OutputS3BucketName|Uri|S3Destination)$/, path: output, types: intelligent },
  { relation: 'reads', target: 'storage', name: /^(S3Uri|S3InputUri|MediaFileUri|DataLocation|S3Url|Uri|S3Path|InputS3Uri|CsvDataSource|ManifestS3Uri|TrainingDataS3Uri)$/, types: intelligent },
  { relation: 'calls', target: 'AWS::Lambda::Function', name: /^Lambda(Arn|FunctionArn|Function)?$|LambdaArn$/, types: intelligent },
]

const deepest = 9

/** The relations that a type's property names state; `explicit` pointers are left to whoever declared them. */
export const commonRelations = (type: string, schema: TypeSchema, explicit: ReadonlySet<string>): RelationRule[] => {
  const rules: RelationRule[] = []
  const visit = (value: ValueSchema, path: readonly string[], within: readonly string[]): void => {
    if (path.length > deepest) return
    if ('ref' in value) {
      const definition = schema.definitions[value.ref]
      if (definition !== undefined && !within.includes(value.ref)) visit(definition, path, [...within, value.ref])
    } else if ('list' in value) visit(value.list, [...path, '*'], within)
    else if ('map' in value) visit(value.map, [...path, '*'], within)
    else if ('fields' in value) for (const [name, field] of Object.entries(value.fields)) visit(field, [...path, name], within)
    else if ('text' in value) {
      const pointer = path.join('/')
      const rule = explicit.has(pointer) ? undefined : relationOf(type, path)
      if (rule !== undefined) rules.push({ relation: rule.relation, target: rule.target, pointer })
    }
  }
  for (const [name, value] of Object.entries(schema.properties)) visit(value, [name], [])
  return rules
}

const relationOf = (type: string, path: readonly string[]): NamedRelation | undefined => {
  const last = path.findLast((step) => step !== '*')!
  const before = path.slice(0, -1).join('/')
  return named.find(({ name, path: place, types }) => name.test(last) && (place?.test(`${before}/${last}`) ?? true) && (types?.test(type) ?? true))
}
