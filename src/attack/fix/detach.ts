import type { PathStep } from '../path.ts'
import type { Change, Ground } from './change.ts'
import { principalOf } from './principal.ts'
import { breadth, statementsOf } from './statement.ts'

/** Taking a policy of AWS, which nobody else can edit, off its holder: the principal itself, or the groups through which it has it. */
export const detachments = ({ estate, facts }: Ground, { actor }: PathStep, policy: string): Change[] => {
  const principal = principalOf(estate, actor)
  if (principal === undefined) return []
  const groups = principal.properties['Groups']
  const holders = [principal, ...Array.isArray(groups) ? estate.ofType('AWS::IAM::Group').map((index) => estate.resource(index)).filter(({ name }) => groups.includes(name)) : []]
  const name = policy.slice(policy.lastIndexOf('/') + 1)
  const accessLost = statementsOf(facts.managedPolicy(policy)).reduce((sum, statement) => sum + (statement === null ? 0 : breadth(statement)), 1)
  return holders.filter(({ properties }) => arns(properties['ManagedPolicyArns']).includes(policy)).map((holder): Change => ({
    key: `${holder.id} ManagedPolicyArns ${policy}`, title: `Detach ${name} from ${holder.name}`, resource: holder.id, type: holder.type, pointer: 'ManagedPolicyArns', accessLost,
    apply: (value) => arns(value).filter((one) => one !== policy),
  }))
}

const arns = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value as readonly unknown[] : [])
