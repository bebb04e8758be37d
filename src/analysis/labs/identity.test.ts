import { expect, test } from 'vitest'
import type { Given } from '../../checks/check.ts'
import { account, administrator, allow, arn, but, deny, policy, resource, role, solve, takeover, trust, user, way } from './lab.ts'

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

test('pathfinding.cloud iam-001, iam-016 and iam-020: editing a managed policy, of oneself or of a role that one can enter', () => {
  const shared = managed('shared', allow('s3:ListAllMyBuckets'))
  const starter = (...actions: string[]) => user('starter', allow(actions))
  const own = (...actions: string[]) => but(starter(...actions), { ManagedPolicyArns: [`${account}:policy/shared`] })
  const target = (who: string) => but(role('target', trust(who)), { ManagedPolicyArns: [`${account}:policy/shared`] })
  expect(takeover([shared, own('iam:CreatePolicyVersion')], 'starter')).toEqual(['PF-iam-001', 'administrator'])
  expect(takeover([shared, starter('iam:CreatePolicyVersion')], 'starter')).toBeUndefined()
  expect(takeover([shared, starter('iam:CreatePolicyVersion', 'sts:AssumeRole'), target(`${account}:root`)], 'starter')).toEqual(['PF-iam-016', 'administrator'])
  expect(takeover([shared, starter('iam:CreatePolicyVersion', 'sts:AssumeRole'), target('ec2.amazonaws.com')], 'starter')).toBeUndefined()
  expect(takeover([shared, starter('iam:CreatePolicyVersion', 'iam:UpdateAssumeRolePolicy'), target('ec2.amazonaws.com')], 'starter')).toEqual(['PF-iam-020', 'administrator'])
})

test('a policy of AWS cannot be edited', () => {
  const viewer = but(user('starter', allow('iam:CreatePolicyVersion')), { ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] })
  const copy = resource('AWS::IAM::ManagedPolicy', { ManagedPolicyName: 'ReadOnlyAccess', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess', PolicyDocument: policy(allow('s3:Get*')) }, { id: 'arn:aws:iam::aws:policy/ReadOnlyAccess' })
  expect(takeover([viewer, copy], 'starter')).toBeUndefined()
})

test('HackTricks: a certificate of the attacker in a SAML provider, a client of the attacker in an OIDC provider', () => {
  const providers = [resource('AWS::IAM::SAMLProvider', { Name: 'idp' }, { id: `${account}:saml-provider/idp` }), resource('AWS::IAM::OIDCProvider', { Url: 'https://token.example' }, { id: `${account}:oidc-provider/token.example` })]
  const signIn = (Action: string, provider: string) => role('target', policy({ Effect: 'Allow', Principal: { Federated: `${account}:${provider}` }, Action }), allow('*'))
  const saml = signIn('sts:AssumeRoleWithSAML', 'saml-provider/idp')
  const oidc = signIn('sts:AssumeRoleWithWebIdentity', 'oidc-provider/token.example')
  expect(takeover([user('starter', allow('iam:UpdateSAMLProvider')), ...providers, saml], 'starter')).toEqual(['EN-iam-saml', 'administrator'])
  expect(takeover([user('starter', allow('iam:AddClientIDToOpenIDConnectProvider')), ...providers, oidc], 'starter')).toEqual(['EN-iam-oidc-client', 'administrator'])
  expect(takeover([user('starter', allow('iam:UpdateSAMLProvider')), ...providers, oidc], 'starter')).toBeUndefined()
})

test('sign-in-anywhere: a role for GitHub Actions that does not say whose repository is anybody’s', () => {
  const host = 'token.actions.githubusercontent.com'
  const provider = resource('AWS::IAM::OIDCProvider', { Url: `https://${host}`, ClientIdList: ['sts.amazonaws.com'] }, { id: `${account}:oidc-provider/${host}` })
  const ci = (condition: object) => role('ci', policy({ Effect: 'Allow', Principal: { Federated: `${account}:oidc-provider/${host}` }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: condition }), allow('*'))
  const found = (condition: object) => solve([provider, ci(condition)]).paths.find(({ target }) => target.type === 'account')
  expect(found({ StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com' } })).toMatchObject({ entry: { kind: 'identity-provider' }, conditions: [] })
  expect(found({ StringLike: { [`${host}:sub`]: 'repo:*' } })?.steps.map(({ step }) => step)).toEqual(['sign-in-anywhere', 'administrator'])
  expect(found({ StringLike: { [`${host}:sub`]: 'repo:acme/*' } })).toBeUndefined()
  expect(found({ StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com', [`${host}:sub`]: 'repo:acme/models:ref:refs/heads/main' } })).toBeUndefined()
  expect(found({ StringEquals: { [`${host}:aud`]: 'another.audience' } })).toBeUndefined()
})

test('guest-of-pool: a pool that lets guests in gives them its role; where the classic flow is off, only for some services', () => {
  const pool = (more: Readonly<Record<string, unknown>>) => resource('AWS::Cognito::IdentityPool', { IdentityPoolName: 'app', Id: 'us-east-1:0a1b2c3d', ...more }, { id: 'us-east-1:0a1b2c3d' })
  const roles = resource('AWS::Cognito::IdentityPoolRoleAttachment', { IdentityPoolId: 'us-east-1:0a1b2c3d', Roles: { unauthenticated: `${account}:role/guest` } })
  const guest = (amr: string) => role('guest', policy({
    Effect: 'Allow', Principal: { Federated: 'cognito-identity.amazonaws.com' }, Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringEquals: { 'cognito-identity.amazonaws.com:aud': 'us-east-1:0a1b2c3d' }, 'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': amr } },
  }), allow('bedrock:InvokeModel'))
  const found = (given: Given[]) => solve(given).paths.find(({ entry }) => entry.kind === 'internet')
  const open = { AllowUnauthenticatedIdentities: true, AllowClassicFlow: true }
  expect(found([pool(open), roles, guest('unauthenticated')])).toMatchObject({ conditions: [], target: { power: 'invoke' } })
  expect(found([pool({ AllowUnauthenticatedIdentities: true }), roles, guest('unauthenticated')])?.conditions).toHaveLength(1)
  expect(found([pool({ ...open, AllowUnauthenticatedIdentities: false }), roles, guest('unauthenticated')])).toBeUndefined()
  expect(found([pool(open), roles, guest('authenticated')])).toBeUndefined()
})

test('Prowler cognitoidentity-001: the role of an identity pool', () => {
  const pool = resource('AWS::Cognito::IdentityPool', { IdentityPoolName: 'app', Id: 'us-east-1:0a1b2c3d' })
  const guest = role('target', policy({ Effect: 'Allow', Principal: { Federated: 'cognito-identity.amazonaws.com' }, Action: 'sts:AssumeRoleWithWebIdentity' }), allow('*'))
  expect(takeover([user('starter', allow(['iam:PassRole', 'cognito-identity:SetIdentityPoolRoles'])), pool, guest], 'starter')).toEqual(['PW-cognitoidentity-001', 'administrator'])
  expect(takeover([user('starter', allow(['iam:PassRole', 'cognito-identity:SetIdentityPoolRoles'])), pool, administrator('target', 'ec2.amazonaws.com')], 'starter')).toBeUndefined()
})

test('HackTricks: the management account enters a member account', () => {
  const organization = resource('AWS::Organizations::Organization', { Id: 'o-example123', ManagementAccountId: '444455556666', ManagementAccountArn: 'arn:aws:organizations::444455556666:account/o-example123/444455556666' })
  const steward = { ...user('steward', allow('sts:AssumeRole')), account: '444455556666' }
  const entry = role('OrganizationAccountAccessRole', trust('arn:aws:iam::444455556666:root'), allow('*'))
  expect(takeover([organization, steward, entry], 'steward')).toEqual(['EN-org-assume', 'administrator'])
  expect(takeover([organization, { ...steward, properties: { ...steward.properties, Policies: [] } }, entry], 'steward')).toBeUndefined()
})

test('tags that grant: on one’s own user, on the session of a role, on a notebook', () => {
  const secret = resource('AWS::SecretsManager::Secret', { Name: 'model-keys' }, { id: arn('secretsmanager', 'secret:model-keys-Ab12Cd') })
  const tagged = { StringEquals: { 'aws:PrincipalTag/team': 'platform' } }
  const tester = (...actions: string[]) => user('tester', allow('secretsmanager:GetSecretValue', '*', tagged), allow(actions))
  expect(way([tester('iam:TagUser'), secret], 'tester', 'model-keys', 'read')).toEqual(['tag-own-user', 'EN-secret-read'])
  expect(way([tester('iam:ListUserTags'), secret], 'tester', 'model-keys', 'read')).toBeUndefined()
  const session = role('reader', policy({ Effect: 'Allow', Principal: { AWS: `${account}:root` }, Action: ['sts:AssumeRole', 'sts:TagSession'] }), allow('secretsmanager:GetSecretValue', '*', tagged))
  expect(way([user('starter', allow(['sts:AssumeRole', 'sts:TagSession'])), session, secret], 'starter', 'model-keys', 'read')).toEqual(['EN-sts-tagsession', 'EN-secret-read'])
  expect(way([user('starter', allow('sts:AssumeRole')), session, secret], 'starter', 'model-keys', 'read')).toBeUndefined()
  const notebook = resource('AWS::SageMaker::NotebookInstance', { NotebookInstanceName: 'lab', InstanceType: 'ml.t3.medium', RoleArn: `${account}:role/target` }, { id: arn('sagemaker', 'notebook-instance/lab') })
  const opener = (...actions: string[]) => user('starter', allow('sagemaker:CreatePresignedNotebookInstanceUrl', '*', { StringEquals: { 'aws:ResourceTag/team': 'mine' } }), allow(actions))
  expect(takeover([opener('sagemaker:AddTags'), notebook, administrator('target', 'sagemaker.amazonaws.com')], 'starter')).toEqual(['EN-resource-tag-abac', 'administrator'])
  expect(takeover([opener('sagemaker:ListTags'), notebook, administrator('target', 'sagemaker.amazonaws.com')], 'starter')).toBeUndefined()
})

test('CloudGoat cicd and iam_privesc_by_key_rotation: tag-instance and tag-user open what grants tie to a tag; tag-instance-command is its kin', () => {
  const host = [
    resource('AWS::EC2::Instance', { InstanceType: 't3.micro', IamInstanceProfile: 'dev' }, { id: arn('ec2', 'instance/i-0123456789abcdef0'), tags: { Environment: 'dev' } }),
    resource('AWS::IAM::InstanceProfile', { InstanceProfileName: 'dev', Roles: ['dev'] }), administrator('dev', 'ec2.amazonaws.com'),
  ]
  const opener = (use: string, ...actions: string[]) => user('starter', allow(use, '*', { StringEquals: { 'aws:ResourceTag/Environment': 'sandbox' } }), allow(actions))
  expect(takeover([opener('ssm:StartSession', 'ec2:CreateTags'), ...host], 'starter')).toEqual(['tag-instance', 'administrator'])
  expect(takeover([opener('ssm:SendCommand', 'ec2:CreateTags'), ...host], 'starter')).toEqual(['tag-instance-command', 'administrator'])
  expect(takeover([opener('ssm:StartSession', 'ec2:DescribeTags'), ...host], 'starter')).toBeUndefined()
  const admin = user('admin', allow('*'))
  expect(takeover([opener('iam:CreateAccessKey', 'iam:TagUser'), admin], 'starter')).toEqual(['tag-user', 'administrator'])
  expect(takeover([opener('iam:CreateAccessKey', 'iam:TagRole'), admin], 'starter')).toBeUndefined()
})

test('an organization is let in as a whole: ours is no outsider, another is', () => {
  const shared = role('shared', policy({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-example1234' } } }), allow('bedrock:InvokeModel'))
  const ours = (Id: string) => resource('AWS::Organizations::Organization', { Id, ManagementAccountId: '444455556666', ManagementAccountArn: `arn:aws:organizations::444455556666:account/${Id}/444455556666` })
  expect(solve([shared, ours('o-example1234')]).paths).toEqual([])
  expect(solve([shared, ours('o-another12345')]).paths.map(({ entry }) => entry.title)).toEqual(['any account of organization o-example1234'])
})

/** Shown by their kin above: PW-sso-003 by PW-sso-002, EN-cognito-updatepool by PW-cognitoidentity-001. */
test('a role or user whose policies were rewritten is still itself', () => {
  const kept = [user('starter', allow(['iam:AttachRolePolicy', 'iam:UpdateAssumeRolePolicy'], `${account}:role/target`)), role('target', trust('ec2.amazonaws.com'))]
  expect(way(kept, 'starter', 'target', 'be')).toEqual(['PF-iam-012'])
  const steps = solve([...kept, resource('AWS::SecretsManager::Secret', { Name: 'model-keys' }, { id: arn('secretsmanager', 'secret:model-keys-Ab12Cd') })], { from: ['starter'], to: ['model-keys'] }).paths.flatMap((path) => path.steps.map(({ step }) => step))
  expect(steps).toContain('PF-iam-019')
  for (const id of ['rewritten-role', 'rewritten-user']) expect(solve([]).options.steps.find((step) => step.id === id)?.when.map(({ kind }) => kind)).toEqual(['has', 'fact'])
})
