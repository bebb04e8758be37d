import { every, none, some } from '../../core/unknown.ts'
import type { EstateView, Found } from '../../graph/view.ts'
import { defineCheck } from '../check.ts'
import type { Check } from '../check.ts'
import { ACCOUNT, REGION, allow, everything, policy, role, roleArn, trust } from './examples.ts'
import { noPolicyGrants } from './identity-policy.ts'
import { isLimitedBy, listOf, speaksOf, speaksOfAll, statementsOf, trustsService } from './policy-text.ts'
import type { Statement } from './policy-text.ts'
import { administers, identityArn } from './roles.ts'

type Actor = 'AWS::IAM::Role' | 'AWS::IAM::User'

interface Definition {
  readonly id: string
  readonly title: string
  readonly why: string
  readonly fix: string
  readonly also?: readonly string[]
  /** The service that gets the role, when the way is to pass one. */
  readonly passedTo?: string
  /** What the actor must also be able to do: all of each list, of one list. */
  readonly ways: readonly (readonly string[])[]
  /** Roles that the way leads to; those that trust `passedTo` when absent. */
  readonly reaches?: (estate: EstateView) => readonly Found<'AWS::IAM::Role'>[]
  /** What stands around a failing example besides the strong role `admin`. */
  readonly given?: readonly { readonly type: 'AWS::SageMaker::NotebookInstance' | 'AWS::BedrockAgentCore::CodeInterpreterCustom' | 'AWS::BedrockAgentCore::Runtime' | 'AWS::SageMaker::Domain', readonly properties: Readonly<Record<string, unknown>> }[]
}

/** The roles of the account that a service may assume. */
const rolesOf = (estate: EstateView, service: string): Found<'AWS::IAM::Role'>[] =>
  estate.all('AWS::IAM::Role').filter(({ properties }) => some(statementsOf(properties.AssumeRolePolicyDocument), (statement) => trustsService(statement, service)))

/** Checks that nobody but an administrator can come by a role that administers the account in this way: for roles and users by what they can really do, for policies by what they say. */
export const escalation = (definition: Definition): Check[] => [
  actorCheck('AWS::IAM::Role', definition), actorCheck('AWS::IAM::User', definition), ...policyChecks(definition),
]

const shared = ({ id, title, why, fix, also = [] }: Definition) => ({ id, title, risk: 'privilege-escalation', severity: 'high', why, also, fix: { text: fix } }) as const

const actorCheck = (on: Actor, definition: Definition): Check => {
  const { passedTo, ways, reaches = (estate: EstateView) => rolesOf(estate, passedTo!), given = [] } = definition
  const strong = role('admin', passedTo ?? 'sagemaker.amazonaws.com', everything)
  const actions = ways[0]!
  const actor = (target: string) => {
    const statements = [allow(actions, '*'), ...(passedTo === undefined ? [] : [allow('iam:PassRole', target)])]
    const inline = { Policies: [{ PolicyName: 'permissions', PolicyDocument: policy(...statements) }] }
    return on === 'AWS::IAM::User' ? { UserName: 'ana', ...inline } : { RoleName: 'ana', AssumeRolePolicyDocument: trust('lambda.amazonaws.com'), ...inline }
  }
  const weak = role('admin', passedTo ?? 'sagemaker.amazonaws.com', allow('s3:GetObject', 'arn:aws:s3:::training-data/*'))
  return defineCheck<Actor>({
    ...shared(definition),
    on,
    when: (_actor, estate) => !/:role\/aws-service-role\//.test(estate.self.id),
    requires: (_actor, estate) => {
      const self = identityArn(estate.self as Found<Actor>)
      if (every(ways, (way) => !every(way, (action) => estate.can(self, action, '*')))) return true
      return administers(estate, self) || none(reaches(estate), (target) => {
        const arn = identityArn(target)
        return arn !== self && (passedTo === undefined || estate.can(self, 'iam:PassRole', arn, { 'iam:PassedToService': passedTo })) && administers(estate, arn)
      })
    },
    fails: [{ ...actor(roleArn('admin')), given: [strong, ...given] }],
    passes: [
      { ...actor(roleArn('admin')), given: [weak, ...given] },
      ...(passedTo === undefined ? [] : [{ ...actor(`arn:aws:iam::${ACCOUNT}:role/other`), given: [strong, ...given] }]),
    ],
  })
}

/** One policy that grants the whole way on everything; what others add to it is for the actors to say. */
const policyChecks = (definition: Definition): Check[] => {
  const { passedTo, ways } = definition
  const passes = (statement: Statement) => speaksOf(statement, 'iam:PassRole') && speaksOfAll(statement) && !isLimitedBy(statement, ['iam:passedtoservice', 'iam:associatedresourcearn'])
  const actions = ways[0]!
  const grant = (target: string) => [allow(actions, '*'), ...(passedTo === undefined ? [] : [allow('iam:PassRole', target)])]
  return noPolicyGrants({
    ...definition, risk: 'privilege-escalation', severity: 'high',
    on: ['AWS::IAM::ManagedPolicy', 'AWS::IAM::Group'],
    badDocument: (statements) =>
      some(ways, (way) => every(way, (action) => some(statements, (statement) => speaksOf(statement, action) && speaksOfAll(statement) && !isAdmin(statement)))) &&
      (passedTo === undefined || some(statements, passes)),
    fails: [grant('*')],
    passes: [passedTo === undefined ? [allow(actions, `arn:aws:sagemaker:${REGION}:${ACCOUNT}:notebook-instance/own`)] : grant(roleArn('worker'))],
  })
}

const isAdmin = (statement: Statement): boolean => some(listOf(statement.Action), (action) => action === '*')
