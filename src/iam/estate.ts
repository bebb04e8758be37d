import { isUnknown, unknown } from '../core/unknown.ts'
import { buildActions, type ActionTable } from './actions.ts'
import { indexArns, type ArnIndex } from './arn-index.ts'
import type { Catalogue } from './catalogue.ts'
import type {
  AccountInput, Diagnostic, EndpointInput, IamInput, Known, PolicyId, PolicyInput, PolicyKind, PrincipalInput, ResourceInput,
} from './model.ts'
import type { Program } from './program.ts'
import { gapPrefix, keep, programs, type ProgramCache } from './programs.ts'
import { newInterner, type Interner } from './statement.ts'
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
  /** Those whose unique id is known, by it. */
  readonly byId: ReadonlyMap<string, PrincipalEntry>
  readonly resources: ReadonlyMap<string, ResourceEntry>
  readonly endpoints: ReadonlyMap<string, EndpointEntry>
  /** ARNs of resources and principals. */
  readonly arns: ArnIndex
  readonly rcpServices: ReadonlySet<string>
  /** Sessions' programs, made as they are asked for. */
  readonly programOf: (ids: Known<readonly PolicyId[]>, kind: PolicyKind) => Program
  readonly cache: ProgramCache
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

export const buildEstate = (input: IamInput, catalogue: Catalogue | undefined): Estate => build(input, catalogue, undefined, new Set())

/** The same estate with some policies replaced or added; everything that they do not touch is used again. */
export const rebuildEstate = (before: Estate, policies: readonly PolicyInput[]): Estate => {
  const changed = new Map(policies.map((policy) => [policy.id, policy]))
  const kept = before.input.policies.map((policy) => changed.get(policy.id) ?? policy)
  const added = policies.filter(({ id }) => !before.policies.has(id))
  return build({ ...before.input, policies: [...kept, ...added] }, before.catalogue, before, new Set(changed.keys()))
}

const build = (input: IamInput, catalogue: Catalogue | undefined, before: Estate | undefined, changed: ReadonlySet<PolicyId>): Estate => {
  const policies = new Map(input.policies.map((policy) => [policy.id, policy]))
  const diagnostics: Diagnostic[] = before?.diagnostics.filter(({ policy }) => !changed.has(policy)) ?? []
  const interner = before?.interner ?? newInterner(manyValued(catalogue))
  const cache = before === undefined ? { statements: new Map(), programs: new Map(), next: 0 } : keep(before.cache, changed)
  const programOf = programs(policies, diagnostics, interner, cache)
  const programFor = (id: Known<PolicyId> | undefined, kind: PolicyKind): Program | undefined =>
    id === undefined ? undefined : programOf(isUnknown(id) ? id : [id], kind)
  const same = (...of: readonly (Program | undefined)[]): boolean => of.every((program) => program === undefined || cache.programs.get(program.key) === program)

  const accounts = new Map((input.accounts ?? []).map((account) => [account.id, accountEntry(account, programOf)]))
  const groups = new Map((input.groups ?? []).map((group) => [group.arn, group.policies]))
  const principals = new Map<string, PrincipalEntry>()
  const byName = new Map<string, PrincipalEntry>()
  const byId = new Map<string, PrincipalEntry>()
  for (const principal of input.principals ?? []) {
    const known = before?.principals.get(principal.arn)
    const entry = known !== undefined && same(known.identity, known.boundary, known.trust) ? known : principalEntry(principal, groups, programOf, programFor)
    principals.set(principal.arn, entry)
    byName.set(`${entry.account}:${entry.kind}/${entry.name}`, entry)
    if (principal.id !== undefined) byId.set(principal.id, entry)
  }
  const resources = new Map(before?.resources)
  for (const resource of input.resources ?? []) {
    const known = resources.get(resource.arn)
    if (known === undefined || !same(known.policy)) resources.set(resource.arn, { input: resource, policy: programFor(resource.policy, 'resource') })
  }
  const endpoints = new Map((input.endpoints ?? []).map((endpoint) => [endpoint.id, { input: endpoint, policy: programFor(endpoint.policy, 'endpoint') }]))
  return {
    input, catalogue, actions: before?.actions ?? buildActions(catalogue), interner, policies, diagnostics, accounts, principals, byName, byId, resources, endpoints,
    arns: before?.arns ?? indexArns([...resources.keys(), ...principals.keys()]),
    rcpServices: new Set(catalogue?.rcpServices ?? firstRcpServices), programOf, cache, subjects: new Map(), targets: new Map(),
  }
}

const principalEntry = (
  input: PrincipalInput, groups: ReadonlyMap<string, Known<readonly PolicyId[]>>, programOf: Estate['programOf'],
  programFor: (id: Known<PolicyId> | undefined, kind: PolicyKind) => Program | undefined,
): PrincipalEntry => {
  const [, account = '', kind = 'role', path = ''] = /^arn:[^:]*:iam::(\d*):(user|role)\/(.+)$/.exec(input.arn) ?? []
  return {
    input, kind: kind === 'user' ? 'user' : 'role', account, name: path.slice(path.lastIndexOf('/') + 1),
    identity: programOf(allPolicies(input, groups), 'identity'), boundary: programFor(input.boundary, 'boundary'), trust: programFor(input.trust, 'trust'),
  }
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

