import { expect, test } from 'vitest'
import { bucket, resource, solve } from './labs/lab.ts'
import { allow, arn, key, user } from './labs/lab.ts'
import { readConfiguration } from './configuration.ts'

const file = 'bartizan.yaml'
const given = [
  { ...bucket('research-notes'), tags: { team: 'research' } }, bucket('other-notes'), user('build', allow(['s3:GetObject', 'sagemaker:GetRecord'])), key('build'),
  resource('AWS::SageMaker::FeatureGroup', { FeatureGroupName: 'customers', RecordIdentifierFeatureName: 'id', EventTimeFeatureName: 'at' }, { id: arn('sagemaker', 'feature-group/customers') }),
]
const targets = (document: unknown) => solve(given, { targets: readConfiguration(document, file).targets }).paths.map(({ target }) => `${target.severity} ${target.power} ${target.name}: ${target.harm}`).sort()

test('without a configuration, targets are the usual', () => {
  expect(targets(undefined)).toEqual(['medium read customers: reads the features in customers'])
})

test('a configuration adds what a type, a name or a tag chooses, and leaves out what does not matter', () => {
  const add = [{ type: 'AWS::S3::Bucket', tag: { team: 'res*' }, power: 'read', harm: 'reads the research in {name}', severity: 'critical' }]
  const leave = [{ type: 'AWS::SageMaker::FeatureGroup', power: 'read' }]
  expect(targets({ targets: { add, leave } })).toEqual(['critical read research-notes: reads the research in research-notes'])
  expect(targets({ targets: { add: [{ type: 'AWS::S3::Bucket', name: '*-notes', power: 'read' }] } })).toHaveLength(3)
  expect(targets({ targets: { add: [{ type: 'AWS::SageMaker::FeatureGroup', power: 'read', severity: 'low' }] } })).toEqual(['low read customers: reads customers'])
  expect(targets({ targets: { leave: [{ name: 'customers', power: 'write' }] } })).toHaveLength(1)
})

test.each([
  [{ target: {} }, 'bartizan.yaml has the unknown field "target"; did you mean "targets"?'],
  [{ targets: { add: [{ power: 'read' }] } }, 'bartizan.yaml: targets/add/0 says of nothing: give it "type", "name" or "tag"'],
  [{ targets: { add: [{ name: 'x' }] } }, 'bartizan.yaml: targets/add/0 needs "power": one of be, read, write, invoke, instruct, disable'],
  [{ targets: { add: [{ name: 'x', power: 'reed' }] } }, 'bartizan.yaml: targets/add/0 has the unknown power "reed"; did you mean "read"?'],
  [{ targets: { leave: {} } }, 'bartizan.yaml: targets/leave is not a list'],
  [[], 'bartizan.yaml is not a map'],
])('%j is refused with its place', (document, message) => {
  expect(() => readConfiguration(document, file)).toThrow(message)
})
