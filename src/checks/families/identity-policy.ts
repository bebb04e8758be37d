import { none, some } from '../../core/unknown.ts'
import type { EstateView } from '../../graph/view.ts'
import type { Risk } from '../../model/risk.ts'
import type { Json } from '../../model/types.gen.ts'
import type { Severity } from '../../model/severity.ts'
import { defineCheck } from '../check.ts'
import type { Check, Example } from '../check.ts'
import { policy, trust } from './examples.ts'
import { isAllow, listOf, statementsOf } from './policy-text.ts'
import type { Statement } from './policy-text.ts'

/** The types that hold policies of identities. */
export const policyHolders = [
  'AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy', 'AWS::IAM::RolePolicy', 'AWS::IAM::UserPolicy', 'AWS::IAM::GroupPolicy',
  'AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group',
] as const

export type PolicyHolder = (typeof policyHolders)[number]

interface Holder {
  readonly PolicyDocument?: unknown
  readonly Policies?: readonly { readonly PolicyDocument: unknown }[]
  readonly ManagedPolicyArns?: readonly string[]
  readonly AssumeRolePolicyDocument?: unknown
  readonly Roles?: readonly string[]
  readonly RoleName?: string
}

interface Definition {
  readonly id: string
  readonly title: string
  readonly risk?: Risk
  readonly severity: Severity
  readonly why: string
  readonly fix: string
  readonly also?: readonly string[]
  readonly on?: readonly PolicyHolder[]
  /** Names of AWS managed policies that grant it. */
  readonly managed?: readonly string[]
  /** Whether a statement that allows grants it. */
  readonly bad?: (statement: Statement) => boolean
  /** Whether the statements that allow of one document grant it together. */
  readonly badDocument?: (statements: readonly Statement[]) => boolean
  /** Whether another statement of the same document takes it back. */
  readonly saved?: (statement: Statement) => boolean
  /** Which holders are meant; all when absent. */
  readonly when?: (holder: Holder, estate: EstateView) => boolean
  /** Statements that grant it, and that do not: one, or several that stand in one document. */
  readonly fails: readonly (Json | readonly Json[])[]
  readonly passes: readonly (Json | readonly Json[])[]
}

/** A role that AWS services made for themselves, or a policy that AWS keeps: nobody here can change it. */
const isOfAws = (estate: EstateView): boolean => /:iam::aws:|:role\/aws-service-role\//.test(estate.self.arn ?? estate.self.id)

/** Checks, one for each type that holds identity policies, that no policy grants something. This reads policies alone; what a principal can really do is asked elsewhere. */
export const noPolicyGrants = (definition: Definition): Check[] => {
  const { id, title, risk = 'weak-iam', severity, why, fix, also = [], on = policyHolders, managed = [], bad, badDocument, saved, when, fails, passes } = definition
  const grants = (document: unknown) => {
    const statements = statementsOf(document)
    return (bad === undefined || some(statements, (statement) => isAllow(statement) && bad(statement))) &&
      (badDocument === undefined || badDocument(statements.filter(isAllow))) && (saved === undefined || !some(statements, saved))
  }
  const attaches = (arn: string) => managed.some((name) => arn.endsWith(`:aws:policy/${name}`))
  return on.map((type) => defineCheck<PolicyHolder>({
    id, title, risk, severity, on: type, why, fix: { text: fix }, also,
    when: (holder, estate) => !isOfAws(estate) && (when === undefined || when(holder, estate)),
    requires: (resource) => {
      const holder = resource as Holder
      return none([
        () => !hasAttached(type) && grants(holder.PolicyDocument),
        () => hasAttached(type) && some(holder.Policies, ({ PolicyDocument }) => grants(PolicyDocument)),
        () => hasAttached(type) && managed.length > 0 && some(holder.ManagedPolicyArns, attaches),
      ], (look) => look())
    },
    fails: [
      ...fails.map((statement) => holding(type, listOf(statement))),
      ...(managed.length > 0 && hasAttached(type) ? [{ ...holding(type, []), ManagedPolicyArns: [`arn:aws:iam::aws:policy/${managed[0]}`] }] : []),
    ],
    passes: [
      ...passes.map((statement) => holding(type, listOf(statement))),
      ...(managed.length > 0 && hasAttached(type) ? [{ ...holding(type, []), ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }] : []),
    ],
  }))
}

const hasAttached = (type: PolicyHolder): boolean => !type.endsWith('Policy')

/** A holder of this type with these statements. */
const holding = (type: PolicyHolder, statements: readonly Json[]): Example<PolicyHolder> => {
  const document = policy(...statements)
  const inline = statements.length === 0 ? {} : { Policies: [{ PolicyName: 'permissions', PolicyDocument: document }] }
  const holders = {
    'AWS::IAM::ManagedPolicy': { ManagedPolicyName: 'permissions', PolicyDocument: document },
    'AWS::IAM::Policy': { PolicyName: 'permissions', PolicyDocument: document, Roles: ['worker'] },
    'AWS::IAM::RolePolicy': { PolicyName: 'permissions', PolicyDocument: document, RoleName: 'worker' },
    'AWS::IAM::UserPolicy': { PolicyName: 'permissions', PolicyDocument: document, UserName: 'ana' },
    'AWS::IAM::GroupPolicy': { PolicyName: 'permissions', PolicyDocument: document, GroupName: 'researchers' },
    'AWS::IAM::Role': { RoleName: 'worker', AssumeRolePolicyDocument: trust('lambda.amazonaws.com'), ...inline },
    'AWS::IAM::User': { UserName: 'ana', ...inline },
    'AWS::IAM::Group': { GroupName: 'researchers', ...inline },
  }
  return holders[type]
}
