/** Where a resource is written: the file, and the line and column (from 1) of its definition. */
export interface Location {
  readonly file: string
  readonly line?: number
  readonly column?: number
  /** Construct path (CDK) or module address (Terraform), where there is one. */
  readonly path?: string
}

/** `bartizan:ignore CHECK-ID reason="…" until=YYYY-MM-DD`, beside a definition in a template. */
export interface Ignore { readonly check: string, readonly reason: string, readonly until?: string }

/** One thing in an AWS account or a template, with its CloudFormation type name and property shape. */
export interface Resource {
  readonly type: string
  /** Stable identity: the ARN where there is one, else the CloudFormation primary identifier; in templates `<stack>/<logical id>`. */
  readonly id: string
  readonly arn?: string
  readonly account: string
  readonly region: string
  /** What people call it. */
  readonly name: string
  readonly tags: Readonly<Record<string, string>>
  /** In CloudFormation's shape; a value that is not known is `{"$unknown": "why"}`. */
  readonly properties: Readonly<Record<string, unknown>>
  /** Why the properties are incomplete: with it, an absent property is unknown instead of unset. */
  readonly partial?: string
  readonly location?: Location
  /** Line numbers of properties in the source, by pointer. */
  readonly lines?: Readonly<Record<string, number>>
  /** Columns (from 1) of the same properties. */
  readonly columns?: Readonly<Record<string, number>>
  /** Checks that a comment or metadata beside the definition silences. */
  readonly ignores?: readonly Ignore[]
  /** ISO 8601 times, where the source tells. */
  readonly createdAt?: string
  readonly lastUsedAt?: string
}

/** A resource before its account and region are filled in by whoever collected it. */
export type ResourceDraft = Partial<Resource> & Pick<Resource, 'type' | 'id' | 'properties'>
