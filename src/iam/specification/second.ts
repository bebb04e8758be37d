import { isUnknown } from '../../core/unknown.ts'
import type { SecondAuthorization } from '../model.ts'
import type { Context } from './context.ts'
import { bucketOf, listedResource } from './estate.ts'
import { like, lettersOf, matches } from './pattern.ts'
import { perhaps } from './world.ts'

/** "Permissions in IAM do not by themselves give access": whether each system behind IAM agrees in this world. */
export const agreeBehindIam = (context: Context): boolean =>
  (listedResource(context.input, bucketOf(context.resource))?.also ?? []).every((system, index) => agrees(system, context, `system ${index}`))

const agrees = (system: SecondAuthorization, context: Context, name: string): boolean => {
  const { world } = context
  const asked = (pattern: RegExp): boolean => pattern.test(context.action)
  switch (system.system) {
    // "aoss:APIAccessAll … also requires a data access policy" (serverless-data-access).
    case 'opensearch-serverless': {
      if (!asked(/^aoss:(APIAccessAll|DashboardsAccessAll)$/i)) return true
      const { rules, network = 'public' } = system
      const reached = isUnknown(network) || network === 'vpc' ? perhaps(world, `network of ${name}`) : true
      return reached && (isUnknown(rules) ? perhaps(world, name) : rules.some(({ principals, permissions }) => permissions.length > 0 && principals.some((each) => names(each, context))))
    }
    // "Lake Formation permissions and IAM permissions must both allow" (access-control-overview).
    case 'lake-formation': {
      const needed = lakePermissions(context.action)
      if (needed === undefined) return true
      if (isUnknown(system.grants)) return perhaps(world, name)
      return system.grants.some(({ principal, permissions }) =>
        (needed.length === 0 || permissions.some((each) => [...needed, 'ALL', 'SUPER'].includes(each))) && (/^IAM_?ALLOWED_?PRINCIPALS$/i.test(principal) || names(principal, context)))
    }
    // "To access the Kubernetes API an IAM principal must have an access entry" or stand in aws-auth (access-entries).
    case 'eks': {
      if (!asked(/^eks:AccessKubernetesApi$/i)) return true
      if (isUnknown(system.entries)) return perhaps(world, name)
      return system.entries.some(({ principal }) => names(principal, context)) || (system.configMap === true && perhaps(world, name))
    }
    // "AWS_IAM: only authenticated users and roles" (urls-auth).
    case 'lambda-url': {
      if (!asked(/^lambda:InvokeFunctionUrl$/i)) return true
      return isUnknown(system.authType) ? perhaps(world, name) : system.authType === 'NONE' || context.caller.kind !== 'anonymous'
    }
    // The caller needs a token of the identity provider; Cedar policies are settled outside of this engine.
    case 'agentcore': {
      if (!asked(/^bedrock-agentcore:(Invoke|Get.*Event|Retrieve)/i)) return true
      const token = isUnknown(system.authorizer) || system.authorizer === 'CUSTOM_JWT' ? perhaps(world, `token for ${name}`) : true
      return token && (system.policyEngine === undefined || system.policyEngine === 'LOG_ONLY' || perhaps(world, `Cedar policies of ${name}`))
    }
    case 'other': return perhaps(world, name)
  }
}

/** The principal itself, the role or user behind its session, or a session that it may turn out to have. */
const names = (pattern: string, { caller, sessionName }: Context): boolean => {
  if (pattern === '*' || pattern === caller.account) return true
  const prefix = caller.kind === 'role' ? `arn:${caller.partition}:sts::${caller.account}:assumed-role/${caller.arn.slice(caller.arn.lastIndexOf('/') + 1)}/` : undefined
  const session = prefix !== undefined && pattern.startsWith(prefix) ? [`${prefix}${sessionName()}`] : []
  return [caller.arn, caller.userOrRole, ...session].some((arn) => arn !== undefined && matches(like(lettersOf(pattern)), arn))
}

const lakePermissions = (action: string): readonly string[] | undefined => {
  const [, name = ''] = action.toLowerCase().split(':')
  if (action.toLowerCase() === 'lakeformation:getdataaccess') return ['SELECT', 'INSERT', 'DELETE']
  if (!/^glue:/i.test(action)) return undefined
  if (/^(get|batchget|search)(tables?|tableversions?|databases?|partitions?)$/.test(name)) return []
  if (/^update(table|database|partition)$/.test(name)) return ['ALTER']
  if (/^(delete|batchdelete)(table|database|partition)$/.test(name)) return ['DROP', 'DELETE']
  return name === 'createtable' ? ['CREATE_TABLE'] : undefined
}
