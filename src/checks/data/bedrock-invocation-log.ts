import { some } from '../../core/unknown.ts'
import { defineCheck } from '../check.ts'
import type { Given } from '../check.ts'
import { bucketCheck } from '../families/bucket-check.ts'
import { accessLogged, keepsHistory, kmsEncrypted, notReadOutside } from '../families/bucket-traits.ts'
import { KEY, ROLE } from '../families/values.ts'

/** Bodies over 100 KB of a log that goes to CloudWatch land in a bucket of their own. */
const buckets = ['S3Config/BucketName', 'CloudWatchConfig/LargeDataDeliveryS3Config/BucketName'] as const
const toBucket = (bucket: string) => ({ TextDataDeliveryEnabled: true, S3Config: { BucketName: bucket } })
const toGroup = { TextDataDeliveryEnabled: true, CloudWatchConfig: { LogGroupName: 'bedrock', RoleArn: ROLE } }
const group = (properties: object = {}): Given => ({ type: 'AWS::Logs::LogGroup', properties: { LogGroupName: 'bedrock', ...properties } })
const masking = { Name: 'mask', Version: '2021-06-01', Statement: [] }
const logging: Given = { type: 'AWS::Bedrock::ModelInvocationLoggingConfiguration', properties: toGroup }
const maskedByAccount = { BartizanMasksByAccount: true }

/** Whether a collector saw that a policy of the account masks what this log group takes in. */
const isMaskedByAccount = (group: object): boolean => (group as Partial<typeof maskedByAccount>).BartizanMasksByAccount === true

export default [
  bucketCheck({
    id: 'bedrock-invocation-log-bucket-unencrypted', on: 'AWS::Bedrock::ModelInvocationLoggingConfiguration', risk: 'insufficient-encryption', severity: 'high',
    title: 'Logged prompts and answers are not encrypted with KMS',
    why: 'The log holds every prompt and answer in full, and only a KMS key puts a second lock on it besides the bucket policy.',
    fix: 'Set the default encryption of each bucket that the log goes to, large bodies included, to aws:kms with a customer managed key.',
    also: ['prowler:bedrock_model_invocation_logs_encryption_enabled', 'awsaiml:BR-12'],
    at: buckets, traits: [kmsEncrypted], example: toBucket,
  }),
  bucketCheck({
    id: 'bedrock-invocation-log-bucket-exposed', on: 'AWS::Bedrock::ModelInvocationLoggingConfiguration', risk: 'privacy-violation', severity: 'critical',
    title: 'Somebody outside can read the logged prompts and answers',
    why: 'The log holds every prompt and answer in full, whatever secrets and personal data people typed included.',
    fix: 'Take the foreign or public principals out of the policy of each bucket that the log goes to.',
    at: buckets, traits: [notReadOutside], example: toBucket,
  }),
  bucketCheck({
    id: 'bedrock-invocation-log-bucket-tamperable', on: 'AWS::Bedrock::ModelInvocationLoggingConfiguration', risk: 'privacy-violation', severity: 'medium',
    title: 'The log of prompts and answers can be altered or read without a trace',
    why: 'After an attack nobody can tell whether the log is whole, or who read it.',
    fix: 'Turn on versioning or Object Lock, and access logging, for each bucket that the log goes to.',
    at: buckets, traits: [keepsHistory, accessLogged], example: toBucket,
  }),
  defineCheck({
    id: 'bedrock-invocation-log-group-no-kms', on: 'AWS::Bedrock::ModelInvocationLoggingConfiguration', risk: 'insufficient-encryption', severity: 'high',
    title: 'The log group of prompts and answers has no KMS key',
    why: 'The log holds every prompt and answer in full, and only a KMS key puts a second lock on it.',
    fix: { text: 'Associate a customer managed KMS key with the log group.' },
    also: ['prowler:bedrock_model_invocation_logs_encryption_enabled'],
    when: ({ CloudWatchConfig: config }, estate) => estate.find('AWS::Logs::LogGroup', config?.LogGroupName) !== undefined,
    requires: ({ CloudWatchConfig: config }, estate) => estate.find('AWS::Logs::LogGroup', config?.LogGroupName)?.properties.KmsKeyId !== undefined,
    fails: [{ ...toGroup, given: [group()] }],
    passes: [{ ...toGroup, given: [group({ KmsKeyId: KEY })] }],
  }),
  defineCheck({
    id: 'bedrock-invocation-log-no-pii-masking', on: 'AWS::Logs::LogGroup', risk: 'privacy-violation', severity: 'medium',
    title: 'Logged prompts are kept for ever or without masking personal data',
    why: 'Whoever may read the log reads the personal data in it, and there is ever more of it.',
    fix: { text: 'Give the log group a data protection policy that masks personal data, and a retention time.', set: { RetentionInDays: 90 } },
    also: ['awsaiml:FS-43'],
    when: (_group, estate) => some(estate.all('AWS::Bedrock::ModelInvocationLoggingConfiguration'), ({ properties }) => properties.CloudWatchConfig?.LogGroupName === estate.self.name),
    requires: (logs) => logs.RetentionInDays !== undefined && (isMaskedByAccount(logs) || logs.DataProtectionPolicy !== undefined),
    fails: [
      { LogGroupName: 'bedrock', RetentionInDays: 90, given: [logging] },
      { LogGroupName: 'bedrock', DataProtectionPolicy: masking, given: [logging] },
    ],
    passes: [
      { LogGroupName: 'bedrock', RetentionInDays: 90, DataProtectionPolicy: masking, given: [logging] },
      { LogGroupName: 'bedrock', RetentionInDays: 90, ...maskedByAccount, given: [logging] },
    ],
  }),
]
