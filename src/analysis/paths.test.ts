import { expect, it } from 'vitest'
import { tableOf } from '../model/snapshot.ts'
import { analyse } from './analysis.ts'

const account = '111122223333'
const header = { schema: 'bartizan.snapshot/1', takenAt: '2026-11-24T06:00:00Z', tool: 'test', source: 'cloudformation', origin: 'template.json', accounts: [{ id: account }], regions: ['us-east-1'] }

it.each(['elsewhere', 'aws-reserved/sso.amazonaws.com/AWSReservedSSO_ml_0123456789abcdef'])('looks for paths past a role that is only named: %s', async (role) => {
  const model = {
    type: 'AWS::SageMaker::Model', id: 'Model', name: 'Model', account, region: 'us-east-1', tags: {},
    properties: { ExecutionRoleArn: `arn:aws:iam::${account}:role/${role}`, PrimaryContainer: { Image: `${account}.dkr.ecr.us-east-1.amazonaws.com/x:1`, ModelDataUrl: 's3://models/a' } },
  }
  const { counts, paths } = await analyse({ header, resources: tableOf([model]), gaps: [], done: [] })
  expect(counts.resources).toBe(1)
  expect(paths).toEqual([])
})

it('takes nobody to be let in by a policy that could not be read', async () => {
  const group = (ModelPackageGroupPolicy: unknown) => {
    const arn = `arn:aws:sagemaker:us-east-1:${account}:model-package-group/churn`
    return { type: 'AWS::SageMaker::ModelPackageGroup', id: arn, arn, name: 'churn', account, region: 'us-east-1', tags: {}, properties: { ModelPackageGroupName: 'churn', ModelPackageGroupPolicy } as Record<string, unknown> }
  }
  const found = async (policy: unknown) => (await analyse({ header: { ...header, source: 'aws' }, resources: tableOf([group(policy)]), gaps: [], done: [] })).paths.length
  expect(await found({ $unknown: 'access denied' })).toBe(0)
  expect(await found({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sagemaker:*', Resource: '*' }] })).toBeGreaterThan(0)
})
