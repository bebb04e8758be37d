import { expect, test } from 'vitest'
import type { Given } from '../../checks/check.ts'
import { account, administrator, allow, arn, resource, role, takeover, trust, user, way } from './lab.ts'

const domain = (AuthMode: string, more: Readonly<Record<string, unknown>> = {}): Given => resource('AWS::SageMaker::Domain', {
  DomainId: 'd-lab', DomainName: 'lab', AuthMode, DefaultUserSettings: { ExecutionRole: `${account}:role/low`, ...more }, DefaultSpaceSettings: { ExecutionRole: `${account}:role/target` },
}, { id: arn('sagemaker', 'domain/d-lab') })
const profile = resource('AWS::SageMaker::UserProfile', { DomainId: 'd-lab', UserProfileName: 'ana', UserSettings: { ExecutionRole: `${account}:role/target` } }, { id: arn('sagemaker', 'user-profile/d-lab/ana') })
const roles = [administrator('target', 'sagemaker.amazonaws.com'), role('low', trust('sagemaker.amazonaws.com'), allow('s3:ListBucket'))]
const starter = (...actions: string[]) => user('starter', allow(actions.map((action) => (action.includes(':') ? action : `sagemaker:${action}`))))

const ways: [id: string, actions: string[]][] = [
  ['AI-sm-domainurl', ['CreatePresignedDomainUrl']],
  ['AI-sm-space', ['CreateSpace', 'CreateApp', 'CreatePresignedDomainUrl']],
  ['AI-sm-updatedomain', ['iam:PassRole', 'UpdateDomain', 'CreateUserProfile', 'CreateApp', 'CreatePresignedDomainUrl']],
  ['AI-sm-newprofile', ['iam:PassRole', 'CreateUserProfile', 'CreatePresignedDomainUrl']],
]

test.each(ways)('HackTricks: %s opens Studio by a presigned URL where IAM signs people in, and nowhere else', (id, actions) => {
  const others: Given[] = id === 'AI-sm-domainurl' ? [profile] : []
  expect(takeover([domain('IAM'), ...roles, ...others, starter(...actions)], 'starter')).toEqual([id, 'administrator'])
  expect(takeover([domain('SSO'), ...roles, ...others, starter(...actions)], 'starter')).toBeUndefined()
  expect(takeover([...roles, starter(...actions)], 'starter')).toBeUndefined()
  expect(takeover([domain('IAM'), ...roles, ...others, starter(...actions.filter((action) => action !== 'CreatePresignedDomainUrl'))], 'starter')).toBeUndefined()
})

test('AI-sm-createapp-url starts an app and opens it; AI-sm-updateprofile hands over a better role', () => {
  const low = { ...profile, properties: { ...profile.properties, UserSettings: { ExecutionRole: `${account}:role/low` } } }
  expect(way([domain('IAM'), ...roles, low, starter('CreateApp', 'CreatePresignedDomainUrl')], 'starter', 'low', 'be')).toEqual(['AI-sm-createapp-url'])
  expect(takeover([domain('IAM'), ...roles, low, starter('iam:PassRole', 'UpdateUserProfile', 'CreateApp', 'CreatePresignedDomainUrl')], 'starter')).toEqual(['AI-sm-updateprofile', 'administrator'])
  expect(takeover([domain('IAM'), ...roles, low, starter('UpdateUserProfile', 'CreateApp', 'CreatePresignedDomainUrl')], 'starter')).toBeUndefined()
})

test('the other roles of a profile and of a service are not those of the code in it', () => {
  const canvas = resource('AWS::SageMaker::UserProfile', {
    DomainId: 'd-lab', UserProfileName: 'ana', UserSettings: { ExecutionRole: `${account}:role/low`, CanvasAppSettings: { TimeSeriesForecastingSettings: { Status: 'ENABLED', AmazonForecastRoleArn: `${account}:role/target` } } },
  }, { id: arn('sagemaker', 'user-profile/d-lab/ana') })
  expect(takeover([domain('IAM'), ...roles, canvas, starter('CreatePresignedDomainUrl')], 'starter')).toBeUndefined()
  const service = (role_: Readonly<Record<string, unknown>>) => resource('AWS::AppRunner::Service', { ServiceName: 'chat', SourceConfiguration: { AuthenticationConfiguration: { AccessRoleArn: `${account}:role/pull` } }, ...role_ })
  const given = [administrator('pull', 'build.apprunner.amazonaws.com'), user('starter', allow('apprunner:UpdateService'))]
  expect(takeover([service({}), ...given], 'starter')).toBeUndefined()
  expect(takeover([service({ InstanceConfiguration: { InstanceRoleArn: `${account}:role/pull` } }), ...given], 'starter')).toEqual(['PF-apprunner-002', 'administrator'])
})

test('Prowler PW-codedeploy-001: a revision runs as the role of the instances that the group chooses, not as that of CodeDeploy', () => {
  const group = (Value: string) => resource('AWS::CodeDeploy::DeploymentGroup', {
    ApplicationName: 'web', DeploymentGroupName: 'web', ServiceRoleArn: `${account}:role/deploys`, Ec2TagFilters: [{ Key: 'App', Value, Type: 'KEY_AND_VALUE' }],
  }, { id: arn('codedeploy', 'deploymentgroup:web/web') })
  const given = [
    administrator('deploys', 'codedeploy.amazonaws.com'), role('web', trust('ec2.amazonaws.com'), allow('s3:GetObject')), resource('AWS::IAM::InstanceProfile', { InstanceProfileName: 'web', Roles: ['web'] }),
    resource('AWS::EC2::Instance', { InstanceType: 't3.micro', IamInstanceProfile: 'web' }, { id: arn('ec2', 'instance/i-0123456789abcdef0'), tags: { App: 'web' } }),
    user('starter', allow(['codedeploy:CreateDeployment', 'codedeploy:RegisterApplicationRevision', 'codedeploy:GetDeploymentConfig'])),
  ]
  expect(way([group('web'), ...given], 'starter', 'web', 'be')).toEqual(['PW-codedeploy-001'])
  expect(way([group('other'), ...given], 'starter', 'web', 'be')).toBeUndefined()
  expect(takeover([group('web'), ...given], 'starter')).toBeUndefined()
})
