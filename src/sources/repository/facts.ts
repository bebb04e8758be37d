/** Something that a line of a file tells: where it stands, and what was found. */
export interface Fact<T> { readonly line: number, readonly value: T }

/** A model that code fetches; `pinned` says that a revision is named that cannot move. */
export interface NamedModel { readonly Id: string, readonly Pinned: boolean }

/** A package or an image that a file asks for. */
export interface Dependency { readonly Name: string, readonly Pinned: boolean }

/** What a file of a repository tells of AI; never its text. */
export interface FileFacts {
  readonly models: readonly Fact<NamedModel>[]
  readonly packages: readonly Fact<Dependency>[]
  readonly images: readonly Fact<Dependency>[]
  /** Calls that let a fetched model bring code of its own. */
  readonly remoteCode: readonly Fact<string>[]
  /** Calls that run whatever a file tells them to. */
  readonly unsafeLoads: readonly Fact<string>[]
}

export const noFacts: FileFacts = { models: [], packages: [], images: [], remoteCode: [], unsafeLoads: [] }
