import { storagePlace } from '../../graph/storage.ts'
import type { EstateView } from '../../graph/view.ts'
import { defineCheck } from '../check.ts'
import { ACCOUNT, STRANGER } from '../families/examples.ts'
import { everyAt, someAt } from '../families/places.ts'
import { ROLE } from '../families/values.ts'
import { isOwnBucket } from '../families/own-buckets.ts'

const input = 'InputDataConfig/*/DataSource/S3DataSource/S3Uri'
const training = (bucket: string) => ({
  TrainingJobName: 'churn', RoleArn: ROLE, InputDataConfig: [{ ChannelName: 'train', DataSource: { S3DataSource: { S3Uri: `s3://${bucket}/train/` } } }],
})
const batch = (owner: string) => ({
  JobName: 'summaries', InputDataConfig: { S3InputDataConfig: { S3Uri: 's3://questions/in', S3BucketOwner: ACCOUNT } },
  OutputDataConfig: { S3OutputDataConfig: { S3Uri: 's3://answers/out', S3BucketOwner: owner } },
})

const isDefault = (uri: unknown, { region, account }: EstateView): boolean => storagePlace(uri)?.bucket === `sagemaker-${region}-${account}`

export default [
  defineCheck({
    id: 'sagemaker-training-input-external-account', on: 'AWS::SageMaker::TrainingJob', risk: 'data-poisoning', severity: 'high',
    title: 'The training data lies in a bucket of somebody else',
    why: 'The owner of the bucket decides what the model learns.',
    fix: { text: 'Copy the data to a bucket of your own, check it there, and train from the copy.' },
    when: (job) => someAt(job, input, (uri) => storagePlace(uri) !== undefined),
    requires: (job, estate) => everyAt(job, input, (uri) => isOwnBucket(uri, estate)),
    fails: [training('datasets-of-others')],
    passes: [{ ...training('place'), given: [{ type: 'AWS::S3::Bucket', properties: { BucketName: 'place' } }] }, training('sagemaker-sample-files')],
  }),
  defineCheck({
    id: 'sagemaker-default-bucket-shadow', on: 'AWS::SageMaker::TrainingJob', risk: 'data-poisoning', severity: 'high',
    title: 'The default bucket of SageMaker belongs to somebody else',
    why: 'Its name can be guessed, so an attacker can make the bucket first and feed every job that trusts the name.',
    fix: { text: 'Name a bucket of your own in place of the default, and pass its owner with each request.' },
    also: ['prowler:s3_bucket_shadow_resource_vulnerability'],
    when: (job, estate) => someAt(job, input, (uri) => isDefault(uri, estate)),
    requires: (job, estate) => everyAt(job, input, (uri) => !isDefault(uri, estate) || isOwnBucket(uri, estate)),
    fails: [training(`sagemaker-us-east-1-${ACCOUNT}`)],
    passes: [{ ...training(`sagemaker-us-east-1-${ACCOUNT}`), given: [{ type: 'AWS::S3::Bucket', properties: { BucketName: `sagemaker-us-east-1-${ACCOUNT}` } }] }],
  }),
  defineCheck({
    id: 'bedrock-batch-bucket-external', on: 'AWS::Bedrock::ModelInvocationJob', risk: 'privacy-violation', severity: 'high',
    title: 'A batch of prompts reads from or writes to a bucket of another account',
    why: 'Whoever owns the bucket reads the answers, or decides what is asked.',
    fix: { text: 'Use buckets of your own, and name your account in S3BucketOwner.' },
    when: (job) => someAt(job, 'InputDataConfig/S3InputDataConfig/S3BucketOwner') || someAt(job, 'OutputDataConfig/S3OutputDataConfig/S3BucketOwner'),
    requires: (job, estate) => {
      const isOurs = (owner: unknown) => estate.isOurs(owner as string)
      return everyAt(job, 'InputDataConfig/S3InputDataConfig/S3BucketOwner', isOurs) && everyAt(job, 'OutputDataConfig/S3OutputDataConfig/S3BucketOwner', isOurs)
    },
    fails: [batch(STRANGER)],
    passes: [batch(ACCOUNT)],
  }),
]
