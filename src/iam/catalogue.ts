/** Facts about actions, as `data/iam-catalogue.json.gz` holds them: an argument of the engine, which reads no files. */
export interface Catalogue {
  /** By prefix: `s3`, `bedrock`. */
  readonly services: Readonly<Record<string, CatalogueService>>
  /** Global condition keys, lower case → type. */
  readonly globalKeys: Readonly<Record<string, KeyType>>
  /** Prefixes of services that RCPs bind. */
  readonly rcpServices: readonly string[]
}

/** `String`, `ARN`, `Bool`, `Numeric`, `Date`, `IPAddress`, `Binary`; `ArrayOf…` for keys with many values. */
export type KeyType = string

/** `Read`, `List`, `Write`, `Tagging`, `Permissions management`; several are joined by a comma. */
export type AccessLevel = string

export interface CatalogueService {
  readonly name: string
  readonly actions: Readonly<Record<string, CatalogueAction>>
  /** By name of the resource type: its ARN patterns with `${Placeholder}`. */
  readonly resources: Readonly<Record<string, { readonly arns: readonly string[], readonly keys?: readonly string[] }>>
  readonly keys?: Readonly<Record<string, KeyType>>
}

export interface CatalogueAction {
  readonly level: AccessLevel
  readonly resources?: readonly { readonly type: string, readonly required?: boolean }[]
  readonly keys?: readonly string[]
  /** `service:Action` that the caller also needs. */
  readonly dependent?: readonly string[]
  /** Members of the request that hand a role to a service, as pointers (`*` is an item); iam:PassRole is asked for each that is given. */
  readonly roles?: readonly string[]
}
