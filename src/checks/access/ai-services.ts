import { none, some } from '../../core/unknown.ts'
import { defineCheck } from '../check.ts'
import { STRANGER } from '../families/examples.ts'
import { jsonOf, listOf } from '../families/policy-text.ts'
import { ROLE } from '../families/values.ts'
import type { EstateView } from '../../graph/view.ts'

const index = { Name: 'docs', Edition: 'ENTERPRISE_EDITION' as const, RoleArn: ROLE }
const plugin = { DisplayName: 'tickets', Type: 'JIRA_CLOUD' as const, ServerUrl: 'https://jira.example.com' }
const oauth = { AuthConfiguration: { OAuth2ClientCredentialConfiguration: { RoleArn: ROLE, SecretArn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:jira-AbCdEf' } } }
const store = { DatastoreTypeVersion: 'R4' as const }
const WRITER = 'arn:aws:iam::111122223333:role/ingest'

interface AccessRule { readonly Rules?: readonly { readonly Resource?: readonly string[], readonly Permission?: readonly string[] }[], readonly Principal?: readonly string[] }

/** A data access policy with one rule. */
const access = (principal: string, permission: string) => ({
  Name: 'docs', Type: 'data' as const,
  Policy: JSON.stringify([{ Rules: [{ ResourceType: 'index', Resource: ['index/docs/*'], Permission: [permission] }], Principal: [principal] }]),
})

const writes = /^aoss:(?:\*|WriteDocument|UpdateIndex|CreateIndex|DeleteIndex)$/

/** A principal that is more than one identity of ours: anyone, a whole account, roles by wildcard, a stranger. */
const isBroad = (estate: EstateView, principal: string): boolean => {
  if (principal.includes('*') || principal.endsWith(':root')) return true
  const account = principal.split(':')[4] ?? ''
  return /^\d{12}$/.test(account) && !estate.isOurs(account)
}

export default [
  defineCheck({
    id: 'aoss-data-access-wildcard',
    title: 'Collection can be written by more than it should',
    risk: 'weak-iam', severity: 'high', on: 'AWS::OpenSearchServerless::AccessPolicy',
    why: 'Whoever writes to a vector index decides what the models that search it will answer.',
    fix: { text: 'Name the one role that ingests as principal of the rules that write, and give readers aoss:ReadDocument only.' },
    requires: ({ Policy }, estate) => none(listOf(jsonOf(Policy) as AccessRule | AccessRule[]), (rule) =>
      some(rule.Rules, ({ Permission }) => some(Permission, (permission) => writes.test(permission))) &&
      some(rule.Principal, (principal) => isBroad(estate, principal))),
    fails: [access('arn:aws:iam::111122223333:role/*', 'aoss:WriteDocument'), access(`arn:aws:iam::${STRANGER}:role/app`, 'aoss:*')],
    passes: [access(WRITER, 'aoss:WriteDocument'), access('arn:aws:iam::111122223333:role/*', 'aoss:ReadDocument')],
  }),
  defineCheck({
    id: 'kendra-index-no-user-context',
    title: 'Kendra believes what callers say about the user',
    risk: 'weak-iam', severity: 'high', on: 'AWS::Kendra::Index',
    why: 'Anyone who may query can name another user or group and read the documents of theirs.',
    fix: { text: 'Require signed tokens: UserContextPolicy USER_TOKEN with a UserTokenConfiguration.', set: { UserContextPolicy: 'USER_TOKEN' }, needs: ['UserTokenConfigurations'] },
    requires: ({ UserContextPolicy }) => UserContextPolicy === 'USER_TOKEN',
    fails: [index, { ...index, UserContextPolicy: 'ATTRIBUTE_FILTER' }],
    passes: [{ ...index, UserContextPolicy: 'USER_TOKEN' }],
  }),
  defineCheck({
    id: 'qbusiness-anonymous-application',
    title: 'Q Business application answers anyone',
    risk: 'insecure-api', severity: 'critical', on: 'AWS::QBusiness::Application',
    why: 'No user is known, so no document is held back from anybody who finds the chat.',
    fix: { text: 'Create the application again with IAM Identity Center or an identity provider.' },
    requires: ({ IdentityType }) => IdentityType !== 'ANONYMOUS',
    fails: [{ DisplayName: 'assistant', IdentityType: 'ANONYMOUS' }],
    passes: [{ DisplayName: 'assistant', IdentityType: 'AWS_IAM_IDC' }],
  }),
  defineCheck({
    id: 'qbusiness-plugin-no-auth',
    title: 'Q Business plugin calls without authentication, with a password or over HTTP',
    risk: 'weak-iam', severity: 'high', on: 'AWS::QBusiness::Plugin',
    why: 'Every user of the chat acts in the other system as one shared identity, or as nobody.',
    fix: { text: 'Use OAuth2ClientCredentialConfiguration and an https ServerUrl.' },
    requires: ({ AuthConfiguration, ServerUrl }) => AuthConfiguration.NoAuthConfiguration === undefined &&
      AuthConfiguration.BasicAuthConfiguration === undefined && !(ServerUrl ?? '').startsWith('http://'),
    fails: [
      { ...plugin, AuthConfiguration: { NoAuthConfiguration: {} } },
      { ...plugin, AuthConfiguration: { BasicAuthConfiguration: oauth.AuthConfiguration.OAuth2ClientCredentialConfiguration } },
      { ...plugin, ...oauth, ServerUrl: 'http://jira.example.com' },
    ],
    passes: [{ ...plugin, ...oauth }],
  }),
  defineCheck({
    id: 'healthlake-coarse-authorization',
    title: 'SMART on FHIR without fine-grained authorisation',
    risk: 'weak-iam', severity: 'medium', on: 'AWS::HealthLake::FHIRDatastore',
    why: 'A token opens the whole data store, not only the records that its scopes name.',
    fix: { text: 'Create the data store again with FineGrainedAuthorizationEnabled, and a token Lambda of your own account.' },
    when: ({ IdentityProviderConfiguration }) => IdentityProviderConfiguration !== undefined && IdentityProviderConfiguration.AuthorizationStrategy !== 'AWS_AUTH',
    requires: ({ IdentityProviderConfiguration: identity }, estate) => identity?.FineGrainedAuthorizationEnabled === true &&
      (identity.IdpLambdaArn === undefined || estate.isOurs(identity.IdpLambdaArn.split(':')[4] ?? '')),
    fails: [
      { ...store, IdentityProviderConfiguration: { AuthorizationStrategy: 'SMART_ON_FHIR', FineGrainedAuthorizationEnabled: false } },
      { ...store, IdentityProviderConfiguration: { AuthorizationStrategy: 'SMART_ON_FHIR', FineGrainedAuthorizationEnabled: true, IdpLambdaArn: `arn:aws:lambda:us-east-1:${STRANGER}:function:idp` } },
    ],
    passes: [{ ...store, IdentityProviderConfiguration: { AuthorizationStrategy: 'SMART_ON_FHIR', FineGrainedAuthorizationEnabled: true } }],
  }),
]
