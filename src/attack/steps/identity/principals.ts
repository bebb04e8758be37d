import { acts, family, hackTricks, makes, principal, rewritten, role, user } from '../../family.ts'
import { any, fact, has, may, self } from '../../step.ts'

const step = family('identity', ['T1098.003'])
const keys = { techniques: ['T1098.001'] }
const group = any('group', 'AWS::IAM::Group')
const policy = any('policy', 'AWS::IAM::ManagedPolicy')
const version = any('version', 'AWS::IAM::PolicyVersion')
const restored = any('restored', 'restored principal')
const member = any('member', 'group member')
const unbounded = any('unbounded', 'unbounded principal')
const retagged = any('retagged', 'retagged principal')
const account = any('account', 'account')
const set = any('set', 'AWS::SSO::PermissionSet')

const be = (on: typeof role) => ({ power: 'be', on } as const)
const ofRole = fact(rewritten, 'rewrites', role)
const ofUser = fact(rewritten, 'rewrites', user)
const ofOwn = fact(rewritten, 'rewrites', principal)

/** Editing one's own policies: the gain ends where the boundary, SCPs and RCPs say. */
const own = [
  step('PF-iam-001', 'rewrites {policy}, which is attached to {principal}', [self(principal), may('iam:CreatePolicyVersion', policy), fact(policy, 'attached to', principal), ofOwn], be(rewritten)),
  step('PF-iam-005', 'gives its own role {role} an inline policy', [self(role), may('iam:PutRolePolicy', role), ofRole], be(rewritten)),
  step('PF-iam-007', 'gives its own user {user} an inline policy', [self(user), may('iam:PutUserPolicy', user), ofUser], be(rewritten)),
  step('PF-iam-008', 'attaches a policy to its own user {user}', [self(user), may('iam:AttachUserPolicy', user), ofUser], be(rewritten)),
  step('PF-iam-009', 'attaches a policy to its own role {role}', [self(role), may('iam:AttachRolePolicy', role), ofRole], be(rewritten)),
  step('PF-iam-010', 'attaches a policy to its own group {group}', [self(user), may('iam:AttachGroupPolicy', group), fact(user, 'member of', group), ofUser], be(rewritten)),
  step('PF-iam-011', 'gives its own group {group} an inline policy', [self(user), may('iam:PutGroupPolicy', group), fact(user, 'member of', group), ofUser], be(rewritten)),
  step('PW-iam-setdefault', 'makes {version} the default of {policy}', [self(principal), may('iam:SetDefaultPolicyVersion', policy), fact(restored, 'derives from', version), fact(version, 'part of', policy), fact(policy, 'attached to', principal), fact(restored, 'rewrites', principal)], be(restored)),
  step('PF-iam-013', 'adds its own user {user} to {group}', [self(user), may('iam:AddUserToGroup', group), fact(member, 'member of', group), fact(member, 'rewrites', user)], be(member)),
  step('PW-iam-022', 'removes the boundary of its own user {user}', [self(user), may('iam:DeleteUserPermissionsBoundary', user), fact(unbounded, 'rewrites', user)], be(unbounded)),
  step('EN-iam-boundary-put', 'replaces the boundary of {role}', [has('be', role), may('iam:PutRolePermissionsBoundary', role), fact(unbounded, 'rewrites', role)], be(unbounded)),
  step('EN-iam-tag-abac', 'tags its own role {role}, so that it is {retagged}', [self(role), may('iam:TagRole', role), fact(retagged, 'rewrites', role)], be(retagged)),
  step('tag-own-user', 'tags its own user {user}, so that it is {retagged}', [self(user), may('iam:TagUser', user), fact(retagged, 'rewrites', user)], be(retagged)),
  step('unbind-own-role', 'removes the boundary of its own role {role}', [self(role), may('iam:DeleteRolePermissionsBoundary', role), fact(unbounded, 'rewrites', role)], be(unbounded)),
  step('rebind-own-user', 'replaces the boundary of its own user {user}', [self(user), may('iam:PutUserPermissionsBoundary', user), fact(unbounded, 'rewrites', user)], be(unbounded)),
]

/** Taking over another principal, with its permissions as they are. */
const others = [
  step('PF-iam-002', 'makes an access key for {user}', acts(user, 'iam:CreateAccessKey'), be(user), keys),
  step('PF-iam-003', 'replaces an access key of {user}', acts(user, 'iam:CreateAccessKey', 'iam:DeleteAccessKey'), be(user), keys),
  step('PF-iam-004', 'gives {user} a console password', acts(user, 'iam:CreateLoginProfile'), be(user), keys),
  step('PF-iam-006', 'changes the console password of {user}', acts(user, 'iam:UpdateLoginProfile'), be(user), keys),
  step('PF-iam-012', 'rewrites the trust policy of {role} to let itself in', acts(role, 'iam:UpdateAssumeRolePolicy'), be(role)),
  step('PF-sts-001', 'assumes {role}', acts(role, 'sts:AssumeRole'), be(role), { techniques: ['T1078.004'] }),
  step('EN-iam-mfa', 'removes the second factor of {user}, whose password is known', [has('read', user), ...acts(user, 'iam:DeactivateMFADevice')], be(user), { techniques: ['T1556.006'] }),
]

/** Taking over another principal after its policies were rewritten. */
const widened = [
  step('PF-iam-014', 'attaches a policy to {role} and assumes it', [...acts(role, 'iam:AttachRolePolicy', 'sts:AssumeRole'), ofRole], be(rewritten)),
  step('PF-iam-015', 'attaches a policy to {user} and makes an access key for it', [...acts(user, 'iam:AttachUserPolicy', 'iam:CreateAccessKey'), ofUser], be(rewritten)),
  step('PF-iam-016', 'rewrites {policy}, which is attached to {role}, and assumes the role', [may('iam:CreatePolicyVersion', policy), fact(policy, 'attached to', role), may('sts:AssumeRole', role), ofRole], be(rewritten)),
  step('PF-iam-017', 'gives {role} an inline policy and assumes it', [...acts(role, 'iam:PutRolePolicy', 'sts:AssumeRole'), ofRole], be(rewritten)),
  step('PF-iam-018', 'gives {user} an inline policy and makes an access key for it', [...acts(user, 'iam:PutUserPolicy', 'iam:CreateAccessKey'), ofUser], be(rewritten)),
  step('PF-iam-019', 'attaches a policy to {role} and rewrites its trust policy', [...acts(role, 'iam:AttachRolePolicy', 'iam:UpdateAssumeRolePolicy'), ofRole], be(rewritten)),
  step('PF-iam-020', 'rewrites {policy} and the trust policy of {role}, which it is attached to', [may('iam:CreatePolicyVersion', policy), fact(policy, 'attached to', role), may('iam:UpdateAssumeRolePolicy', role), ofRole], be(rewritten)),
  step('PF-iam-021', 'gives {role} an inline policy and rewrites its trust policy', [...acts(role, 'iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy'), ofRole], be(rewritten)),
  step('PW-iam-023', 'removes the boundary of {role} and assumes it', [...acts(role, 'iam:DeleteRolePermissionsBoundary', 'sts:AssumeRole'), fact(unbounded, 'rewrites', role)], be(unbounded)),
  step('EN-sts-tagsession', 'assumes {role} with a session tag, so that it is {retagged}', [...acts(role, 'sts:AssumeRole', 'sts:TagSession'), fact(retagged, 'rewrites', role)], be(retagged)),
]

const tenant = any('tenant', 'public identity provider')
const pool = any('pool', 'AWS::Cognito::IdentityPool')
const anyone = any('anyone', 'anyone')
const signedIn = { techniques: ['T1078.004'] }
const saml = any('provider', 'AWS::IAM::SAMLProvider')
const oidc = any('provider', 'AWS::IAM::OIDCProvider')

/** Identity providers, Identity Center and the organization. */
const federation = [
  step('sign-in-anywhere', 'signs in at {tenant} with an account of its own, and acts as {role}', [has('be', tenant), fact(role, 'trusts', tenant)], be(role), { ...signedIn, source: 'Datadog Security Labs on roles for GitHub Actions' }),
  step('guest-of-pool', 'signs in to {pool} as a guest, and acts as {role}', [has('be', anyone), fact(pool, 'shared with', anyone), fact(pool, 'runs as', role)], be(role), { ...signedIn, source: 'Rhino Security Labs on Amazon Cognito' }),
  step('EN-iam-saml', 'gives {provider} a certificate of the attacker and signs in as {role}', [may('iam:UpdateSAMLProvider', saml), fact(role, 'trusts', saml)], be(role), { techniques: ['T1484.002'] }),
  step('EN-iam-oidc-client', 'adds a client of the attacker to {provider} and signs in as {role}', [may('iam:AddClientIDToOpenIDConnectProvider', oidc), fact(role, 'trusts', oidc)], be(role), { techniques: ['T1484.002'] }),
  step('EN-iam-oidc-new', 'lets an identity provider of the attacker assume {role}', [...makes('iam:CreateOpenIDConnectProvider'), may('iam:UpdateAssumeRolePolicy', role)], be(role), { techniques: ['T1484.002'] }),
  step('PW-sso-001', 'makes a permission set like {set} and assigns it in {account}', [...makes('sso:CreatePermissionSet'), ...acts(set, 'sso:CreateAccountAssignment', 'sso:AttachManagedPolicyToPermissionSet')], be(account)),
  step('PW-sso-002', 'attaches a policy to {set}, which becomes {role}', [may('sso:AttachManagedPolicyToPermissionSet', set), fact(role, 'derives from', set), has('be', role), ofRole], be(rewritten)),
  step('PW-sso-003', 'gives {set}, which becomes {role}, an inline policy', [may('sso:PutInlinePolicyToPermissionSet', set), fact(role, 'derives from', set), has('be', role), ofRole], be(rewritten)),
  step('EN-org-assume', 'assumes {role} of a member account from the management account', [may('sts:AssumeRole', role), fact(role, 'trusts', any('management', 'management account'))], be(role), hackTricks),
]

/** What holds without doing anything. */
const plain = [
  step('administrator', 'administers {account}', acts(account, 'iam:CreateUser', 'iam:AttachUserPolicy', 'iam:CreateAccessKey', 'iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy'), be(account), { source: 'AWS IAM User Guide', effort: 1 }),
]

export default [...own, ...others, ...widened, ...federation, ...plain]
