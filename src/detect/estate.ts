/** A resource that a fact is about. */
export interface Named { readonly type: string, readonly id: string }

/** What a storage location is to AI. */
export type StoreUse = 'knowledge base' | 'training' | 'model' | 'invocation log' | 'data capture'

/** A setting that a log depends on, for one account and region; absent means that it was not read. */
export interface LogSettings {
  readonly account: string
  readonly region: string
  /** A trail or event data store records management events here. */
  readonly trail?: boolean
  /** Read-only management events are recorded as well (`ReadWriteType: All`). */
  readonly readEvents?: boolean
  /** Resource types whose data events are recorded: `AWS::Bedrock::AgentAlias`. */
  readonly dataEvents?: readonly string[]
  /** Network activity events are recorded for Bedrock. */
  readonly networkEvents?: boolean
  /** Bedrock model-invocation logging delivers text. */
  readonly invocationLogging?: boolean
  /** An endpoint of the region captures its data. */
  readonly dataCapture?: boolean
  /** GuardDuty is on with AI Protection. */
  readonly aiProtection?: boolean
}

/** What the estate says that detections ask, as plain data: given in by analysis, empty without a snapshot. */
export interface EstateFacts {
  /** Accounts of the organisation: any other is foreign. */
  readonly accounts: readonly string[]
  /** Roles that AI workloads run as. */
  readonly roles: readonly { readonly arn: string, readonly workloads: readonly Named[], readonly services: readonly string[] }[]
  /** Storage that AI reads, writes or logs to. An empty prefix is the whole bucket; `writers` are the roles meant to write. */
  readonly stores: readonly { readonly bucket: string, readonly prefix: string, readonly use: StoreUse, readonly of: Named, readonly writers?: readonly string[] }[]
  /** Log groups that invocation logs go to. */
  readonly logGroups: readonly string[]
  /** KMS keys that protect AI data, by ARN or key id. */
  readonly keys: readonly { readonly id: string, readonly protects: readonly Named[] }[]
  /** Principals known to be automation: their calls count as low. */
  readonly automation: readonly string[]
  /** Who owns a principal or resource, by ARN. */
  readonly owners: Readonly<Record<string, string>>
  /** What attack paths from a principal (ARN) end in, as people read it: `steals the weights of fraud`. */
  readonly reaches: Readonly<Record<string, readonly string[]>>
  /** Pairs that would gain rights: `caller ARN` may pass `role ARN` that can do more than the caller. */
  readonly stronger: readonly { readonly caller: string, readonly role: string, readonly gains: readonly string[] }[]
  readonly settings: readonly LogSettings[]
}

/** What is known without a snapshot: nothing. */
export const noFacts: EstateFacts = {
  accounts: [], roles: [], stores: [], logGroups: [], keys: [], automation: [], owners: {}, reaches: {}, stronger: [], settings: [],
}

/** The facts with the look-ups that conditions make for each record. */
export interface Estate {
  readonly facts: EstateFacts
  readonly role: (arn: string) => EstateFacts['roles'][number] | undefined
  readonly stores: (bucket: string, key: string) => EstateFacts['stores']
  /** Whether an account is known to be outside the organisation; false while no accounts are known. */
  readonly foreign: (account: string) => boolean
  readonly isAutomation: (principal: string) => boolean
}

/** Prepares facts for look-ups. */
export const estateOf = (facts: EstateFacts): Estate => {
  const roles = new Map(facts.roles.map((role) => [role.arn, role]))
  const accounts = new Set(facts.accounts)
  const automation = new Set(facts.automation)
  const stores = Map.groupBy(facts.stores, ({ bucket }) => bucket)
  return {
    facts,
    role: (arn) => roles.get(arn),
    stores: (bucket, key) => (stores.get(bucket) ?? []).filter(({ prefix }) => key === '' || key.startsWith(prefix)),
    foreign: (account) => account !== '' && accounts.size > 0 && !accounts.has(account),
    isAutomation: (principal) => automation.has(principal),
  }
}
