import { compile, type Iam } from './compile.ts'
import type { Catalogue } from './catalogue.ts'
import type { IamInput, PolicyInput, PolicyKind, PrincipalInput, Request } from './model.ts'

/** Short ways to say what a test is about: one account, one principal, one bucket. */
export const ACCOUNT = '111122223333'
export const OTHER = '999988887777'
export const USER = `arn:aws:iam::${ACCOUNT}:user/ann`
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/dev`
export const BUCKET = 'arn:aws:s3:::docs'
export const OBJECT = `${BUCKET}/a/b.txt`

export type StatementInput = Readonly<Record<string, unknown>>

export const allow = (action: string | readonly string[], resource: string | readonly string[] = '*', more: StatementInput = {}): StatementInput =>
  ({ Effect: 'Allow', Action: action, Resource: resource, ...more })
export const deny = (action: string | readonly string[], resource: string | readonly string[] = '*', more: StatementInput = {}): StatementInput =>
  ({ Effect: 'Deny', Action: action, Resource: resource, ...more })
export const when = (operator: string, key: string, value: unknown): StatementInput => ({ Condition: { [operator]: { [key]: value } } })
export const trust = (principal: unknown, more: StatementInput = {}): StatementInput =>
  ({ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...more })

export const policy = (id: string, kind: PolicyKind, ...statements: readonly unknown[]): PolicyInput =>
  ({ id, kind, document: { Version: '2012-10-17', Statement: statements } })

/** What a scene has: statements by the layer that they stand in. */
export interface Scene {
  readonly identity?: readonly unknown[]
  readonly boundary?: readonly unknown[]
  readonly session?: readonly unknown[]
  readonly bucket?: readonly unknown[]
  readonly scps?: readonly (readonly unknown[])[]
  readonly rcps?: readonly (readonly unknown[])[]
  readonly endpoint?: readonly unknown[]
  readonly principal?: Partial<PrincipalInput>
  readonly more?: Partial<IamInput>
}

/** The input of a scene: a user, a role with the same policies, and a bucket. */
export const sceneInput = ({ identity = [], boundary, session, bucket, scps, rcps, endpoint, principal = {}, more = {} }: Scene): IamInput => {
  const policies: PolicyInput[] = [policy('identity', 'identity', ...identity)]
  const add = (id: string, kind: PolicyKind, statements: readonly unknown[] | undefined): string | undefined => {
    if (statements === undefined) return undefined
    policies.push(policy(id, kind, ...statements))
    return id
  }
  const bound = add('boundary', 'boundary', boundary)
  add('session', 'session', session)
  const guard = add('bucket', 'resource', bucket)
  const through = add('endpoint', 'endpoint', endpoint)
  const levels = (kind: 'scp' | 'rcp', list: Scene['scps']) => list?.map((level, i) => [add(`${kind}-${i}`, kind, level)!])
  const shared = { policies: ['identity'], ...(bound !== undefined && { boundary: bound }), ...principal }
  const own = levels('scp', scps)
  const resource = levels('rcp', rcps)
  return {
    ...more,
    policies: [...policies, ...more.policies ?? []],
    accounts: [{ id: ACCOUNT, organization: 'o-1', ...(own && { scps: own }), ...(resource && { rcps: resource }) }, ...more.accounts ?? []],
    principals: [{ arn: USER, ...shared }, { arn: ROLE, ...shared }, ...more.principals ?? []],
    resources: [{ arn: BUCKET, account: ACCOUNT, tags: {}, ...(guard !== undefined && { policy: guard }) }, ...more.resources ?? []],
    ...(through !== undefined && { endpoints: [{ id: 'vpce-1', policy: through }] }),
  }
}

export const scene = (of: Scene, catalogue?: Catalogue): Iam => compile(sceneInput(of), catalogue)

/** A request of the role to read an object, in a whole context. */
export const ask = (iam: Iam, request: Partial<Request> = {}): string => iam.verdict({ principal: ROLE, action: 's3:GetObject', resource: OBJECT, complete: true, ...request })
