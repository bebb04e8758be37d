import { valueAt } from '../../core/pointer.ts'
import type { FactEvidence } from '../path.ts'
import type { Change, Ground } from './change.ts'
import { listOf, onStatement, statementsOf } from './statement.ts'
import type { Statement } from './statement.ts'

const pointer = 'AssumeRolePolicyDocument'

/** Tightening a role's trust in a service: no longer, or only for what runs as the role today. */
export const trustChanges = ({ estate, original }: Ground, { from, relation, to }: FactEvidence): Change[] => {
  const index = relation === 'trusts' ? estate.graph.find(from) : undefined
  if (index === undefined || estate.graph.node(index).type !== 'AWS::IAM::Role') return []
  const role = estate.resource(index)
  const [service = '', kind] = to.split('/')
  const users = estate.graph.in(index, 'runs as').flatMap(({ node }) => (estate.graph.node(node).resource === undefined ? [] : [estate.resource(node)]))
  const arns = users.flatMap(({ arn }) => (arn !== undefined && arn.split(':')[2] === service.split('.')[0] ? [arn] : [])).sort()
  const statements = statementsOf(valueAt(role.properties, pointer))
  return statements.flatMap((statement, at): Change[] => {
    if (statement === null || !servicesOf(statement).includes(service)) return []
    const number = original(role.id, pointer, at)
    const where = `statement ${statement.Sid ?? number + 1} of the trust policy of ${role.name}`
    const make = (verb: string, title: string, accessLost: number, change: (one: Statement) => Statement | null): Change =>
      ({ key: `${role.id} ${pointer} ${number} ${verb}`, title, resource: role.id, type: role.type, pointer, accessLost, apply: onStatement(number, change) })
    // Services whose kind of source is known tell it when they assume a role.
    const limited = kind !== undefined && arns.length > 0 && statement.Condition?.['ArnLike'] === undefined
      ? [make('source', `Let ${where} hold only for what runs as it today (aws:SourceArn)`, 1, (one) => ({ ...one, Condition: { ...one.Condition, ArnLike: { 'aws:SourceArn': arns } } }))] : []
    const lost = users.length === 0 && role.lastUsedAt === undefined ? 2 : 20
    const only = servicesOf(statement).length === 1 && Object.keys(statement.Principal as object).length === 1
    if (only && statements.length === 1) return [...limited, make('deny', `Turn ${where} into a deny`, lost, (one) => ({ ...one, Effect: 'Deny' }))]
    return [...limited, make(`without ${service}`, `Take ${service} out of ${where}`, lost, (one) => withoutService(one, service))]
  })
}

const servicesOf = ({ Effect: effect, Principal: principal }: Statement): readonly string[] =>
  (effect !== 'Allow' || typeof principal !== 'object' ? [] : listOf(principal['Service']))

const withoutService = (statement: Statement, service: string): Statement | null => {
  const { Service: services, ...others } = statement.Principal as Readonly<Record<string, string | readonly string[]>>
  const rest = listOf(services).filter((name) => name !== service)
  const principal = rest.length === 0 ? others : { ...others, Service: rest }
  return Object.keys(principal).length === 0 ? null : { ...statement, Principal: principal }
}
