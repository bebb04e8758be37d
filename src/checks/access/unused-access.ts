import { some } from '../../core/unknown.ts'
import type { EstateView, Found } from '../../graph/view.ts'
import { defineCheck } from '../check.ts'
import type { Given } from '../check.ts'
import { mayCallAi } from '../families/ai-callers.ts'
import { allow, policy, trust } from '../families/examples.ts'
import { identityArn } from '../families/roles.ts'

/** Days after which access that nobody used, or a key that nobody changed, is too old. */
const longest = 90

const isRecent = (estate: EstateView, time: string | undefined): boolean => time !== undefined && estate.daysSince(time) <= longest

/** Whether an identity is old enough to have been used, and may call AI. */
const isOldCaller = (estate: EstateView): boolean => {
  const self = estate.self as Found<'AWS::IAM::Role' | 'AWS::IAM::User'>
  return estate.tellsUse && self.createdAt !== undefined && !isRecent(estate, self.createdAt) && !self.id.includes(':role/aws-service-role/') && mayCallAi(estate, identityArn(self))
}

const keysOf = (estate: EstateView, user: string): Found<'AWS::IAM::AccessKey'>[] =>
  estate.all('AWS::IAM::AccessKey').filter(({ properties }) => properties.UserName === user)

const invoking = { Policies: [{ PolicyName: 'permissions', PolicyDocument: policy(allow('bedrock:InvokeModel', 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0')) }] }
const role = { RoleName: 'chat', AssumeRolePolicyDocument: trust('lambda.amazonaws.com'), ...invoking }
const user = { UserName: 'ana', ...invoking }
const old = { createdAt: '2025-01-01T00:00:00Z' }
const used = { ...old, lastUsedAt: '2025-12-31T00:00:00Z' }
const key = { Id: 'AKIAIOSFODNN7EXAMPLE', UserName: 'ana', Status: 'Active' } as const
const keyUsed = (lastUsedAt: string): Given => ({ type: 'AWS::IAM::AccessKey', properties: key, ...old, lastUsedAt })
const ana: Given = { type: 'AWS::IAM::User', properties: user }

const stale = {
  id: 'ai-access-stale', risk: 'weak-iam', severity: 'medium',
  why: 'Access that nobody needs is only of use to whoever steals it, and nobody would notice.',
  also: ['prowler:iam_role_access_not_stale_to_bedrock', 'prowler:iam_user_access_not_stale_to_bedrock', 'prowler:iam_user_access_not_stale_to_sagemaker', 'awsaiml:BR-14', 'awsaiml:SM-02', 'awsaiml:AC-03'],
} as const

export default [
  defineCheck({
    ...stale, on: 'AWS::IAM::Role',
    title: 'A role that may call AI was not used for 90 days',
    fix: { text: 'Delete the role, or take its permissions for Bedrock, SageMaker and AgentCore away; IAM\'s last accessed information tells which it used.' },
    when: (_role, estate) => isOldCaller(estate),
    requires: (_role, estate) => isRecent(estate, estate.self.lastUsedAt),
    fails: [{ ...role, times: old }, { ...role, times: { ...old, lastUsedAt: '2025-06-01T00:00:00Z' } }],
    passes: [{ ...role, times: used }],
  }),
  defineCheck({
    ...stale, on: 'AWS::IAM::User',
    title: 'A user who may call AI was not seen for 90 days',
    fix: { text: 'Delete the user or its access keys, or take its permissions for Bedrock, SageMaker and AgentCore away.' },
    when: (_user, estate) => isOldCaller(estate),
    requires: (found, estate) => isRecent(estate, estate.self.lastUsedAt) || some(keysOf(estate, found.UserName ?? estate.self.name), (one) => isRecent(estate, one.lastUsedAt)),
    fails: [{ ...user, times: old }, { ...user, times: old, given: [keyUsed('2025-06-01T00:00:00Z')] }],
    passes: [{ ...user, times: used }, { ...user, times: old, given: [keyUsed('2025-12-31T00:00:00Z')] }],
  }),
  defineCheck({
    id: 'ai-agent-credential-no-expiry-mfa', on: 'AWS::IAM::AccessKey', risk: 'weak-iam', severity: 'medium',
    title: 'An access key that calls AI is older than 90 days',
    why: 'The longer a key lives, the more places it was copied to; a leaked one calls models at your cost.',
    fix: { text: 'Let the workload assume a role instead, or make a new key and delete this one.' },
    when: ({ Status, UserName }, estate) => {
      const owner = estate.find('AWS::IAM::User', UserName)
      return Status === 'Active' && estate.self.createdAt !== undefined && owner !== undefined && mayCallAi(estate, identityArn(owner))
    },
    requires: (_key, estate) => isRecent(estate, estate.self.createdAt),
    fails: [{ ...key, times: old, given: [ana] }],
    passes: [{ ...key, times: { createdAt: '2025-12-01T00:00:00Z' }, given: [ana] }],
  }),
]
