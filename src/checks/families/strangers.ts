import { some } from '../../core/unknown.ts'
import type { EstateView } from '../../graph/view.ts'
import type { Severity } from '../../model/severity.ts'
import type { Json, ResourceType, ResourceTypes } from '../../model/types.gen.ts'
import { defineCheck } from '../check.ts'
import type { Check, Example } from '../check.ts'
import { ACCOUNT, STRANGER, policy } from './examples.ts'
import { isAllow, isLimitedBy, statementsOf, trustedAccounts, trustsAnyone } from './policy-text.ts'
import type { Statement } from './policy-text.ts'

/** Condition keys that keep a statement for anyone within what is ours. */
const ours = ['aws:principalorgid', 'aws:principalorgpaths', 'aws:principalaccount', 'aws:principalarn', 'aws:sourceaccount', 'aws:sourcearn',
  'aws:sourceorgid', 'aws:sourcevpce', 'aws:sourcevpc', 'aws:vpceaccount', 'aws:vpceorgid']

/** Whether a statement of a resource's own policy lets anyone, or an account that is not ours, in. */
export const letsStrangersIn = (estate: EstateView, statement: Statement): boolean =>
  isAllow(statement) && (
    (trustsAnyone(statement) && !isLimitedBy(statement, ours)) ||
    (some(trustedAccounts(statement), (account) => !estate.isOurs(account)) && !isLimitedBy(statement, ['aws:principalorgid', 'aws:principalorgpaths'])))

interface Definition<T extends ResourceType> {
  readonly id: string
  readonly on: T
  /** What the policy guards, as in "the agent". */
  readonly guards: string
  readonly severity: Severity
  readonly also?: readonly string[]
  readonly why: string
  /** The policy document of a resource, an object or JSON text. */
  readonly document: (resource: ResourceTypes[T]) => unknown
  /** The resource with a policy. */
  readonly example: (document: Json) => Example<T>
  readonly action: string
}

/** A check that a resource policy lets in nobody but the organisation. */
export const noStrangers = <T extends ResourceType>({ id, on, guards, severity, also = [], why, document, example, action }: Definition<T>): Check => {
  const letting = (Principal: Json, Condition?: Json) => example(policy({ Effect: 'Allow', Principal, Action: action, Resource: '*', ...(Condition === undefined ? {} : { Condition }) }))
  return defineCheck<T>({
    id, on, severity, also, why,
    title: `Resource policy lets strangers use ${guards}`,
    risk: 'weak-iam',
    fix: { text: 'Name your own accounts or roles as principals, or add a condition on aws:PrincipalOrgID.' },
    requires: (resource, estate) => !some(statementsOf(document(resource)), (statement) => letsStrangersIn(estate, statement)),
    fails: [letting('*'), letting({ AWS: `arn:aws:iam::${STRANGER}:root` })],
    passes: [letting({ AWS: `arn:aws:iam::${ACCOUNT}:root` }), letting('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })],
  })
}
