import type { Unknown } from '../core/unknown.ts'

/**
 * The words of the IAM engine: plain data in, plain data out.
 *
 * What a verdict means. Every condition key is one of
 *  - known: given in `Request.context`, or derived from the principal, the resource or the action;
 *  - the caller's to choose (`aws:RequestTag/x`, `s3:prefix`, `sts:ExternalId`, `aws:SecureTransport`, most service keys);
 *  - set by the environment (`aws:SourceIp`, `aws:SourceVpc`, `aws:MultiFactorAuthPresent`, `aws:CurrentTime`, …);
 *  - a gap: it depends on something that could not be read (tags of a resource that is not listed, an unreadable policy).
 * `allow`: there is a choice of the caller's values with which AWS allows the request whatever the environment and the gaps are.
 * `conditional`: there is a choice, an environment and a filling of the gaps with which it is allowed, but not for all.
 * `deny`: there is none. A key may also be absent unless AWS documents that it always is present.
 * With `Request.complete` a key that is neither given nor derived is absent, so only gaps can make a decision conditional.
 */

/** Names a policy inside an input. */
export type PolicyId = string

/** Where in a source a policy stands, for people. */
export interface Location { readonly file?: string, readonly line?: number, readonly resource?: string, readonly pointer?: string }

export type PolicyKind =
  | 'identity' | 'boundary' | 'session' | 'resource' | 'trust' | 'scp' | 'rcp' | 'endpoint'

/** A policy as it was read; it is parsed by the kind of the place that refers to it, `kind` is what it is meant to be. */
export interface PolicyInput {
  readonly id: PolicyId
  /** Shown to people; the id when absent. */
  readonly name?: string
  readonly kind: PolicyKind
  /** A policy document (an object, or its JSON text). `{"$unknown": …}` here or anywhere inside is a gap. */
  readonly document: unknown
  readonly location?: Location
}

/** A value, or the reason why it could not be read. */
export type Known<T> = T | Unknown

/** A user, role, group member, or Identity Center role. Root users, services and anyone need no entry. */
export interface PrincipalInput {
  /** `arn:aws:iam::111122223333:user/path/name` or `…:role/path/name`; paths `aws-service-role/` and `aws-reserved/` mean what they mean in AWS. */
  readonly arn: string
  /** The unique id (`AIDA…`, `AROA…`), for `aws:userid` and for policies that name it. */
  readonly id?: string
  /** Inline and attached identity policies; an id that is not listed in `policies` is a gap. */
  readonly policies: Known<readonly PolicyId[]>
  /** ARNs of the groups of a user. */
  readonly groups?: Known<readonly string[]>
  readonly boundary?: Known<PolicyId>
  /** A role's trust policy. */
  readonly trust?: Known<PolicyId>
  readonly tags?: Known<Readonly<Record<string, string>>>
}

export interface GroupInput { readonly arn: string, readonly policies: Known<readonly PolicyId[]> }

/** An account with its place in the organisation. An account that is not listed is foreign: what it allows its principals is a gap. */
export interface AccountInput {
  readonly id: string
  readonly organization?: string
  /** `o-x/r-x/ou-x/…/`, for `aws:PrincipalOrgPaths` and `aws:ResourceOrgPaths`. */
  readonly organizationPath?: string
  /** SCPs and RCPs do not bind the management account. */
  readonly management?: boolean
  /** SCPs attached to root, each OU, the account, in this order; absent when SCPs are not in use. Each level must allow. */
  readonly scps?: Known<readonly (readonly PolicyId[])[]>
  /** RCPs level by level; RCPFullAWSAccess is attached everywhere and need not be listed. */
  readonly rcps?: Known<readonly (readonly PolicyId[])[]>
  /** S3 Block Public Access of the account. */
  readonly publicAccessBlock?: Known<PublicAccessBlock>
}

/** S3 Block Public Access; absent members are off. */
export interface PublicAccessBlock {
  readonly blockPublicAcls?: boolean
  readonly ignorePublicAcls?: boolean
  readonly blockPublicPolicy?: boolean
  readonly restrictPublicBuckets?: boolean
}

/** A resource with what decides access to it. A resource that is not listed, in a listed account, has no policy and unknown tags. */
export interface ResourceInput {
  /** Of a bucket for its objects, of a key, a queue, a function, an access point, … For a role see `PrincipalInput.trust`. */
  readonly arn: string
  /** The owner; S3 ARNs do not hold it. */
  readonly account: string
  /** CloudFormation type, when known. */
  readonly type?: string
  readonly policy?: Known<PolicyId>
  /** Absent: not known. */
  readonly tags?: Known<Readonly<Record<string, string>>>
  readonly s3?: BucketInput
  readonly accessPoint?: AccessPointInput
  readonly kms?: KeyInput
  /** ARN of the customer's KMS key that encrypts what it holds; whole calls ask for its use. */
  readonly encryptionKey?: Known<string>
  /** Systems that decide after IAM; all must agree. */
  readonly also?: readonly SecondAuthorization[]
}

export interface BucketInput {
  readonly publicAccessBlock?: Known<PublicAccessBlock>
  /** Default `BucketOwnerEnforced`: ACLs are off. */
  readonly ownership?: Known<'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter'>
  readonly acl?: Known<readonly AclGrant[]>
  /** Whether its tags count in decisions (attribute-based access control); off by default. */
  readonly abac?: Known<boolean>
}

export interface AclGrant {
  /** An account's canonical user id, or a group. */
  readonly grantee: { readonly canonicalUser: string } | { readonly group: 'AllUsers' | 'AuthenticatedUsers' | 'LogDelivery' } | { readonly account: string }
  readonly permission: 'READ' | 'WRITE' | 'READ_ACP' | 'WRITE_ACP' | 'FULL_CONTROL'
}

/** `arn:aws:s3:region:account:accesspoint/name` in front of a bucket; both policies must allow. */
export interface AccessPointInput {
  readonly bucket: string
  /** Only requests from this VPC pass. */
  readonly vpc?: string
  readonly publicAccessBlock?: Known<PublicAccessBlock>
}

export interface KeyInput {
  readonly grants?: Known<readonly KmsGrant[]>
  /** `AWS` for aws/service keys: RCPs do not bind them. */
  readonly manager?: 'AWS' | 'CUSTOMER'
}

export interface KmsGrant {
  readonly id: string
  /** ARN of a principal, or a service name. */
  readonly grantee: string
  readonly retiring?: string
  /** `Decrypt`, `GenerateDataKey`, … without the `kms:` prefix. */
  readonly operations: readonly string[]
  readonly encryptionContextEquals?: Readonly<Record<string, string>>
  readonly encryptionContextSubset?: Readonly<Record<string, string>>
}

/** An authorisation system behind IAM that configuration decides. `principals` hold ARNs (role or user) or `*`. */
export type SecondAuthorization =
  | { readonly system: 'opensearch-serverless', readonly rules: Known<readonly { readonly principals: readonly string[], readonly permissions: readonly string[], readonly resources: readonly string[] }[]>, readonly network?: Known<'public' | 'vpc'> }
  | { readonly system: 'lake-formation', readonly grants: Known<readonly { readonly principal: string, readonly permissions: readonly string[] }[]> }
  | { readonly system: 'eks', readonly entries: Known<readonly { readonly principal: string }[]>, readonly configMap?: boolean }
  | { readonly system: 'lambda-url', readonly authType: Known<'NONE' | 'AWS_IAM'> }
  | { readonly system: 'agentcore', readonly authorizer: Known<'AWS_IAM' | 'CUSTOM_JWT' | 'NONE'>, readonly policyEngine?: Known<'ENFORCE' | 'LOG_ONLY'>, /** The Cedar policies of the engine, as text. */ readonly policies?: Known<readonly string[]> }
  | { readonly system: 'other', readonly name: string }

export interface EndpointInput { readonly id: string, readonly vpc?: string, readonly account?: string, readonly policy?: Known<PolicyId> }

/** Everything that is compiled: the estate as IAM sees it. */
export interface IamInput {
  readonly policies: readonly PolicyInput[]
  readonly principals?: readonly PrincipalInput[]
  readonly groups?: readonly GroupInput[]
  readonly accounts?: readonly AccountInput[]
  readonly resources?: readonly ResourceInput[]
  readonly endpoints?: readonly EndpointInput[]
}

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
