import type { Unknown } from '../core/unknown.ts'

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
  | { readonly system: 'opensearch-serverless', readonly rules: Known<readonly DataAccessRule[]>, readonly network?: Known<'public' | 'vpc'> }
  | { readonly system: 'lake-formation', readonly grants: Known<readonly { readonly principal: string, readonly permissions: readonly string[] }[]> }
  | { readonly system: 'eks', readonly entries: Known<readonly { readonly principal: string }[]>, readonly configMap?: boolean }
  | { readonly system: 'lambda-url', readonly authType: Known<'NONE' | 'AWS_IAM'> }
  | {
    readonly system: 'agentcore', readonly authorizer: Known<'AWS_IAM' | 'CUSTOM_JWT' | 'NONE'>, readonly policyEngine?: Known<'ENFORCE' | 'LOG_ONLY'>
    /** The Cedar policies of the engine, as text. */
    readonly policies?: Known<readonly string[]>
  }
  | { readonly system: 'other', readonly name: string }

/** A rule of a data access policy of OpenSearch Serverless. */
export interface DataAccessRule { readonly principals: readonly string[], readonly permissions: readonly string[], readonly resources: readonly string[] }

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
