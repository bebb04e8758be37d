import { isUnknown } from '../core/unknown.ts'
import type { Estate } from './estate.ts'
import { keyOf, look, note, type Frame } from './frame.ts'
import type { KmsGrant } from './model.ts'
import { MAYBE, NO, YES, and3, or3, type Tri } from './tri.ts'

/** Whether a grant on the key lets the principal do the action: it names it, the operation, and its encryption context fits. */
export const grantAllows = (estate: Estate, frame: Frame): Tri => {
  const grants = frame.target.entry?.input.kms?.grants
  if (grants === undefined) return NO
  if (isUnknown(grants)) {
    note(frame, `grants of ${frame.target.text}: ${grants.$unknown}`)
    return MAYBE
  }
  let result: Tri = NO
  for (const grant of grants) result = or3(result, grantFits(estate, grant, frame))
  return result
}

export const grantFits = (estate: Estate, grant: KmsGrant, frame: Frame): Tri => {
  const { subject, action } = frame
  const names = [subject.name, subject.arn, subject.userArn, subject.roleArn, subject.sessionArn]
  const retires = action.name === 'kms:retiregrant' && grant.retiring !== undefined && names.includes(grant.retiring)
  if (retires) return YES
  if (subject.kind === 'service' ? grant.grantee !== subject.name : !names.includes(grant.grantee) || grant.grantee === subject.name) return NO
  frame.personal = true
  if (!grant.operations.some((operation) => `kms:${operation.toLowerCase()}` === action.name)) return NO
  return meetsConstraints(estate, grant, frame)
}

const contextPrefix = 'kms:encryptioncontext:'

/** `encryptionContextSubset`: the request has these pairs; `encryptionContextEquals`: these and no others. */
const meetsConstraints = (estate: Estate, { encryptionContextEquals, encryptionContextSubset }: KmsGrant, frame: Frame): Tri => {
  const pairs = Object.entries({ ...encryptionContextSubset, ...encryptionContextEquals })
  const named = new Set(pairs.map(([name]) => `${contextPrefix}${name}`.toLowerCase()))
  if (encryptionContextEquals !== undefined && frame.context.keys().some((key) => key.startsWith(contextPrefix) && !named.has(key))) return NO
  return pairs.map(([name, value]): Tri => {
    const held = look(frame, keyOf(estate.interner.keys, `kms:EncryptionContext:${name}`))
    return held === undefined ? MAYBE : held === value ? YES : NO
  }).reduce(and3, YES)
}
