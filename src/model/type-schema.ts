/** A value's shape, as small as coercion and typing need it. */
export type ValueSchema =
  | { readonly text: readonly string[] }
  | { readonly flag: true }
  | { readonly number: true }
  | { readonly json: true }
  | { readonly list: ValueSchema }
  | { readonly map: ValueSchema }
  | { readonly ref: string }
  | { readonly fields: Readonly<Record<string, ValueSchema>>, readonly required?: readonly string[] }

/** What `data/types.json.gz` holds of one resource type. */
export interface TypeSchema {
  /** Property names of the primary identifier. */
  readonly id: readonly string[]
  /** Pointers of properties that AWS sets. */
  readonly readOnly: readonly string[]
  readonly required: readonly string[]
  /** The property that holds the tags. */
  readonly tags?: string
  /** Permissions of the Cloud Control list handler, and the properties that it must be given. */
  readonly list?: { readonly permissions: readonly string[], readonly parents: readonly string[] }
  readonly read?: readonly string[]
  /** True for a type that CloudFormation does not have. */
  readonly own?: true
  /** Its ARN with `${Partition}`, `${Region}`, `${Account}` and names: `arn:${Partition}:s3:::${BucketName}`. */
  readonly arn?: string
  readonly properties: Readonly<Record<string, ValueSchema>>
  readonly definitions: Readonly<Record<string, ValueSchema>>
}

export type SchemaSet = Record<string, TypeSchema>
