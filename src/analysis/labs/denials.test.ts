import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { reachOf } from '../../attack/path.ts'
import type { AttackPath } from '../../attack/path.ts'
import type { Given } from '../../checks/check.ts'
import { exampleAccount } from '../example.ts'
import { account, administrator, allow, arn, bucket, deny, key, policy, resource, role, solve, trust, user } from './lab.ts'

/** Labs in which somebody with a leaked key gets something by permissions: each permission denied must close the way that stands on it. */
const labs: Readonly<Record<string, readonly Given[]>> = {
  'a role handed to a notebook': [user('starter', allow(['iam:PassRole', 'sagemaker:CreateNotebookInstance', 'sagemaker:CreatePresignedNotebookInstanceUrl'])), administrator('target', 'sagemaker.amazonaws.com')],
  'a function behind an agent': [
    user('starter', allow(['lambda:UpdateFunctionCode', 'bedrock:InvokeAgent'])), role('tool', trust('lambda.amazonaws.com'), allow('iam:*')),
    resource('AWS::Lambda::Function', { FunctionName: 'tool', Role: `${account}:role/tool`, Code: {} }, { id: arn('lambda', 'function:tool') }),
    resource('AWS::Bedrock::Agent', { AgentName: 'desk', AgentId: 'AGDESK', ActionGroups: [{ ActionGroupName: 'a', ActionGroupExecutor: { Lambda: arn('lambda', 'function:tool') } }] }, { id: arn('bedrock', 'agent/AGDESK') }),
  ],
  'training data': [
    user('starter', allow('s3:PutObject', 'arn:aws:s3:::features/*')), bucket('features'),
    resource('AWS::SageMaker::TrainingJob', { TrainingJobName: 'train', InputDataConfig: [{ ChannelName: 'train', DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://features/raw' } } }] }, { id: arn('sagemaker', 'training-job/train') }),
  ],
  'a guardrail and its logs': [
    user('starter', allow(['bedrock:DeleteGuardrail', 'bedrock:DeleteModelInvocationLoggingConfiguration'])), resource('AWS::Bedrock::Guardrail', { Name: 'desk', GuardrailId: 'GRDESK' }, { id: arn('bedrock', 'guardrail/GRDESK') }),
    resource('AWS::Bedrock::ModelInvocationLoggingConfiguration', { TextDataDeliveryEnabled: true }),
  ],
  'a chain of roles to models': [user('starter', allow('sts:AssumeRole')), role('next', trust(`${account}:root`), allow('bedrock:InvokeModel'))],
}

const leaked = key('starter')
const scp = (...statements: object[]) => resource('AWS::Organizations::Policy', { Name: 'fence', Type: 'SERVICE_CONTROL_POLICY', TargetIds: [exampleAccount], Content: policy(allow('*'), ...statements) })
const organization = resource('AWS::Organizations::Organization', { Id: 'o-example123', ManagementAccountId: '444455556666', ManagementAccountArn: 'arn:aws:organizations::444455556666:account/o-example123/444455556666' })

const denied = (given: readonly Given[], principal: string, action: string): Given[] => given.map((one) => {
  const { RoleName, UserName, Policies } = one.properties as { RoleName?: string, UserName?: string, Policies?: object[] }
  return (RoleName ?? UserName) === principal && one.type !== 'AWS::IAM::AccessKey' ? { ...one, properties: { ...one.properties, Policies: [...Policies ?? [], { PolicyName: 'no', PolicyDocument: policy(deny(action)) }] } } : one
})

/** Whether some way to the target still stands on the permission. */
const stands = (given: readonly Given[], goal: AttackPath, action: string): boolean =>
  solve([...given, leaked]).paths.some((path) => reachOf(path) === reachOf(goal) && path.steps.some(({ permissions }) => permissions.some((one) => one.action === action)))

test.each(Object.entries(labs))('%s: no way stands on a permission that a policy of the principal or of the organization denies', (_name, given) => {
  const { paths } = solve([...given, leaked])
  expect(paths.length).toBeGreaterThan(0)
  for (const goal of paths) {
    for (const { actorName = '', permissions } of goal.steps) {
      for (const { action } of permissions) {
        // Whoever may rewrite roles rewrites its own.
        if (actorName === 'starter') expect(stands(denied(given, actorName, action), goal, action), `${action} denied to ${actorName}`).toBe(false)
        expect(stands([...given, organization, scp(deny(action))], goal, action), `${action} denied by the organization`).toBe(false)
      }
    }
  }
})

test('a Deny, wherever it stands, never adds a path', () => {
  const entries = Object.values(labs)
  const actions = ['iam:PassRole', 'iam:*', 'lambda:*', 's3:*', 's3:PutObject', 'bedrock:*', 'sagemaker:CreateNotebookInstance', 'sts:AssumeRole', '*']
  fc.assert(fc.property(fc.nat(entries.length - 1), fc.constantFrom('starter', 'target', 'tool', 'next'), fc.constantFrom(...actions), fc.boolean(), (which, principal, action, organized) => {
    const given = entries[which]!
    const before = new Set(solve([...given, leaked]).paths.map(reachOf))
    const after = organized ? [...given, organization, scp(deny(action))] : denied(given, principal, action)
    for (const path of solve([...after, leaked]).paths) expect(before.has(reachOf(path))).toBe(true)
  }), { numRuns: 40 })
})
