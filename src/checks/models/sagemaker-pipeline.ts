import { every, some } from '../../core/unknown.ts'
import { defineCheck } from '../check.ts'
import { bucketCheck } from '../families/bucket-check.ts'
import { notWrittenOutside } from '../families/bucket-traits.ts'
import { pipeline, stepsOf } from '../families/pipeline-steps.ts'
import { someAt } from '../families/places.ts'
import { ROLE } from '../families/values.ts'

const register = (ModelApprovalStatus: string) => ({ Name: 'Register', Type: 'RegisterModel', Arguments: { ModelPackageGroupName: 'churn', ModelApprovalStatus } })
const gate = (step: object) => ({ Name: 'GoodEnough', Type: 'Condition', Arguments: { Conditions: [{ Type: 'GreaterThan' }], IfSteps: [step], ElseSteps: [] } })

export default [
  bucketCheck({
    id: 'sagemaker-pipeline-definition-writable', on: 'AWS::SageMaker::Pipeline', risk: 'adversarial-input', severity: 'high',
    title: 'Somebody outside can change the definition of the pipeline',
    why: 'The definition names the code, the data and the role of every step.',
    fix: 'Allow s3:PutObject and s3:DeleteObject on the definition only to the role that publishes it.',
    at: ['PipelineDefinition/PipelineDefinitionS3Location'], traits: [notWrittenOutside],
    example: (bucket) => ({ PipelineName: 'churn', RoleArn: ROLE, PipelineDefinition: { PipelineDefinitionS3Location: { Bucket: bucket, Key: 'pipeline.json' } } }),
  }),
  defineCheck({
    id: 'sagemaker-pipeline-no-approval-gate', on: 'AWS::SageMaker::Pipeline', risk: 'model-drift', severity: 'medium',
    title: 'The pipeline approves what it makes, without a condition',
    why: 'A model that was poisoned, or is merely bad, goes to production by itself.',
    fix: { text: 'Register the model as PendingManualApproval, or behind a condition on its metrics.' },
    when: (found) => some(stepsOf(found), ({ Type }) => Type === 'RegisterModel'),
    requires: (found) => some(stepsOf(found), ({ Type }) => Type === 'Condition') ||
      every(stepsOf(found), (step) => step.Type !== 'RegisterModel' || !someAt(step, 'Arguments/ModelApprovalStatus', (status) => status === 'Approved')),
    fails: [pipeline(register('Approved'))],
    passes: [pipeline(register('PendingManualApproval')), pipeline(gate(register('Approved')))],
  }),
]
