import { holdsUnknown, isUnknown, unknown } from '../../core/unknown.ts'
import { isFailure } from './expression/scope.ts'
import type { Scope } from './expression/scope.ts'
import { isLarge } from './expression/size.ts'
import { encodingFunctions } from './functions/encodings.ts'
import { fileFunctions } from './functions/files.ts'
import { arrangingFunctions, listFunctions } from './functions/lists.ts'
import { networkFunctions } from './functions/network.ts'
import { textFunctions } from './functions/texts.ts'
import type { Functions } from './functions/value.ts'

/** Functions whose result is known only when all of their arguments are. */
const pure: Functions = { ...textFunctions, ...listFunctions, ...encodingFunctions, ...networkFunctions, ...fileFunctions }

/** Functions that make something of an argument which is not known, or would be an error. */
const lenient: Functions = {
  try: (values) => values.find((value) => !isFailure(value)) ?? values.at(-1),
  can: ([value]) => (isFailure(value) ? false : isUnknown(value) ? value : true),
  coalesce: (values) => values.find((value) => isUnknown(value) || value !== null && value !== '') ?? null,
  lookup: (values, scope) => (isUnknown(values[0]) ? values[0] : arrangingFunctions['lookup']!(values, scope)),
  jsonencode: ([value]) => (isLarge(value) ? unknown('the document is too large') : holdsUnknown(value) ? isUnknown(value) ? value : { $partial: value } : JSON.stringify(value)),
  templatefile: (values, scope) => values.slice(0, 1).find(isUnknown) ?? fileFunctions['templatefile']!(values, scope),
}

/** Calls a function of Terraform's; one that is not known here, or an argument that is not, gives an unknown. */
export const callFunction = (name: string, values: readonly unknown[], scope: Scope): unknown => {
  const plain = name.replace(/^core::/, '')
  if (Object.hasOwn(lenient, plain)) return lenient[plain]!(values, scope)
  if (Object.hasOwn(arrangingFunctions, plain)) return values.find(isUnknown) ?? arrangingFunctions[plain]!(values, scope)
  if (!Object.hasOwn(pure, plain)) return unknown(`${plain}() is not evaluated`)
  if (values.some(isLarge)) return unknown(`an argument of ${plain}() is too large`)
  const missing = values.find(isUnknown) ?? values.find(holdsUnknown)
  return missing === undefined ? pure[plain]!(values, scope) : isUnknown(missing) ? missing : unknown(`an argument of ${plain}() is not known`)
}
