import * as fc from 'fast-check'
import type { AccountInput, IamInput, PolicyInput, PolicyKind, PrincipalInput, Request, ResourceInput } from '../model.ts'
import { statement } from './arbitrary-statement.ts'
import * as names from './arbitrary-names.ts'

/** One question to both engines. */
export interface Sample { readonly input: IamInput, readonly request: Request }

/** Estates and requests over alphabets so small that policies often speak of the request; shrinks towards no policies. */
export const sample = (): fc.Arbitrary<Sample> => fc.record({
  parts: parts(), request: request(),
}).map(({ parts, request }) => assemble(parts, request))

interface Parts {
  readonly identity: readonly object[]
  readonly group?: readonly object[]
  readonly boundary?: readonly object[]
  readonly session?: readonly object[]
  readonly resource?: readonly object[]
  readonly trust?: readonly object[]
  readonly scps?: readonly (readonly object[])[]
  readonly rcps?: readonly (readonly object[])[]
  readonly endpoint?: readonly object[]
  readonly versioned: boolean
  readonly organization: boolean
  readonly management: boolean
  readonly tags?: Readonly<Record<string, string>>
  readonly resourceTags?: Readonly<Record<string, string>>
  readonly sessionTags?: Readonly<Record<string, string>>
  readonly grants?: readonly string[]
  readonly restricted: boolean
  readonly unreadable?: 'identity' | 'boundary' | 'resource' | 'scp'
}

/** Present in so many of ten. */
const sometimes = <T>(value: fc.Arbitrary<T>, ofTen: number): fc.Arbitrary<T | undefined> =>
  fc.oneof({ arbitrary: fc.constant(undefined), weight: 10 - ofTen }, { arbitrary: value, weight: ofTen })

const document = (kind: PolicyKind): fc.Arbitrary<object[]> => fc.array(statement(kind), { minLength: 1, maxLength: 3 })

const parts = (): fc.Arbitrary<Parts> => fc.record({
  identity: fc.array(statement('identity'), { maxLength: 3 }),
  group: sometimes(document('identity'), 2),
  boundary: sometimes(document('boundary'), 3),
  session: sometimes(document('session'), 4),
  resource: sometimes(document('resource'), 6),
  trust: sometimes(document('trust'), 7),
  scps: sometimes(fc.array(document('scp'), { minLength: 1, maxLength: 2 }), 2),
  rcps: sometimes(fc.array(document('rcp'), { minLength: 1, maxLength: 2 }), 2),
  endpoint: sometimes(document('endpoint'), 1),
  versioned: fc.boolean(),
  organization: fc.boolean(),
  management: fc.boolean(),
  tags: sometimes(tags(), 6),
  resourceTags: sometimes(tags(), 6),
  sessionTags: sometimes(tags(), 3),
  grants: sometimes(fc.array(fc.constantFrom(...names.grantees), { minLength: 1, maxLength: 2 }), 3),
  restricted: fc.boolean(),
  unreadable: sometimes(fc.constantFrom('identity', 'boundary', 'resource', 'scp'), 1),
})

const tags = (): fc.Arbitrary<Record<string, string>> =>
  fc.dictionary(fc.constantFrom('team', 'Stage'), fc.constantFrom(...names.words), { maxKeys: 2 })

const request = (): fc.Arbitrary<Request> => fc.oneof(
  ...names.targets.map(({ actions, resources, principals }) => fc.record({
    principal: fc.constantFrom(...principals),
    action: fc.constantFrom(...actions),
    resource: fc.constantFrom(...resources),
    context: fc.oneof({ arbitrary: fc.constant({}), weight: 2 }, { arbitrary: context(), weight: 1 }),
    complete: fc.boolean(),
  })))

/** Values for some keys; the rest is derived, open, or (when complete) absent. */
const context = (): fc.Arbitrary<Record<string, string | string[]>> =>
  fc.uniqueArray(fc.constantFrom(...names.keys), { maxLength: 3, selector: ({ key }) => key }).chain((keys) =>
    fc.tuple(...keys.map(({ key, given, many }) =>
      (many ? fc.uniqueArray(fc.constantFrom(...given), { maxLength: 2 }) : fc.constantFrom(...given)).map((value) => [key, value] as const)))
      .map((pairs) => Object.fromEntries(pairs)))

const assemble = (parts: Parts, request: Request): Sample => {
  const policies: PolicyInput[] = []
  const add = (kind: PolicyKind, statements: readonly object[], id: string = kind): string => {
    policies.push({ id, kind, document: { ...(parts.versioned ? { Version: '2012-10-17' } : {}), Statement: statements } })
    return id
  }
  const addAll = (kind: PolicyKind, levels: readonly (readonly object[])[]): string[][] =>
    levels.map((statements, index) => [add(kind, statements, `${kind}-${index}`)])
  const unread = { $unknown: 'access denied' }
  const who: Omit<PrincipalInput, 'arn'> = {
    policies: parts.unreadable === 'identity' ? unread : [add('identity', parts.identity)],
    boundary: parts.unreadable === 'boundary' ? unread : parts.boundary && add('boundary', parts.boundary),
    tags: parts.tags,
  }
  const groups = parts.group === undefined ? [] : [{ arn: names.group, policies: [add('identity', parts.group, 'group')] }]
  const accounts: AccountInput[] = [names.account, names.otherAccount].map((id) => ({
    id,
    organization: parts.organization ? 'o-1' : undefined,
    organizationPath: parts.organization ? `o-1/r-1/${id === names.account ? 'ou-1/' : ''}` : undefined,
    management: parts.management && id === names.account,
  }))
  const scps = parts.unreadable === 'scp' ? unread : parts.scps && addAll('scp', parts.scps)
  const rcps = parts.rcps && addAll('rcp', parts.rcps)
  const policy = parts.unreadable === 'resource' ? unread : parts.resource && add('resource', parts.resource)
  const resources: ResourceInput[] = names.resources.map(({ arn, account }) => ({
    arn, account, policy, tags: parts.resourceTags,
    s3: arn.startsWith('arn:aws:s3') ? { publicAccessBlock: { restrictPublicBuckets: parts.restricted } } : undefined,
    kms: arn.includes(':kms:') && parts.grants ? { grants: parts.grants.map((grantee, index) => ({ id: `${index}`, grantee, operations: ['Decrypt'] })) } : undefined,
  }))
  const isSession = request.principal.includes(':assumed-role/') || request.principal.includes(':federated-user/')
  const session = isSession && (parts.session !== undefined || parts.sessionTags !== undefined || request.principal.includes(':federated-user/'))
    ? { policies: parts.session ? [add('session', parts.session)] : request.principal.includes(':federated-user/') ? [] : undefined, tags: parts.sessionTags }
    : undefined
  return {
    input: {
      policies,
      principals: [
        { arn: names.role, id: 'AROAAAAAAAAAAAAAAAAA', ...who },
        { arn: names.user, id: 'AIDAAAAAAAAAAAAAAAAA', ...who, groups: groups.map(({ arn }) => arn) },
        { arn: names.serviceLinked, ...who, boundary: undefined },
        { arn: names.target, policies: [], trust: parts.trust && add('trust', parts.trust), tags: parts.resourceTags },
      ],
      groups,
      accounts: accounts.map((account) => (account.id === names.account ? { ...account, scps, rcps } : account)),
      resources,
      endpoints: [{ id: 'vpce-1', vpc: 'vpc-1', policy: parts.endpoint && add('endpoint', parts.endpoint) }],
    },
    request: { ...request, session, endpoint: parts.endpoint === undefined ? undefined : 'vpce-1' },
  }
}
