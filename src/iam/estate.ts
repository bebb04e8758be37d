import { isUnknown, unknown } from '../core/unknown.ts'
import { buildActions, type ActionTable } from './actions.ts'
import type { Catalogue } from './catalogue.ts'
import type {
  AccountInput, Diagnostic, EndpointInput, IamInput, Known, PolicyId, PolicyInput, PolicyKind, PrincipalInput, ResourceInput,
} from './model.ts'
import { parsePolicy } from './parse.ts'
import { makeProgram, type Program } from './program.ts'
import { compileStatements, newInterner, type Interner, type Statement } from './statement.ts'
import type { Subject } from './subject.ts'
import type { Target } from './target.ts'

/** Everything compiled. */
export interface Estate {
  readonly input: IamInput
  readonly catalogue: Catalogue | undefined
  readonly actions: ActionTable
  readonly interner: Interner
  readonly policies: ReadonlyMap<PolicyId, PolicyInput>
  readonly diagnostics: Diagnostic[]
  readonly accounts: ReadonlyMap<string, AccountEntry>
  readonly principals: ReadonlyMap<string, PrincipalEntry>
  /** Roles and users by `account:role/name`, whatever their path. */
  readonly byName: ReadonlyMap<string, PrincipalEntry>
  readonly resources: ReadonlyMap<string, ResourceEntry>
  readonly endpoints: ReadonlyMap<string, EndpointEntry>
  /** ARNs of resources and principals by service. */
  readonly arns: ReadonlyMap<string, readonly string[]>
  readonly rcpServices: ReadonlySet<string>
  /** Sessions' programs, made as they are asked for. */
  readonly programOf: (ids: Known<readonly PolicyId[]>, kind: PolicyKind) => Program
  readonly subjects: Map<string, Subject>
  readonly targets: Map<string, Target>
}

export interface AccountEntry {
  readonly id: string
  readonly organization?: string
  readonly organizationPath?: string
  readonly management: boolean
  readonly scps: readonly Program[]
  readonly rcps: readonly Program[]
  readonly input: AccountInput
}

export interface PrincipalEntry {
  readonly input: PrincipalInput
  readonly kind: 'user' | 'role'
  readonly account: string
  readonly name: string
  readonly identity: Program
  readonly boundary: Program | undefined
  readonly trust: Program | undefined
}

export interface ResourceEntry { readonly input: ResourceInput, readonly policy: Program | undefined }

export interface EndpointEntry { readonly input: EndpointInput, readonly policy: Program | undefined }

/** The services that RCPs bound when they came, for use without a catalogue. */
const firstRcpServices = ['s3', 'sts', 'kms', 'sqs', 'secretsmanager']

export const buildEstate = (input: IamInput, catalogue: Catalogue | undefined): Estate => {
  const policies = new Map(input.policies.map((policy) => [policy.id, policy]))
  const diagnostics: Diagnostic[] = []
  const interner = newInterner(manyValued(catalogue))
  const programOf = programs(policies, diagnostics, interner)
  const programFor = (id: Known<PolicyId> | undefined, kind: PolicyKind): Program | undefined =>
    id === undefined ? undefined : programOf(isUnknown(id) ? id : [id], kind)

  const accounts = new Map((input.accounts ?? []).map((account) => [account.id, accountEntry(account, programOf)]))
  const groups = new Map((input.groups ?? []).map((group) => [group.arn, group.policies]))
  const principals = new Map<string, PrincipalEntry>()
  const byName = new Map<string, PrincipalEntry>()
  for (const principal of input.principals ?? []) {
    const [, account = '', kind = 'role', path = ''] = /^arn:[^:]*:iam::(\d*):(user|role)\/(.+)$/.exec(principal.arn) ?? []
    const name = path.slice(path.lastIndexOf('/') + 1)
    const entry: PrincipalEntry = {
      input: principal, kind: kind === 'user' ? 'user' : 'role', account, name,
      identity: programOf(allPolicies(principal, groups), 'identity'),
      boundary: programFor(principal.boundary, 'boundary'), trust: programFor(principal.trust, 'trust'),
    }
    principals.set(principal.arn, entry)
    byName.set(`${account}:${entry.kind}/${name}`, entry)
  }
  const resources = new Map((input.resources ?? []).map((resource) => [resource.arn, { input: resource, policy: programFor(resource.policy, 'resource') }]))
  const endpoints = new Map((input.endpoints ?? []).map((endpoint) => [endpoint.id, { input: endpoint, policy: programFor(endpoint.policy, 'endpoint') }]))
  return {
    input, catalogue, actions: buildActions(catalogue), interner, policies, diagnostics, accounts, principals, byName, resources, endpoints,
    arns: Map.groupBy([...resources.keys(), ...principals.keys()], serviceOf),
    rcpServices: new Set(catalogue?.rcpServices ?? firstRcpServices), programOf, subjects: new Map(), targets: new Map(),
  }
}

const serviceOf = (arn: string): string => {
  const start = arn.indexOf(':', 4) + 1
  return arn.slice(start, arn.indexOf(':', start))
}

const manyValued = (catalogue: Catalogue | undefined): ReadonlySet<string> => new Set(Object.values(catalogue?.services ?? {})
  .flatMap(({ keys }) => Object.entries(keys ?? {}).filter(([, type]) => type.startsWith('ArrayOf')).map(([name]) => name.toLowerCase())))

const accountEntry = (input: AccountInput, programOf: Estate['programOf']): AccountEntry => ({
  id: input.id, organization: input.organization, organizationPath: input.organizationPath, management: input.management === true, input,
  scps: levels(input.scps, 'scp', programOf), rcps: levels(input.rcps, 'rcp', programOf),
})

const levels = (list: AccountInput['scps'], kind: PolicyKind, programOf: Estate['programOf']): Program[] =>
  list === undefined ? [] : isUnknown(list) ? [programOf(list, kind)] : list.map((level) => programOf(level, kind))

/** The policies of a principal and of its groups; a part that is not known becomes a gap of its own. */
const allPolicies = ({ policies, groups: memberOf }: PrincipalInput, groups: ReadonlyMap<string, Known<readonly PolicyId[]>>): PolicyId[] => {
  const gap = (reason: string): string => `${gapPrefix}${reason}`
  const own = isUnknown(policies) ? [gap(policies.$unknown)] : policies
  if (memberOf === undefined) return [...own]
  if (isUnknown(memberOf)) return [...own, gap(memberOf.$unknown)]
  return [...own, ...memberOf.flatMap((arn) => {
    const ofGroup = groups.get(arn) ?? unknown(`group ${arn} was not read`)
    return isUnknown(ofGroup) ? [gap(ofGroup.$unknown)] : ofGroup
  })]
}

const gapPrefix = '\u0000gap:'

/** Makes programs, one for each distinct list of policies and kind; each policy is parsed once for each kind. */
const programs = (policies: ReadonlyMap<PolicyId, PolicyInput>, diagnostics: Diagnostic[], interner: Interner): Estate['programOf'] => {
  const statements = new Map<string, Statement[]>()
  const made = new Map<string, Program>()
  const ofPolicy = (id: PolicyId, kind: PolicyKind): Statement[] => {
    const key = `${kind} ${id}`
    const known = statements.get(key)
    if (known !== undefined) return known
    const policy = policies.get(id) ?? {
      id: id.startsWith(gapPrefix) ? 'unknown' : id, kind,
      document: unknown(id.startsWith(gapPrefix) ? id.slice(gapPrefix.length) : `policy ${id} was not read`),
    }
    const compiled = compileStatements(policy, parsePolicy(policy, kind, diagnostics), kind === 'resource' || kind === 'trust' || kind === 'rcp' || kind === 'endpoint', interner)
    statements.set(key, compiled)
    return compiled
  }
  return (ids, kind) => {
    const list = isUnknown(ids) ? [`${gapPrefix}${ids.$unknown}`] : ids.length < 2 ? ids : [...new Set(ids)].sort()
    const key = `${kind} ${list.join('\u0001')}`
    const known = made.get(key)
    if (known !== undefined) return known
    const program = makeProgram(made.size, list, list.flatMap((id) => ofPolicy(id, kind)))
    made.set(key, program)
    return program
  }
}
