import { none } from '../../core/unknown.ts'
import type { Json } from '../../model/types.gen.ts'
import { defineCheck } from '../check.ts'
import type { EstateView, Found } from '../../graph/view.ts'
import { allow, everything, policy } from '../families/examples.ts'
import { administers, identityArn, managesBedrock, passesAnyRole, usesAnyBucket } from '../families/roles.ts'

const on = 'AWS::IAM::ServiceSpecificCredential'
const bedrock = /^bedrock(?:-mantle)?\.amazonaws\.com$/
const key = { ServiceName: 'bedrock.amazonaws.com', UserName: 'BedrockAPIKey-ab12', Status: 'Active', CreateDate: '2026-01-01T00:00:00Z' } as const
const user = (...statements: readonly Json[]) => ({
  type: 'AWS::IAM::User' as const,
  properties: { UserName: 'BedrockAPIKey-ab12', Policies: [{ PolicyName: 'permissions', PolicyDocument: policy(...statements) }] },
})
const invoking = allow('bedrock:InvokeModel', 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0')

/** The longest life of a key that still counts as limited, in milliseconds. */
const longest = 366 * 86_400_000

/** What the credential report says of a user. */
const password = (BartizanMfaActive: boolean) => ({ BartizanPasswordEnabled: true, BartizanMfaActive })
const signOn = (found: object) => found as Partial<ReturnType<typeof password>>

export default [
  defineCheck({
    id: 'bedrock-api-key-never-expires',
    title: 'Bedrock API key lives for ever',
    risk: 'weak-iam', severity: 'critical', on,
    why: 'Whoever copied it once can call models at your cost from anywhere, until somebody notices.',
    fix: { text: 'Delete the key; use short-term keys, or a role.' },
    also: ['prowler:bedrock_api_key_no_long_term_credentials'],
    when: ({ ServiceName, Status }) => bedrock.test(ServiceName ?? '') && Status === 'Active',
    requires: ({ CreateDate, ExpirationDate }) => ExpirationDate !== undefined &&
      (CreateDate === undefined || Date.parse(ExpirationDate) - Date.parse(CreateDate) <= longest),
    fails: [key, { ...key, ExpirationDate: '2125-01-01T00:00:00Z' }],
    passes: [{ ...key, ExpirationDate: '2026-01-31T00:00:00Z' }],
  }),
  defineCheck({
    id: 'bedrock-api-key-long-term',
    title: 'Long-term Bedrock API key is active',
    risk: 'weak-iam', severity: 'high', on,
    why: 'It is a password for models: no signature, no session, no MFA, and it works from anywhere.',
    fix: { text: 'Replace it by short-term keys or a role, then deactivate and delete it.' },
    also: ['prowler:bedrock_api_key_no_long_term_credentials'],
    when: ({ ServiceName }) => bedrock.test(ServiceName ?? ''),
    requires: ({ Status }) => Status !== 'Active',
    fails: [{ ...key, ExpirationDate: '2026-01-31T00:00:00Z' }],
    passes: [{ ...key, Status: 'Inactive' }],
  }),
  defineCheck({
    id: 'bedrock-api-key-admin',
    title: 'User behind a Bedrock API key can do more than call models',
    risk: 'privilege-escalation', severity: 'critical', on,
    why: 'The key\'s user can make other credentials for itself, which reach far beyond models.',
    fix: { text: 'Take every permission but bedrock:InvokeModel on named models from the user, or delete the key.' },
    also: ['prowler:bedrock_api_key_no_administrative_privileges'],
    when: ({ ServiceName, Status, UserName }, estate) => bedrock.test(ServiceName ?? '') && Status === 'Active' && estate.find('AWS::IAM::User', UserName) !== undefined,
    requires: ({ UserName }, estate) => {
      const found = estate.find('AWS::IAM::User', UserName)
      return found === undefined || none([administers, passesAnyRole, usesAnyBucket, managesBedrock], (power) => power(estate, identityArn(found)))
    },
    fails: [{ ...key, given: [user(everything)] }, { ...key, given: [user(allow('s3:*', '*'))] }, { ...key, given: [user(allow('bedrock:*', '*'))] }],
    passes: [{ ...key, given: [user(invoking)] }],
  }),
  defineCheck({
    id: 'bedrock-iam-user-access',
    title: 'A user, not a role, may call Bedrock',
    risk: 'weak-iam', severity: 'medium', on: 'AWS::IAM::User',
    why: 'Its access keys never expire; a leaked one calls models at your cost.',
    fix: { text: 'Let people and workloads assume a role for it, and take the permission from the user.' },
    requires: (_user, estate) => !callsModels(estate),
    fails: [user(invoking).properties],
    passes: [user(allow('s3:GetObject', 'arn:aws:s3:::training-data/*')).properties, user(everything).properties],
  }),
  defineCheck({
    id: 'ai-agent-credential-no-expiry-mfa',
    title: 'A user who may call models signs on with a password alone',
    risk: 'weak-iam', severity: 'medium', on: 'AWS::IAM::User',
    why: 'One guessed or phished password is enough to spend and to read what the models know.',
    fix: { text: 'Give the user a second factor, or better a role through IAM Identity Center.' },
    when: (found, estate) => signOn(found).BartizanPasswordEnabled === true && callsModels(estate),
    requires: (found) => signOn(found).BartizanMfaActive === true,
    fails: [{ ...user(invoking).properties, ...password(false) }],
    passes: [{ ...user(invoking).properties, ...password(true) }],
  }),
]

/** An administrator may do all, which says nothing of Bedrock. */
const callsModels = (estate: EstateView): boolean => {
  const self = identityArn(estate.self as Found<'AWS::IAM::User'>)
  return !administers(estate, self) && estate.can(self, 'bedrock:InvokeModel', '*')
}
