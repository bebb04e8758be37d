import { every, none, some } from '../../core/unknown.ts'
import { defineCheck } from '../check.ts'
import { STRANGER } from '../families/examples.ts'
import { ROLE } from '../families/values.ts'

const on = 'AWS::SageMaker::Domain'
const domain = { AuthMode: 'SSO', DomainName: 'studio', DefaultUserSettings: { ExecutionRole: ROLE } } as const
const space = { DomainId: 'd-1', SpaceName: 'research' }
const idle = (LifecycleManagement: 'ENABLED' | 'DISABLED') =>
  ({ ...domain, DefaultUserSettings: { ExecutionRole: ROLE, JupyterLabAppSettings: { AppLifecycleManagement: { IdleSettings: { LifecycleManagement } } } } })
const docker = (EnableDockerAccess: 'ENABLED' | 'DISABLED') => ({ ...domain, DomainSettings: { DockerSettings: { EnableDockerAccess } } })
const trusting = (account: string) => ({ ...domain, DomainSettings: { DockerSettings: { VpcOnlyTrustedAccounts: [account] } } })
const profile = (ExecutionRole?: string) => ({
  type: 'AWS::SageMaker::UserProfile' as const,
  properties: { DomainId: 'd-1', UserProfileName: 'ana', UserSettings: ExecutionRole === undefined ? {} : { ExecutionRole } },
})

export default [
  defineCheck({
    id: 'sagemaker-domain-public-internet',
    title: 'Studio apps have a direct way to the internet',
    risk: 'insecure-api', severity: 'high', on,
    why: 'Code or data in Studio can leave past every network control of the account.',
    fix: { text: 'Run Studio apps in your VPC only, with endpoints for the services that they use.', set: { AppNetworkAccessType: 'VpcOnly' } },
    also: ['config:sagemaker-domain-in-vpc', 'awsaiml:SM-27'],
    requires: (resource) => resource.AppNetworkAccessType === 'VpcOnly',
    fails: [domain, { ...domain, AppNetworkAccessType: 'PublicInternetOnly' }],
    passes: [{ ...domain, AppNetworkAccessType: 'VpcOnly' }],
  }),
  defineCheck({
    id: 'sagemaker-domain-iam-auth',
    title: 'People enter Studio with IAM credentials',
    risk: 'weak-iam', severity: 'medium', on,
    why: 'Whoever may sign a URL enters as any user profile, and no identity provider is asked.',
    fix: { text: 'Create the domain again with IAM Identity Center (AuthMode SSO).' },
    also: ['prowler:sagemaker_domain_sso_configured', 'awsaiml:SM-02'],
    requires: (resource) => resource.AuthMode === 'SSO',
    fails: [{ ...domain, AuthMode: 'IAM' }],
    passes: [domain],
  }),
  defineCheck({
    id: 'sagemaker-domain-shared-execution-role',
    title: 'All users of the Studio domain share one execution role',
    risk: 'weak-iam', severity: 'medium', on,
    why: 'Every user can reach what any of them needs, and the log does not tell them apart.',
    fix: { text: 'Name an execution role of its own in UserSettings of each user profile, or of each team.' },
    when: (resource, estate) => estate.all('AWS::SageMaker::UserProfile').filter(({ properties }) => properties.DomainId === resource.DomainId).length > 1,
    requires: (resource, estate) => some(
      estate.all('AWS::SageMaker::UserProfile').filter(({ properties }) => properties.DomainId === resource.DomainId),
      ({ properties }) => (properties.UserSettings?.ExecutionRole ?? resource.DefaultUserSettings.ExecutionRole) !== resource.DefaultUserSettings.ExecutionRole),
    fails: [{ ...domain, DomainId: 'd-1', given: [profile(), profile(ROLE)] }],
    passes: [{ ...domain, DomainId: 'd-1', given: [profile(), profile(`${ROLE}-ana`)] }],
  }),
  defineCheck({
    id: 'sagemaker-domain-docker-access',
    title: 'Studio users may run Docker',
    risk: 'privilege-escalation', severity: 'medium', on,
    why: 'A container that a user starts on the app\'s host can step out of the user\'s own limits.',
    fix: { text: 'Turn Docker access off where nobody builds images in Studio.', set: { DomainSettings: { DockerSettings: { EnableDockerAccess: 'DISABLED' } } } },
    requires: (resource) => resource.DomainSettings?.DockerSettings?.EnableDockerAccess !== 'ENABLED',
    fails: [docker('ENABLED')],
    passes: [domain, docker('DISABLED')],
  }),
  defineCheck({
    id: 'sagemaker-domain-docker-trusted-external-account',
    title: 'Studio pulls images from an account outside the organisation',
    risk: 'weak-iam', severity: 'medium', on,
    why: 'Whoever owns that account decides what code runs in Studio.',
    fix: { text: 'Remove accounts that are not yours from VpcOnlyTrustedAccounts; copy the images you need to a repository of your own.' },
    when: (resource) => resource.DomainSettings?.DockerSettings?.VpcOnlyTrustedAccounts !== undefined,
    requires: (resource, estate) => every(resource.DomainSettings?.DockerSettings?.VpcOnlyTrustedAccounts, (account) => estate.isOurs(account)),
    fails: [trusting(STRANGER)],
    passes: [trusting('111122223333')],
  }),
  defineCheck({
    id: 'sagemaker-domain-no-user-attribution',
    title: 'CloudTrail does not name the Studio user',
    risk: 'weak-iam', severity: 'low', on,
    why: 'What is done from Studio is logged under the shared role, so nobody can tell who did it.',
    fix: { text: 'Set the source identity to the user profile.', set: { DomainSettings: { ExecutionRoleIdentityConfig: 'USER_PROFILE_NAME' } } },
    requires: (resource) => resource.DomainSettings?.ExecutionRoleIdentityConfig === 'USER_PROFILE_NAME',
    fails: [domain, { ...domain, DomainSettings: { ExecutionRoleIdentityConfig: 'DISABLED' } }],
    passes: [{ ...domain, DomainSettings: { ExecutionRoleIdentityConfig: 'USER_PROFILE_NAME' } }],
  }),
  defineCheck({
    id: 'sagemaker-studio-idle-shutdown-off',
    title: 'Idle Studio apps keep running',
    risk: 'weak-iam', severity: 'low', on,
    why: 'An app that nobody watches keeps its role\'s credentials alive, and costs money.',
    fix: { text: 'Enable idle shutdown in JupyterLabAppSettings.AppLifecycleManagement.IdleSettings of the default user settings.' },
    requires: (resource) => resource.DefaultUserSettings.JupyterLabAppSettings?.AppLifecycleManagement?.IdleSettings?.LifecycleManagement === 'ENABLED',
    fails: [domain, idle('DISABLED')],
    passes: [idle('ENABLED')],
  }),
  defineCheck({
    id: 'sagemaker-space-remote-access',
    title: 'Studio space takes connections from remote IDEs',
    risk: 'insecure-api', severity: 'medium', on: 'AWS::SageMaker::Space',
    why: 'A laptop gets a tunnel into the space, past the network that Studio is confined to.',
    fix: { text: 'Turn remote access off, or limit sagemaker:StartSession to the people who need it.', set: { SpaceSettings: { RemoteAccess: 'DISABLED' } } },
    requires: (resource) => resource.SpaceSettings?.RemoteAccess !== 'ENABLED',
    fails: [{ ...space, SpaceSettings: { RemoteAccess: 'ENABLED' } }],
    passes: [space, { ...space, SpaceSettings: { RemoteAccess: 'DISABLED' } }],
  }),
  defineCheck({
    id: 'sagemaker-space-shared',
    title: 'Shared Studio space falls back to the role of all users',
    risk: 'weak-iam', severity: 'low', on: 'AWS::SageMaker::Space',
    why: 'Everybody in the space acts with the permissions of every user of the domain.',
    fix: { text: 'Give the domain\'s DefaultSpaceSettings an execution role of their own with less than the users have.' },
    when: (resource) => resource.SpaceSharingSettings?.SharingType === 'Shared',
    requires: (resource, estate) => none(estate.all('AWS::SageMaker::Domain'), ({ properties: { DomainId, DefaultUserSettings, DefaultSpaceSettings } }) =>
      DomainId === resource.DomainId && (DefaultSpaceSettings?.ExecutionRole ?? DefaultUserSettings.ExecutionRole) === DefaultUserSettings.ExecutionRole),
    fails: [{ ...space, SpaceSharingSettings: { SharingType: 'Shared' }, given: [{ type: on, properties: { ...domain, DomainId: 'd-1' } }] }],
    passes: [{
      ...space, SpaceSharingSettings: { SharingType: 'Shared' },
      given: [{ type: on, properties: { ...domain, DomainId: 'd-1', DefaultSpaceSettings: { ExecutionRole: `${ROLE}-spaces` } } }],
    }],
  }),
]
