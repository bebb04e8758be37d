import { arnParts } from './arns.ts'
import type { Catalogue } from './catalogue.ts'
import { compile } from './compile.ts'
import type { Decision, Diagnostic, EndpointInput, IamInput, PolicyInput, PolicyKind, PrincipalInput, Request, ResourceInput } from './model.ts'

type Tags = Readonly<Record<string, string>>

/** A policy document: an object, or its JSON text. */
export type Document = unknown

/** One request, and every policy that bears on it, as documents. What is left out is not there. */
export interface Simulation extends Pick<Request, 'principal' | 'action' | 'resource' | 'context' | 'absent'> {
  /** The owner of the resource; by default the account in its ARN, else the principal's. */
  readonly resourceAccount?: string
  /** Identity policies of the user or role, and of the user's groups. */
  readonly identity?: readonly Document[]
  readonly boundary?: Document
  /** Session policies; of a federated user what its session may do at all. */
  readonly session?: readonly Document[]
  /** The policy of the resource: of a bucket for its objects, of a key, a queue, …; of a role its trust policy. */
  readonly resourcePolicy?: Document
  /** SCPs of the principal's account, level by level from the root. */
  readonly scps?: readonly (readonly Document[])[]
  /** RCPs of the resource's account, level by level. */
  readonly rcps?: readonly (readonly Document[])[]
  /** The policy of the VPC endpoint that the request goes through; its id and VPC are given as condition keys. */
  readonly endpointPolicy?: Document
  readonly principalTags?: Tags
  readonly resourceTags?: Tags
  readonly sessionTags?: Tags
  /** By default true: a condition key that is neither given nor follows from the request is absent, as in a real request. */
  readonly complete?: boolean
}

/** The decision, and what is wrong in the policies: one that AWS would refuse counts as not there. */
export interface Simulated extends Decision { readonly diagnostics: readonly Diagnostic[] }

/** Decides one request on documents alone, without an inventory; for many requests compile the estate once. */
export const simulate = (of: Simulation, catalogue?: Catalogue): Simulated => {
  const policies: PolicyInput[] = []
  const add = (id: string, kind: PolicyKind, document: Document): string => {
    policies.push({ id, kind, document })
    return id
  }
  const all = (name: string, kind: PolicyKind, documents: readonly Document[]): string[] => listOf(documents).map((document, i) => add(`${name} ${i + 1}`, kind, document))
  const one = (name: string, kind: PolicyKind, document: Document): string | undefined => (document === undefined ? undefined : add(name, kind, document))
  const levels = (kind: 'scp' | 'rcp', list: Simulation['scps']): string[][] | undefined =>
    list && listOf(list).map((level, i) => all(`${kind} ${i + 1}.`, kind, level as readonly Document[]))

  const who = listedAs(of.principal)
  const owner = of.resourceAccount ?? (arnParts(of.resource)[4] || accountOf(of.principal))
  const role = isRole(of.resource)
  const boundary = one('boundary', 'boundary', of.boundary)
  const guard = one('resource policy', role ? 'trust' : 'resource', of.resourcePolicy)
  const endpoint = one('endpoint policy', 'endpoint', of.endpointPolicy)
  const [scps, rcps] = [levels('scp', of.scps), levels('rcp', of.rcps)]

  const identity = all('identity', 'identity', of.identity ?? [])
  const principals: PrincipalInput[] = who === undefined ? [] : [{ arn: who, policies: identity, ...(boundary && { boundary }), tags: of.principalTags ?? {} }]
  if (role) principals.push({ policies: [], tags: of.resourceTags ?? {}, ...principals.find(({ arn }) => arn === of.resource), arn: of.resource, ...(guard && { trust: guard }) })
  const resource: ResourceInput = { arn: holderOf(of.resource), account: owner, tags: of.resourceTags ?? {}, ...(guard && { policy: guard }) }
  const resources = role || !of.resource.startsWith('arn:') ? [] : [resource]
  const endpoints: EndpointInput[] = endpoint === undefined ? [] : [{ id: 'endpoint', policy: endpoint }]
  const own = accountOf(of.principal)
  const accounts: IamInput['accounts'] = [...new Set([own, owner])].filter((id) => id !== '')
    .map((id) => ({ id, ...(id === own && scps && { scps }), ...(id === owner && rcps && { rcps }) }))
  const passed = of.session && all('session', 'session', of.session)
  const session = passed || of.sessionTags ? { ...(passed && { policies: passed }), ...(of.sessionTags && { tags: of.sessionTags }) } : undefined

  const iam = compile({ policies, principals, accounts, resources, endpoints }, catalogue)
  const decision = iam.can({
    principal: of.principal, action: of.action, resource: of.resource, complete: of.complete ?? true, resourceAccount: owner,
    ...(of.context && { context: of.context }), ...(of.absent && { absent: of.absent }), ...(session && { session }), ...(endpoint && { endpoint: 'endpoint' }),
  })
  return { ...decision, diagnostics: iam.diagnostics }
}

/** A list as it is typed, or the one document that untyped code gives for it. */
const listOf = (given: readonly Document[]): readonly Document[] => (Array.isArray(given) ? given : [given])

/** The user or role whose policies count: of a session its role, of a federated user its user. */
const listedAs = (principal: string): string | undefined => {
  const [, partition, account, kind, name = ''] = /^arn:([a-z-]+):sts::(\d{12}):(assumed-role|federated-user)\/([^/]+)/.exec(principal) ?? []
  if (kind !== undefined) return `arn:${partition}:iam::${account}:${kind === 'assumed-role' ? 'role' : 'user'}/${name}`
  return /^arn:[a-z-]+:iam::\d{12}:(user|role)\//.test(principal) ? principal : undefined
}

const accountOf = (principal: string): string => (/^\d{12}$/.test(principal) ? principal : /:oidc-provider\/|:saml-provider\//.test(principal) ? '' : arnParts(principal)[4] ?? '')

const isRole = (resource: string): boolean => /^arn:[a-z-]+:iam::\d{12}:role\/[^*?]+$/.test(resource)

/** What holds the policy: the bucket of an object, else the resource itself. */
const holderOf = (resource: string): string => /^(arn:[a-z-]+:s3:::[^/]+)/.exec(resource)?.[1] ?? resource
