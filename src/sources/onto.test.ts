import { expect, test } from 'vitest'
import { addedBy } from '../analysis/added.ts'
import { analyse } from '../analysis/analysis.ts'
import type { Resource } from '../model/resource.ts'
import { snapshotSchema, tableOf } from '../model/snapshot.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { parseTemplate } from './cloudformation/parse.ts'
import { resolveStacks } from './cloudformation/stacks.ts'
import { deployedOnto } from './onto.ts'

const account = '111122223333'
const region = 'us-east-1'

const snapshotOf = (source: string, resources: readonly Resource[]): Snapshot => ({
  header: { schema: snapshotSchema, takenAt: '2026-01-01T00:00:00Z', tool: 'test', source, origin: source, accounts: [{ id: account }], regions: [region] }, resources: tableOf(resources), gaps: [], done: [],
})

const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' }, Action: 'sts:AssumeRole' }] }

const live = (): Snapshot => snapshotOf('aws', [
  {
    type: 'AWS::IAM::Role', id: `arn:aws:iam::${account}:role/ml-Role-ABC`, arn: `arn:aws:iam::${account}:role/ml-Role-ABC`, account, region: 'global', name: 'ml-Role-ABC',
    tags: { 'aws:cloudformation:stack-name': 'ml', 'aws:cloudformation:logical-id': 'Role' }, properties: { RoleName: 'ml-Role-ABC', AssumeRolePolicyDocument: trust, BartizanLastUsed: 'x' },
  },
  {
    type: 'AWS::SageMaker::NotebookInstance', id: `arn:aws:sagemaker:${region}:${account}:notebook-instance/desk`, arn: `arn:aws:sagemaker:${region}:${account}:notebook-instance/desk`, account, region, name: 'desk', tags: {},
    properties: { NotebookInstanceName: 'desk', InstanceType: 'ml.t3.medium', RoleArn: `arn:aws:iam::${account}:role/ml-Role-ABC`, DirectInternetAccess: 'Disabled', SubnetId: 'subnet-1', RootAccess: 'Disabled', KmsKeyId: 'k' },
  },
])

const templates = (text: string): Snapshot =>
  snapshotOf('cloudformation', [...resolveStacks([{ parsed: parseTemplate('ml.yaml', text), folder: '.', stack: 'ml' }], { account, region, variables: {} }).resources])

const role = 'Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {Service: sagemaker.amazonaws.com}, Action: "sts:AssumeRole"}]}}}'

test('what a template manages keeps its identity, and references to it are to its real name', () => {
  const { resources } = deployedOnto(live(), templates(`Resources:\n  ${role}\n  Model: {Type: AWS::SageMaker::Model, Properties: {ExecutionRoleArn: !GetAtt Role.Arn}}\n`))
  const all = Array.from({ length: resources.length }, (_, index) => resources.get(index))
  expect(all.map(({ id }) => id)).toEqual([`arn:aws:sagemaker:${region}:${account}:notebook-instance/desk`, `arn:aws:iam::${account}:role/ml-Role-ABC`, 'ml/Model'])
  expect(all[1]).toMatchObject({ location: { file: 'ml.yaml', line: 2 }, properties: { BartizanLastUsed: 'x' } })
  expect(all[2]!.properties['ExecutionRoleArn']).toBe(`arn:aws:iam::${account}:role/ml-Role-ABC`)
})

test('only what the deployment adds is left, paths through what is there already included', async () => {
  const user = `User: {Type: AWS::IAM::User, Properties: {UserName: eve, Policies: [{PolicyName: p, PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 'sagemaker:CreatePresignedNotebookInstanceUrl', Resource: '*'}]}}]}}
  Key: {Type: AWS::IAM::AccessKey, Properties: {UserName: !Ref User}}`
  const { analysis, counts } = addedBy(await analyse(live()), await analyse(deployedOnto(live(), templates(`Resources:\n  ${user}\n`))))
  expect(counts.resources).toEqual([2, 0, 0])
  expect(analysis.findings.map(({ resource }) => resource)).toEqual(['ml/User'])
  expect(analysis.paths.some(({ story }) => story.includes('eve') && story.includes('desk'))).toBe(true)
})

test('a template that loosens what is there changes it', async () => {
  const loose = 'Desk: {Type: AWS::SageMaker::NotebookInstance, Properties: {NotebookInstanceName: desk, InstanceType: ml.t3.medium, RoleArn: x, RootAccess: Enabled, DirectInternetAccess: Enabled}}'
  const { analysis, counts } = addedBy(await analyse(live()), await analyse(deployedOnto(live(), templates(`Resources:\n  ${loose}\n`))))
  expect(counts.resources).toEqual([0, 1, 0])
  expect(analysis.findings.map(({ check, resource }) => [check, resource])).toContainEqual(['sagemaker-notebook-direct-internet', `arn:aws:sagemaker:${region}:${account}:notebook-instance/desk`])
})
