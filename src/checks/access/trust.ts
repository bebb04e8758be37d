import { every, none, some } from '../../core/unknown.ts'
import { defineCheck } from '../check.ts'
import { ACCOUNT, STRANGER, allow, policy, roleArn } from '../families/examples.ts'
import { conditionKeys, isAllow, isLimitedBy, listOf, statementsOf, trustedAccounts, trustsAnyone, trustsService } from '../families/policy-text.ts'
import type { Statement } from '../families/policy-text.ts'
import { mayCallAi } from '../families/ai-callers.ts'
import { administers, identityArn } from '../families/roles.ts'
import type { EstateView, Found } from '../../graph/view.ts'

const on = 'AWS::IAM::Role'
const services = ['bedrock.amazonaws.com', 'bedrock-agentcore.amazonaws.com', 'sagemaker.amazonaws.com', 'kendra.amazonaws.com',
  'lexv2.amazonaws.com', 'application.qbusiness.amazonaws.com', 'qbusiness.amazonaws.com']
const sources = ['aws:sourceaccount', 'aws:sourcearn', 'aws:sourceorgid', 'aws:sourceorgpaths']

const trusting = (Principal: object, Condition?: object) => ({
  RoleName: 'caller',
  AssumeRolePolicyDocument: policy({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...(Condition === undefined ? {} : { Condition }) }),
})
const calling = { Policies: [{ PolicyName: 'permissions', PolicyDocument: policy(allow('bedrock:InvokeModel', '*')) }] }
const stranger = { AWS: `arn:aws:iam::${STRANGER}:root` }
const github = { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com` }

/** Whether a statement lets somebody outside assume the role without saying which one: no external id, organisation or subject. */
const isOpen = (estate: EstateView, statement: Statement): boolean => {
  if (!isAllow(statement)) return false
  if (trustsAnyone(statement)) return !isLimitedBy(statement, ['sts:externalid', 'aws:principalorgid', 'aws:principalarn', 'aws:principalaccount'])
  if (some(trustedAccounts(statement), (account) => !estate.isOurs(account))) return !isLimitedBy(statement, ['sts:externalid', 'aws:principalorgid', 'aws:principalarn'])
  const federated = typeof statement.Principal === 'object' ? listOf(statement.Principal['Federated']) : []
  return some(federated, (provider) => !provider.includes(':saml-provider/')) && every(conditionKeys(statement), (key) => !/:(?:sub|amr)$/.test(key))
}

export default [
  defineCheck({
    id: 'bedrock-service-role-confused-deputy',
    title: 'Role trusts an AI service on behalf of any account',
    risk: 'weak-iam', severity: 'medium', on,
    why: 'Somebody else\'s agent or job can make the service act with this role.',
    fix: { text: 'Add a condition on aws:SourceAccount, and on aws:SourceArn where the resource is known, to the trust policy.' },
    also: ['prowler:iam_role_cross_service_confused_deputy_prevention'],
    when: (role, estate) => !/:role\/aws-service-role\//.test(estate.self.id) &&
      some(statementsOf(role.AssumeRolePolicyDocument), (statement) => some(services, (service) => trustsService(statement, service))),
    requires: (role) => none(statementsOf(role.AssumeRolePolicyDocument), (statement) =>
      some(services, (service) => trustsService(statement, service)) && !isLimitedBy(statement, sources)),
    fails: [trusting({ Service: 'bedrock.amazonaws.com' })],
    passes: [trusting({ Service: 'bedrock.amazonaws.com' }, { StringEquals: { 'aws:SourceAccount': ACCOUNT } })],
  }),
  defineCheck({
    id: 'ai-external-principal-can-invoke',
    title: 'Somebody outside can assume a role that calls AI',
    risk: 'weak-iam', severity: 'high', on,
    why: 'Any identity of that account or provider can call models and agents at your cost and with your data.',
    fix: { text: 'Name the very role that may assume it, with an sts:ExternalId or, for a web identity, a condition on its sub.' },
    when: (role, estate) => some(statementsOf(role.AssumeRolePolicyDocument), (statement) => isOpen(estate, statement)),
    requires: (_role, estate) => {
      const self = identityArn(estate.self as Found<typeof on>)
      return !administers(estate, self) && !mayCallAi(estate, self)
    },
    fails: [{ ...trusting(stranger), ...calling }, { ...trusting(github), ...calling }],
    passes: [
      trusting(stranger),
      { ...trusting(stranger, { StringEquals: { 'sts:ExternalId': 'a1b2c3' } }), ...calling },
      { ...trusting(github, { StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:example/app:ref:refs/heads/main' } }), ...calling },
      { ...trusting({ AWS: roleArn('app') }), ...calling },
    ],
  }),
]
