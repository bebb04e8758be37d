import { identity } from '../../core/hash.ts'
import { arnOf } from '../../graph/permissions.ts'
import type { Resource } from '../../model/resource.ts'
import type { PathStep } from '../path.ts'
import type { Permission } from '../scene.ts'
import type { Change, Ground } from './change.ts'
import { principalOf } from './principal.ts'
import { statementsOf } from './statement.ts'

/** Explicit denials: in the actor's own policies, for its whole account, or around the resource. They work whatever allows. */
export const denials = (ground: Ground, step: PathStep, permission: Permission): Change[] => {
  const actor = principalOf(ground.estate, step.actor)
  // An administrator without one permission is an administrator still.
  if (isOfAny(permission.resource)) return []
  if (actor === undefined) return resourceControl(ground, permission)
  return [...editsItself(ground, actor) ? [] : [inline(actor, permission)], ...serviceControl(ground, actor, permission)]
}

/** Whether a permission is asked for all users or roles, by a name that none has. */
export const isOfAny = (resource: string): boolean => resource.endsWith('/bartizan-any-name')

/** Who may rewrite its own policies takes a denial out of them. */
const editsItself = ({ estate }: Ground, actor: Resource): boolean => {
  const kind = actor.type === 'AWS::IAM::Role' ? 'Role' : 'User'
  return ['Put', 'Delete'].some((verb) => estate.iam().verdict({ principal: arnOf(actor), action: `iam:${verb}${kind}Policy`, resource: arnOf(actor) }) !== 'deny')
}

const policyName = 'bartizan-denies'

const inline = (actor: Resource, { action, resource }: Permission): Change => {
  const own = actor.properties['Policies']
  const policies = Array.isArray(own) ? own as readonly { readonly PolicyName?: string }[] : []
  const at = policies.findIndex((policy) => policy?.PolicyName === policyName)
  const statement = { Effect: 'Deny', Action: action, Resource: resource }
  return {
    key: `${actor.id} deny ${action} ${resource}`, title: `Deny ${action} on ${resource} to ${actor.name}`,
    resource: actor.id, type: actor.type, pointer: `Policies/${at === -1 ? policies.length : at}`, accessLost: resource === '*' ? 2 : 1,
    apply: (value) => ({ PolicyName: policyName, PolicyDocument: withStatement((value as { PolicyDocument?: unknown } | undefined)?.PolicyDocument, statement) }),
  }
}

const withStatement = (document: unknown, statement: object): object =>
  ({ Version: '2012-10-17', ...document as object, Statement: [...statementsOf(document), statement] })

/** An SCP for the actor's account, where the organisation uses them: it also stops an actor who edits its own policies. */
const serviceControl = (ground: Ground, actor: Resource, { action, resource }: Permission): Change[] => {
  const inUse = ofKind(ground, 'SERVICE_CONTROL_POLICY').some(({ properties }) => Array.isArray(properties['TargetIds']) && properties['TargetIds'].includes(actor.account))
  if (!inUse) return []
  const statement = { Effect: 'Deny', Action: action, Resource: resource, Condition: { ArnLike: { 'aws:PrincipalArn': arnOf(actor) } } }
  return [organizational(ground, 'SERVICE_CONTROL_POLICY', actor.account, `Deny ${action} on ${resource} to ${actor.name} by an SCP on account ${actor.account}`, statement)]
}

/** An RCP that keeps everyone outside the organisation from a resource; AWS services act for one's own account, too. */
const resourceControl = (ground: Ground, { action, resource }: Permission): Change[] => {
  const { estate } = ground
  const organization = estate.ofType('AWS::Organizations::Organization').map((index) => estate.resource(index))[0]
  const owner = ownerOf(ground, resource)
  if (organization === undefined || owner === undefined || estate.ofType('AWS::Organizations::Policy').length === 0) return []
  const statement = {
    Effect: 'Deny', Principal: '*', Action: action, Resource: resource,
    Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': String(organization.properties['Id'] ?? organization.id) }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
  }
  return [organizational(ground, 'RESOURCE_CONTROL_POLICY', owner, `Deny ${action} on ${resource} to outsiders by an RCP on account ${owner}`, statement)]
}

const ofKind = ({ estate }: Ground, kind: string): Resource[] =>
  estate.ofType('AWS::Organizations::Policy').map((index) => estate.resource(index)).filter(({ properties }) => properties['Type'] === kind)

/** The account of a resource: what its ARN says, or the bucket that it names. */
const ownerOf = ({ estate }: Ground, arn: string): string | undefined => {
  const account = arn.split(':')[4]
  if (account !== undefined && /^\d{12}$/.test(account)) return account
  const bucket = estate.graph.find(arn.split('/')[0]!)
  return bucket === undefined || estate.graph.node(bucket).resource === undefined ? undefined : estate.resource(bucket).account
}

/** A new policy of the organisation, on one account. */
const organizational = ({ estate }: Ground, kind: string, account: string, title: string, statement: object): Change => {
  const name = `bartizan-${identity(title).slice(0, 8)}`
  const manager = ofKind({ estate } as Ground, kind)[0]?.account ?? estate.resource(estate.ofType('AWS::Organizations::Organization')[0]!).account
  const properties = { Name: name, Type: kind, TargetIds: [account], Content: { Version: '2012-10-17', Statement: [statement] } }
  const adds: Resource = { type: 'AWS::Organizations::Policy', id: name, account: manager, region: 'global', name, tags: {}, properties }
  return { key: `${name} new`, title, resource: name, type: adds.type, pointer: '', accessLost: 2, apply: () => properties, adds }
}
