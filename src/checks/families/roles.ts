import { formatArn, partitionOf } from '../../core/arn.ts'
import { some } from '../../core/unknown.ts'
import type { EstateView, Found } from '../../graph/view.ts'
import { isAllow, isLimitedBy, speaksOf, speaksOfAll, statementsOf } from './policy-text.ts'
import type { Statement } from './policy-text.ts'

type Identity = 'AWS::IAM::Role' | 'AWS::IAM::User' | 'AWS::IAM::Group'

/** The ARN of an IAM identity, made from its name where the source gives none. */
export const identityArn = ({ arn, id, type, name, account, region, properties }: Found<Identity>): string => {
  if (arn !== undefined) return arn
  if (id.startsWith('arn:')) return id
  const kind = type.slice(type.lastIndexOf(':') + 1).toLowerCase()
  return formatArn({ partition: partitionOf(region), service: 'iam', region: '', account, resource: `${kind}${properties.Path ?? '/'}${name}` })
}

/** What a principal can do that it should not: asked of a resource that nobody names, so that only wildcards answer. */
export type Power = (estate: EstateView, principal: string) => boolean

const nobodys = 'no-policy-names-this'

const inAccount = (estate: EstateView, service: string, resource: string, region = estate.region): string =>
  formatArn({ partition: estate.partition, service, region: service === 'iam' ? '' : region, account: estate.account, resource })

/** Can give itself or anyone any permission. */
export const administers: Power = (estate, principal) =>
  estate.can(principal, 'iam:AttachRolePolicy', inAccount(estate, 'iam', `role/${nobodys}`)) &&
  estate.can(principal, 'iam:CreatePolicyVersion', inAccount(estate, 'iam', `policy/${nobodys}`))

/** Can read any bucket. */
export const readsAnyBucket: Power = (estate, principal) => estate.can(principal, 's3:GetObject', `arn:${estate.partition}:s3:::${nobodys}/object`)

/** Can write to any bucket. */
export const writesAnyBucket: Power = (estate, principal) => estate.can(principal, 's3:PutObject', `arn:${estate.partition}:s3:::${nobodys}/object`)

/** Can read or write any bucket. */
export const usesAnyBucket: Power = (estate, principal) => readsAnyBucket(estate, principal) || writesAnyBucket(estate, principal)

/** Can hand any role to a service that its policies do not name. */
export const passesAnyRole: Power = (estate, principal) =>
  estate.can(principal, 'iam:PassRole', inAccount(estate, 'iam', `role/${nobodys}`), { 'iam:PassedToService': 'ec2.amazonaws.com' })

/** Can invoke any function. */
export const invokesAnyFunction: Power = (estate, principal) =>
  estate.can(principal, 'lambda:InvokeFunction', inAccount(estate, 'lambda', `function:${nobodys}`))

/** Can invoke any model of Bedrock. */
export const invokesAnyModel: Power = (estate, principal) =>
  estate.can(principal, 'bedrock:InvokeModel', formatArn({ partition: estate.partition, service: 'bedrock', region: estate.region, account: '', resource: `foundation-model/${nobodys}` }))

/** Can change what guards models and records their use. */
export const managesBedrock: Power = (estate, principal) =>
  estate.can(principal, 'bedrock:PutModelInvocationLoggingConfiguration', '*') || estate.can(principal, 'bedrock:DeleteGuardrail', inAccount(estate, 'bedrock', `guardrail/${nobodys}`))

/** Can step into any role that lets its account decide; read from its policies, as no role exists that every role could be asked of. */
export const assumesAnyRole = (estate: EstateView, role: Found<'AWS::IAM::Role'>): boolean =>
  holdsStatement(estate, role, (statement) =>
    isAllow(statement) && speaksOf(statement, 'sts:AssumeRole') && speaksOfAll(statement) &&
    !isLimitedBy(statement, ['aws:resourceaccount', 'aws:resourceorgid', 'aws:resourcetag/', 'iam:resourcetag/']))

/** Whether any policy of a role holds such a statement: inline, attached from its account, or separate and naming it. */
export const holdsStatement = (estate: EstateView, role: Found<'AWS::IAM::Role'>, test: (statement: Statement) => boolean): boolean => {
  const holds = (document: unknown) => some(statementsOf(document), test)
  const { Policies, ManagedPolicyArns } = role.properties
  return some([
    () => some(Policies, (policy) => holds(policy.PolicyDocument)),
    () => some(ManagedPolicyArns, (arn) => !arn.includes(':iam::aws:') && holds(estate.find('AWS::IAM::ManagedPolicy', arn)?.properties.PolicyDocument)),
    () => some(estate.all('AWS::IAM::Policy'), ({ properties }) => some(properties.Roles, (name) => name === role.name) && holds(properties.PolicyDocument)),
  ], (look) => look())
}
