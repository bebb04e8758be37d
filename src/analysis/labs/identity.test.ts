import { expect, test } from 'vitest'
import type { Given } from '../../checks/check.ts'
import { account, administrator, allow, arn, but, deny, policy, resource, role, takeover, trust, user, way } from './lab.ts'

const managed = (ManagedPolicyName: string, ...statements: object[]): Given => resource('AWS::IAM::ManagedPolicy', { ManagedPolicyName, PolicyArn: `${account}:policy/${ManagedPolicyName}`, PolicyDocument: policy(...statements) })

test('CloudGoat iam_privesc_by_rollback: an older version of the own policy allowed everything', () => {
  const versioned = (version: string, ...statements: object[]): Given[] => [
    but(user('raynor'), { Policies: [], ManagedPolicyArns: [`${account}:policy/raynor-policy`] }),
    managed('raynor-policy', allow(['iam:Get*', 'iam:List*', 'iam:SetDefaultPolicyVersion'])),
    resource('AWS::IAM::PolicyVersion', { VersionId: version, IsDefaultVersion: false, Document: JSON.stringify(policy(...statements)) }, { id: `${account}:policy/raynor-policy:${version}` }),
  ]
  expect(takeover(versioned('v3', allow('*')), 'raynor')).toEqual(['PW-iam-setdefault', 'administrator'])
  expect(takeover(versioned('v2', allow('s3:*')), 'raynor')).toBeUndefined()
  expect(takeover(versioned('v4', allow('iam:Get*', '*', { DateGreaterThan: { 'aws:CurrentTime': '2017-07-01T00:00:00Z' } })), 'raynor')).toBeUndefined()
})

test('pathfinding.cloud iam-013: joining the group of administrators', () => {
  const group = resource('AWS::IAM::Group', { GroupName: 'admins', Policies: [{ PolicyName: 'all', PolicyDocument: policy(allow('*')) }] })
  expect(takeover([user('starter', allow('iam:AddUserToGroup')), group], 'starter')).toEqual(['PF-iam-013', 'administrator'])
  expect(takeover([user('starter', allow('iam:AddUserToGroup', `${account}:group/readers`)), group], 'starter')).toBeUndefined()
  expect(takeover([user('starter', allow('iam:AddUserToGroup')), but(group, { Policies: [{ PolicyName: 'all', PolicyDocument: policy(allow('s3:*')) }] })], 'starter')).toBeUndefined()
})

test('pathfinding.cloud iam-010 and iam-011: editing a group that one belongs to', () => {
  const group = resource('AWS::IAM::Group', { GroupName: 'team', Policies: [{ PolicyName: 'own', PolicyDocument: policy(allow(['iam:AttachGroupPolicy', 'iam:PutGroupPolicy'], `${account}:group/team`)) }] })
  const member = but(user('starter'), { Policies: [], Groups: ['team'] })
  expect(takeover([member, group], 'starter')).toEqual(['PF-iam-010', 'administrator'])
  expect(takeover([user('starter', allow('s3:ListBucket')), group], 'starter')).toBeUndefined()
})

test('Prowler iam-022: a user who may remove its own boundary', () => {
  const boundary = managed('fence', allow(['iam:DeleteUserPermissionsBoundary', 's3:*']))
  const fenced = (...statements: object[]) => but(user('starter', ...statements), { PermissionsBoundary: `${account}:policy/fence` })
  expect(takeover([boundary, fenced(allow('*'))], 'starter')).toEqual(['PW-iam-022', 'administrator'])
  expect(takeover([managed('fence', allow('s3:*')), fenced(allow('*'))], 'starter')).toBeUndefined()
  expect(takeover([boundary, fenced(allow('*'), deny('iam:DeleteUserPermissionsBoundary'))], 'starter')).toBeUndefined()
})

test('HackTricks: tagging oneself into an attribute-based grant', () => {
  const secret = resource('AWS::SecretsManager::Secret', { Name: 'model-keys', Id: arn('secretsmanager', 'secret:model-keys-Ab12Cd') }, { id: arn('secretsmanager', 'secret:model-keys-Ab12Cd') })
  const tester = (...statements: object[]) => role('tester', trust(`${account}:root`), allow('secretsmanager:GetSecretValue', '*', { StringEquals: { 'aws:PrincipalTag/team': 'platform' } }), ...statements)
  expect(way([tester(allow('iam:TagRole')), secret], 'tester', 'model-keys', 'read')).toEqual(['EN-iam-tag-abac', 'EN-secret-read'])
  expect(way([tester(), secret], 'tester', 'model-keys', 'read')).toBeUndefined()
  expect(way([tester(allow('iam:TagRole', `${account}:role/other`)), secret], 'tester', 'model-keys', 'read')).toBeUndefined()
})

test('Prowler sso-002: whoever may edit a permission set edits the role that it becomes', () => {
  const set = resource('AWS::SSO::PermissionSet', { Name: 'DataScientist', PermissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1234567890abcdef' }, { id: 'arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1234567890abcdef' })
  const given = (...statements: object[]) => [role('AWSReservedSSO_DataScientist_0123456789abcdef', trust(`${account}:root`), ...statements), set]
  expect(takeover(given(allow('sso:AttachManagedPolicyToPermissionSet')), 'AWSReservedSSO_DataScientist_0123456789abcdef')).toEqual(['PW-sso-002', 'administrator'])
  expect(takeover(given(allow('sso:ListPermissionSets')), 'AWSReservedSSO_DataScientist_0123456789abcdef')).toBeUndefined()
})

test('pathfinding.cloud sts-001: a chain of roles ends where a trust policy does not name the one before', () => {
  const chain = (second: string) => [user('starter', allow('sts:AssumeRole', `${account}:role/first`)), role('first', trust(`${account}:user/starter`), allow('sts:AssumeRole')), role('second', trust(second), allow('*'))]
  expect(takeover(chain(`${account}:role/first`), 'starter')).toEqual(['PF-sts-001', 'PF-sts-001', 'administrator'])
  expect(takeover(chain(`${account}:role/other`), 'starter')).toBeUndefined()
  expect(takeover([...chain('ec2.amazonaws.com'), administrator('third', 'lambda.amazonaws.com')], 'starter')).toBeUndefined()
})
