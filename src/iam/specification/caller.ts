import { parseArn } from '../../core/arn.ts'
import type { IamInput, PrincipalInput } from '../model.ts'

/** Who makes the request; the kinds of principal that AWS tells apart (reference_policies_elements_principal). */
export interface Caller {
  readonly kind: 'root' | 'user' | 'role' | 'session' | 'federated-user' | 'provider' | 'service' | 'canonical' | 'anonymous'
  /** As the request is signed. */
  readonly arn: string
  /** Of a service, provider or canonical user. */
  readonly name?: string
  readonly partition: string
  readonly account?: string
  /** ARN of the user or role behind it. */
  readonly userOrRole?: string
  /** The user or role, where it is listed. */
  readonly entity?: PrincipalInput
  readonly sessionName?: string
}

/** Finds out who a request's principal is. */
export const callerOf = (principal: string, input: IamInput): Caller => {
  if (principal === '*') return { kind: 'anonymous', arn: '*', partition: 'aws' }
  if (/^\d{12}$/.test(principal)) return callerOf(`arn:aws:iam::${principal}:root`, input)
  const arn = parseArn(principal)
  if (arn !== undefined) return fromArn(principal, arn, input)
  if (principal.startsWith('canonical:')) {
    return { kind: 'canonical', arn: principal, name: principal.slice('canonical:'.length), partition: 'aws' }
  }
  const isService = /\.amazonaws\.com(\.cn)?$/.test(principal) && !principal.startsWith('cognito-identity.')
  return { kind: isService ? 'service' : 'provider', arn: principal, name: principal, partition: 'aws' }
}

const fromArn = (text: string, { partition, service, account, resource }: NonNullable<ReturnType<typeof parseArn>>, input: IamInput): Caller => {
  const common = { arn: text, partition, account }
  const [type = '', ...rest] = resource.split('/')
  const named = (arn: string): PrincipalInput | undefined => input.principals?.find((principal) => principal.arn === arn)
  if (resource === 'root') return { ...common, kind: 'root' }
  if (type === 'user') return { ...common, kind: 'user', userOrRole: text, entity: named(text) }
  if (type === 'role') return { ...common, kind: 'role', userOrRole: text, entity: named(text) }
  if (service === 'sts' && type === 'assumed-role') {
    // The session's ARN lacks the role's path: the role is found by its name, unique in the account.
    const entity = input.principals?.find((principal) => isRoleNamed(principal.arn, account, rest[0] ?? ''))
    const userOrRole = entity?.arn ?? `arn:${partition}:iam::${account}:role/${rest[0]}`
    return { ...common, kind: 'session', userOrRole, entity, sessionName: rest.slice(1).join('/') }
  }
  if (service === 'sts' && type === 'federated-user') {
    const userOrRole = `arn:${partition}:iam::${account}:user/${rest.join('/')}`
    return { ...common, kind: 'federated-user', userOrRole, entity: named(userOrRole) }
  }
  // Who holds a provider's token belongs to no account, though the provider does.
  return { arn: text, partition, kind: 'provider', name: text }
}

const isRoleNamed = (arn: string, account: string, name: string): boolean => {
  const parsed = parseArn(arn)
  return parsed?.account === account && parsed.resource.startsWith('role/') && arn.slice(arn.lastIndexOf('/') + 1) === name
}

/** "Service-linked roles": their path is `aws-service-role/` (id_roles_create-service-linked-role). */
export const isServiceLinked = ({ userOrRole }: Caller): boolean => userOrRole?.includes(':role/aws-service-role/') === true
