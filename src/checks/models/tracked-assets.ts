import { tracked } from '../families/tracked.ts'
import { IMAGE, ROLE } from '../families/values.ts'

const id = 'ai-asset-untracked'

export default [
  tracked(id, 'AWS::SageMaker::NotebookInstance', 'notebook', { InstanceType: 'ml.t3.medium', RoleArn: ROLE }, 'model-drift'),
  tracked(id, 'AWS::SageMaker::Endpoint', 'endpoint', { EndpointConfigName: 'churn' }, 'model-drift'),
  tracked(id, 'AWS::SageMaker::Model', 'model', { ExecutionRoleArn: ROLE, PrimaryContainer: { Image: IMAGE } }, 'model-drift'),
]
