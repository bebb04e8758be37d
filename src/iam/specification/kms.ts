import { parseArn } from '../../core/arn.ts'
import { isUnknown } from '../../core/unknown.ts'
import type { KmsGrant } from '../model.ts'
import type { Context } from './context.ts'
import { listedResource } from './estate.ts'
import { perhaps } from './world.ts'

export const isKey = (resource: string): boolean => {
  const arn = parseArn(resource)
  return arn?.service === 'kms' && arn.resource.startsWith('key/')
}

/** Whether a grant on the key gives the caller the operation (kms grants: grantee principal, operations, constraints). */
export const hasGrant = (context: Context): boolean => {
  const grants = listedResource(context.input, context.resource)?.kms?.grants ?? []
  return isUnknown(grants) ? perhaps(context.world, `grants on ${context.resource}`) : grants.some((grant) => gives(grant, context))
}

const gives = (grant: KmsGrant, context: Context): boolean => {
  const [, operation = ''] = context.action.split(':')
  // "A retiring principal" may retire the grant, whatever its operations (grant-delete).
  if (operation.toLowerCase() === 'retiregrant' && grant.retiring !== undefined && isGrantee(grant.retiring, context)) return true
  const covers = grant.operations.some((each) => each.toLowerCase() === operation.toLowerCase())
  return covers && isGrantee(grant.grantee, context) && meetsConstraints(grant, context)
}

const isGrantee = (grantee: string, { caller }: Context): boolean =>
  grantee === caller.arn || grantee === caller.userOrRole || (caller.kind === 'service' && grantee === caller.name)

/** EncryptionContextSubset: the request's context has these pairs; EncryptionContextEquals: these and no others. */
const meetsConstraints = ({ encryptionContextEquals, encryptionContextSubset }: KmsGrant, context: Context): boolean => {
  const pairs = Object.entries({ ...encryptionContextEquals, ...encryptionContextSubset })
  const others = Object.keys(context.request.context ?? {}).filter((key) =>
    key.toLowerCase().startsWith('kms:encryptioncontext:') && !pairs.some(([name]) => `kms:encryptioncontext:${name}`.toLowerCase() === key.toLowerCase()))
  if (encryptionContextEquals !== undefined && others.length > 0) return false
  return pairs.every(([name, value]) => hasPair(`kms:encryptioncontext:${name}`.toLowerCase(), value, context))
}

/** The caller writes the encryption context unless the request already says what it is. */
const hasPair = (key: string, value: string, context: Context): boolean => {
  const { request, world } = context
  const given = Object.entries(request.context ?? {}).find(([name]) => name.toLowerCase() === key)?.[1]
  if (given !== undefined) return given === value
  if (request.complete === true || request.absent?.some((name) => name.toLowerCase() === key) === true) return false
  return world.ask({ name: key, settler: 'caller', answers: [[value], undefined] })?.[0] === value
}
