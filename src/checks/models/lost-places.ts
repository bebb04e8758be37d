import { some, every } from '../../core/unknown.ts'
import { storagePlace } from '../../graph/storage.ts'
import type { EstateView } from '../../graph/view.ts'
import { defineCheck } from '../check.ts'
import type { Given } from '../check.ts'
import { ACCOUNT } from '../families/examples.ts'
import { isGhost, isOwnBucket } from '../families/own-buckets.ts'
import { everyAt, someAt } from '../families/places.ts'
import { IMAGE, ROLE } from '../families/values.ts'

const artifacts = [
  'PrimaryContainer/ModelDataUrl', 'PrimaryContainer/ModelDataSource/S3DataSource/S3Uri', 'Containers/*/ModelDataUrl', 'Containers/*/ModelDataSource/S3DataSource/S3Uri',
]
const model = (bucket: string) => ({ ExecutionRoleArn: ROLE, PrimaryContainer: { Image: IMAGE, ModelDataUrl: `s3://${bucket}/churn/model.tar.gz` } })
const own: Given = { type: 'AWS::S3::Bucket', properties: { BucketName: 'place' } }
const standard = `sagemaker-us-east-1-${ACCOUNT}`
const inPlace = (test: (value: unknown) => boolean) => (found: object) => every(artifacts, (pointer) => everyAt(found, pointer, test))
const namesAccount = (value: unknown, estate: EstateView): boolean => storagePlace(value)?.bucket.includes(estate.account) === true
const isNamed = (value: unknown): boolean => storagePlace(value) !== undefined

export default [
  defineCheck({
    id: 'sagemaker-model-artifact-external-account', on: 'AWS::SageMaker::Model', risk: 'model-theft', severity: 'high',
    title: 'The artifact of the model lies in a bucket of somebody else',
    why: 'The owner of the bucket decides which model is loaded the next time an instance starts.',
    fix: { text: 'Copy the artifact to a bucket of your own, check it there, and make the model from the copy.' },
    when: (found) => some(artifacts, (pointer) => someAt(found, pointer, isNamed)),
    requires: (found, estate) => inPlace((value) => isOwnBucket(value, estate) || isGhost(value, estate))(found),
    fails: [model('models-of-others')],
    passes: [{ ...model('place'), given: [own] }, model('jumpstart-cache-prod-us-east-1')],
  }),
  defineCheck({
    id: 'sagemaker-model-ghost-artifact', on: 'AWS::SageMaker::Model', risk: 'model-theft', severity: 'high',
    title: 'The bucket of the model is gone',
    why: 'Anyone may make a bucket of that name, and the endpoint will load whatever stands in it.',
    fix: { text: 'Delete the model, or make the bucket again and put the artifact back.' },
    when: (found, estate) => some(artifacts, (pointer) => someAt(found, pointer, (value) => namesAccount(value, estate))),
    requires: (found, estate) => inPlace((value) => !isGhost(value, estate))(found),
    fails: [model(standard)],
    passes: [{ ...model(standard), given: [{ ...own, properties: { BucketName: standard } }] }],
  }),
  defineCheck({
    id: 'sagemaker-training-output-bucket-deleted', on: 'AWS::SageMaker::TrainingJob', risk: 'model-theft', severity: 'high',
    title: 'The bucket that the trained model was written to is gone, or is somebody else\'s',
    why: 'Whoever holds a bucket of that name gets the next model that is trained, and can put another in its place.',
    fix: { text: 'Train into a bucket of your own that is there, and correct the pipeline.' },
    when: (job) => someAt(job, 'OutputDataConfig/S3OutputPath', isNamed),
    requires: (job, estate) => everyAt(job, 'OutputDataConfig/S3OutputPath', (path) => isOwnBucket(path, estate)),
    fails: [{ TrainingJobName: 'churn', RoleArn: ROLE, OutputDataConfig: { S3OutputPath: 's3://gone/models' } }],
    passes: [{ TrainingJobName: 'churn', RoleArn: ROLE, OutputDataConfig: { S3OutputPath: 's3://place/models' }, given: [own] }],
  }),
]
