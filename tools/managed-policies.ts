import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** AWS managed policies by ARN, with the date on which each version was made. */
export type ManagedPolicies = Readonly<Record<string, { readonly version: string, readonly date: string, readonly document: unknown }>>

interface Raw {
  readonly Arn?: string
  readonly Path?: string
  readonly DefaultVersionId: string
  readonly UpdateDate?: string
  readonly CreateDate: string
  readonly Document: unknown
}

/** Reads the policies that ship with moto: a Python file that holds one JSON text. */
export const managedPolicies = (moto: string): ManagedPolicies => {
  const source = readFileSync(join(moto, 'moto', 'iam', 'aws_managed_policies.py'), 'utf8')
  const json = source.slice(source.indexOf('{'), source.lastIndexOf('}') + 1)
  const raw = JSON.parse(json.replaceAll('\\\\', '\\')) as Readonly<Record<string, Raw>>
  return Object.fromEntries(Object.entries(raw).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, policy]) => [
    policy.Arn ?? `arn:aws:iam::aws:policy${policy.Path ?? '/'}${name}`,
    { version: policy.DefaultVersionId, date: (policy.UpdateDate ?? policy.CreateDate).slice(0, 10), document: policy.Document },
  ]))
}
