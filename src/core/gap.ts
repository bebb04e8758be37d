/** Something that could not be read: what a scan does not know, and what it would need to know it. */
export interface Gap {
  readonly account: string
  readonly region: string
  /** What was being done: an API operation (`sagemaker:ListModels`), a file, a template expression. */
  readonly operation: string
  /** Why it failed, as people read it. */
  readonly reason: string
  /** The IAM permission that would fill the gap, where one would. */
  readonly permission?: string
  /** Types whose list is incomplete for this account and region; an absent resource of theirs is unknown, not missing. */
  readonly types?: readonly string[]
  /** The resource concerned, where the gap is about one. */
  readonly resource?: string
}
