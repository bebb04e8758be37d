import type { Known, Location, PolicyId } from './input.ts'

/** A condition key's value; a list for a key with many values. Numbers, booleans and dates as AWS writes them. */
export type ContextValue = string | readonly string[]

export interface Request {
  /**
   * An ARN of a user, role, `root`, `sts::…:assumed-role/role/session`, `sts::…:federated-user/name`, an OIDC or SAML provider
   * (the bearer of its token), a service (`lambda.amazonaws.com`), `canonical:<id>`, or `*` for anonymous. An account id is its root.
   */
  readonly principal: string
  /** `service:Action`, in any case. With `*` or `?` inside it means "some action of this pattern". */
  readonly action: string
  /** An ARN, or `*` for actions without a resource. With `*` or `?` inside it means "some resource of this pattern". */
  readonly resource: string
  /** The owner, where neither the ARN nor a listed resource tells; the principal's account by default. */
  readonly resourceAccount?: string
  /** Keys in any case. */
  readonly context?: Readonly<Record<string, ContextValue>>
  /** Keys that are certainly absent. */
  readonly absent?: readonly string[]
  /** Every key not given and not derived is absent. */
  readonly complete?: boolean
  readonly session?: SessionInput
  /** The id of the VPC endpoint that it goes through. */
  readonly endpoint?: string
}

/** What was passed when a session was made. */
export interface SessionInput {
  /** Session policies (inline and managed are one layer); absent: none was passed. */
  readonly policies?: Known<readonly PolicyId[]>
  readonly tags?: Readonly<Record<string, string>>
  readonly sourceIdentity?: string
}

export type Verdict = 'allow' | 'deny' | 'conditional'

/** A statement and where to find it. */
export interface StatementRef {
  readonly policy: PolicyId
  readonly name: string
  /** From 0. */
  readonly index: number
  readonly sid?: string
  /** JSON pointer in the document: `/Statement/0`. */
  readonly pointer: string
  readonly location?: Location
}

export type Layer =
  | 'identity' | 'boundary' | 'session' | 'resource' | 'trust' | 'scp' | 'rcp' | 'endpoint'
  | 'access-point' | 'acl' | 'grant' | 'public-access-block' | 'root' | 'rule' | 'second'

/** What one layer says. `deny` is explicit, `none` an implicit deny, `absent` a layer that does not apply. */
export interface LayerDecision {
  readonly layer: Layer
  readonly verdict: 'allow' | 'deny' | 'none' | 'conditional' | 'absent'
  /** The statements that decided it. */
  readonly statements: readonly StatementRef[]
  /** In words, where no statement says it. */
  readonly note?: string
}

/** Something that must hold, or that the caller chooses so. */
export interface Residual {
  readonly kind: 'caller' | 'environment' | 'gap' | 'unknown'
  /** The condition key, or what could not be read. */
  readonly key: string
  readonly operator?: string
  readonly values?: readonly string[]
  /** In words: `the address is in 10.0.0.0/8`. */
  readonly text: string
}

export interface Decision {
  readonly verdict: Verdict
  /** One sentence: what decided. */
  readonly reason: string
  readonly layers: readonly LayerDecision[]
  /** Whether the resource is not of the principal's account, so that both sides must allow. */
  readonly across: boolean
  /** For `allow` only what the caller chooses; for `conditional` also what else must hold; empty for `deny`. */
  readonly conditions: readonly Residual[]
}

/** What `whoCan` takes beyond action and resource. */
export interface WhoCanOptions extends Pick<Request, 'context' | 'absent' | 'complete' | 'resourceAccount' | 'endpoint'> {
  /** Also name the root user of the owner's account, who can nearly always. */
  readonly root?: boolean
  /** Name only grantees that are not listed: services, accounts and organisations outside, anyone. */
  readonly strangersOnly?: boolean
}

/** A whole API call: each resource type of the action, and each dependent action. */
export interface CallRequest extends Omit<Request, 'resource'> {
  /** ARNs of the resources that the call names; a resource type of the action that none of them fits is checked with `*`. */
  readonly resources: readonly string[]
  /** ARNs of the roles that are handed over, for `iam:PassRole`; an empty list says that none is. */
  readonly passes?: readonly string[]
  /**
   * The parameters of the API, as JSON: roles in them are found where the catalogue says that roles stand. With neither these nor
   * `passes`, a call that takes a role is asked for some role of the caller's account.
   */
  readonly parameters?: Readonly<Record<string, unknown>>
  /** The service that the role is passed to; the action's own by default. */
  readonly passedTo?: string
  /** ARNs of KMS keys used on the caller's behalf, besides those that encrypt the resources. */
  readonly keys?: readonly string[]
}

export interface CallCheck { readonly action: string, readonly resource: string, readonly why: string, readonly decision: Decision }

export interface CallDecision { readonly verdict: Verdict, readonly checks: readonly CallCheck[] }

/** Somebody who may, with what remains. */
export interface Grant {
  /** ARN of a principal, an account's root ARN (`arn:aws:iam::ID:root`) when a foreign account is trusted whole, a service, a provider, a canonical user, or `*`. */
  readonly principal: string
  readonly kind: 'user' | 'role' | 'root' | 'account' | 'service' | 'federated' | 'anyone' | 'other'
  /** Empty for services and anyone. */
  readonly account: string
  /** Never `deny`. A grantee outside the listed accounts is `allow` when this side allows: its own account can give it the rest. */
  readonly verdict: 'allow' | 'conditional'
  readonly conditions: readonly Residual[]
  /** Members of one class get the same answer to everything; -1 for grantees that are not listed. */
  readonly principalClass: number
}

/** An action that a principal may do to something. */
export interface Permission {
  /** `s3:GetObject`. */
  readonly action: string
  readonly service: string
  /** Read, List, Write, Tagging, Permissions management, or unknown. */
  readonly level: string
  readonly verdict: 'allow' | 'conditional'
  /** Patterns of resources as its policies name them. */
  readonly resources: readonly string[]
}

/** What is wrong in a policy and where; `error` means that AWS would refuse it and that it grants nothing here. */
export interface Diagnostic {
  readonly policy: PolicyId
  readonly pointer: string
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly location?: Location
}
