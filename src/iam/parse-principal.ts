import { isUnknown } from '../core/unknown.ts'
import { escape, isObject, texts, type Report } from './parse-tools.ts'

/** A Principal or NotPrincipal element. */
export interface ParsedPrincipal {
  readonly wild: boolean
  /** Twelve digits: the account, or its root's ARN, which mean the same. */
  readonly accounts: readonly string[]
  /** Users, roles, role sessions and federated users. */
  readonly arns: readonly string[]
  /** Unique ids, which stand where AWS has put one for the ARN: that of a deleted principal matches nobody. */
  readonly ids: readonly string[]
  readonly services: readonly string[]
  /** Provider names and ARNs. */
  readonly providers: readonly string[]
  readonly canonicals: readonly string[]
}

type Gathered = { wild: boolean } & { readonly [Kind in Exclude<keyof ParsedPrincipal, 'wild'>]: string[] }

/** Reads a Principal element; what AWS would refuse is reported. */
export const parsePrincipal = (value: unknown, pointer: string, report: Report, onGap: (reason: string) => void): ParsedPrincipal => {
  const found: Gathered = { wild: false, accounts: [], arns: [], ids: [], services: [], providers: [], canonicals: [] }
  if (value === undefined) return found
  if (isUnknown(value)) {
    onGap(value.$unknown)
    return found
  }
  if (value === '*') return { ...found, wild: true }
  if (!isObject(value)) {
    report(pointer, 'error', 'A principal is "*" or an object such as {"AWS": …}')
    return found
  }
  for (const [type, list] of Object.entries(value)) {
    const at = `${pointer}/${escape(type)}`
    for (const text of texts(list, at, report, onGap)) {
      switch (type) {
        case 'AWS': addAws(text, found, at, report); break
        case 'Service':
          if (/^[a-z0-9.-]+$/i.test(text)) found.services.push(text.toLowerCase())
          else report(at, 'error', `Not a service principal: ${JSON.stringify(text.slice(0, 100))}`)
          break
        case 'Federated': found.providers.push(text); break
        case 'CanonicalUser': found.canonicals.push(text); break
        default: report(at, 'error', `There is no principal type ${type}`)
      }
    }
  }
  return found
}

const arnOfPrincipal = /^arn:aws[a-z-]*:(?:iam|sts)::(\d{12}):(root$|user\/|role\/|assumed-role\/|federated-user\/)/
const uniqueId = /^A[A-Z]{2,3}[A-Z0-9]{12,}$/

const addAws = (text: string, found: Gathered, at: string, report: Report): void => {
  if (text === '*') found.wild = true
  else if (/^\d{12}$/.test(text)) found.accounts.push(text)
  else if (uniqueId.test(text)) {
    report(at, 'warning', `${text} is a unique id: it matches nobody once its user or role is deleted`)
    found.ids.push(text)
  }
  else {
    const [, account, rest] = arnOfPrincipal.exec(text) ?? []
    if (account === undefined || /[*?]/.test(text)) {
      report(at, 'error', `A principal is an account, an ARN without wildcards, or "*", not ${JSON.stringify(text.slice(0, 200))}`)
    } else if (rest === 'root') found.accounts.push(account)
    else found.arns.push(text)
  }
}
