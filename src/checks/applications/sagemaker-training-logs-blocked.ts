import { defineCheck } from '../check.ts'
import { allow, oneBucket, role, roleArn } from '../families/examples.ts'
import { roleNamed } from '../families/role-power.ts'
import { identityArn } from '../families/roles.ts'

const job = { TrainingJobName: 'churn', RoleArn: roleArn('training') }
const logs = allow(['logs:CreateLogStream', 'logs:PutLogEvents'], 'arn:aws:logs:*:*:log-group:/aws/sagemaker/*')

export default defineCheck({
  id: 'sagemaker-training-logs-blocked', on: 'AWS::SageMaker::TrainingJob',
  title: 'The training job may not write its log',
  risk: 'misconfigured-pipeline', severity: 'low',
  why: 'What ran in the container, and what went wrong, nobody can look up.',
  fix: { text: 'Allow the role logs:CreateLogStream and logs:PutLogEvents on /aws/sagemaker/TrainingJobs.' },
  when: ({ RoleArn }, estate) => roleNamed(estate, RoleArn) !== undefined,
  requires: ({ RoleArn }, estate) => {
    const found = roleNamed(estate, RoleArn)
    return found === undefined || estate.can(identityArn(found), 'logs:PutLogEvents',
      `arn:${estate.partition}:logs:${estate.region}:${estate.account}:log-group:/aws/sagemaker/TrainingJobs:log-stream:${estate.self.name}/algo-1`)
  },
  fails: [{ ...job, given: [role('training', 'sagemaker.amazonaws.com', oneBucket)] }],
  passes: [{ ...job, given: [role('training', 'sagemaker.amazonaws.com', oneBucket, logs)] }],
})
