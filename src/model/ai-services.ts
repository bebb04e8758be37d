/** What tells that a workload uses AI, as `data/ai-services.json` holds it. */
export interface AiServices {
  /** EC2 instance families with accelerators for AI: what stands before the dot of an instance type. */
  readonly instanceFamilies: Readonly<Record<'gpu' | 'inference' | 'training' | 'video', readonly string[]>>
  readonly providers: readonly AiProvider[]
  /** Names of packages on PyPI and npm. */
  readonly libraries: readonly { readonly name: string, readonly packages: readonly string[] }[]
  /** Container images without their tag; `*` is any text. */
  readonly images: readonly { readonly name: string, readonly images: readonly string[] }[]
  /** Ports on which servers of models, vectors, experiments and notebooks listen unless told otherwise. */
  readonly servers: readonly { readonly name: string, readonly ports: readonly number[] }[]
  /** Ports of those that hardly anything else listens on. */
  readonly tellingPorts: readonly number[]
  /** Words in the names of Lambda layers, in lower case. */
  readonly layerWords: readonly string[]
  /** Words in the names of machine images. */
  readonly machineImageWords: readonly string[]
}

/** Somebody who serves models, vectors or traces of them through an API. */
export interface AiProvider {
  readonly name: string
  /** Environment variables that hold its key. */
  readonly variables?: readonly string[]
  /** Environment variables that say that it is used, without a secret. */
  readonly settings?: readonly string[]
  /** Hosts of its API; `*` is any label. */
  readonly hosts?: readonly string[]
  /** Regular expressions of its keys in RE2's language, each bounded. */
  readonly keys?: readonly string[]
  readonly packages?: readonly string[]
}
