import { every } from '../../core/unknown.ts'
import { defineCheck } from '../check.ts'
import { stepsOf, pipeline } from '../families/pipeline-steps.ts'
import { someAt } from '../families/places.ts'
import { KEY } from '../families/values.ts'

const training = (OutputDataConfig: object) => ({ Name: 'Train', Type: 'Training', Arguments: { OutputDataConfig: { S3OutputPath: 's3://place/models', ...OutputDataConfig } } })

export default defineCheck({
  id: 'sagemaker-pipeline-steps-no-cmk',
  title: 'A step of the pipeline writes its output without a KMS key',
  risk: 'insufficient-encryption',
  severity: 'medium',
  on: 'AWS::SageMaker::Pipeline',
  why: 'Without a key of your own nobody here can limit, audit or withdraw who decrypts the prepared data and the models.',
  fix: { text: 'Name a KMS key in the OutputDataConfig or ProcessingOutputConfig of each step.' },
  when: (found) => stepsOf(found).length > 0,
  requires: (found) => every(stepsOf(found), (step) => every(['Arguments/OutputDataConfig', 'Arguments/ProcessingOutputConfig', 'Arguments/TransformOutput'], (output) =>
    !someAt(step, output) || someAt(step, `${output}/KmsKeyId`))),
  fails: [pipeline(training({}))],
  passes: [pipeline(training({ KmsKeyId: KEY }))],
})
