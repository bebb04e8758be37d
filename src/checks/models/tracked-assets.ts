import { tracked } from '../families/tracked.ts'
import { IMAGE, ROLE } from '../families/values.ts'

const id = 'ai-asset-untracked'

export default [
  tracked(id, 'AWS::SageMaker::NotebookInstance', 'notebook', 'NotebookInstanceArn', {
    InstanceType: 'ml.t3.medium', RoleArn: ROLE, NotebookInstanceArn: 'arn:aws:sagemaker:us-east-1:111122223333:notebook-instance/lab',
  }, 'model-drift'),
  tracked(id, 'AWS::SageMaker::Endpoint', 'endpoint', 'EndpointArn', { EndpointConfigName: 'churn', EndpointArn: 'arn:aws:sagemaker:us-east-1:111122223333:endpoint/churn' }, 'model-drift'),
  tracked(id, 'AWS::SageMaker::Model', 'model', 'ModelArn', {
    ExecutionRoleArn: ROLE, PrimaryContainer: { Image: IMAGE }, ModelArn: 'arn:aws:sagemaker:us-east-1:111122223333:model/churn',
  }, 'model-drift'),
]
