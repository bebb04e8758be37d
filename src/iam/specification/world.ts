/** Who settles a question: the caller, where and when the call is made, or something that could not be read. */
export type Settler = 'caller' | 'environment' | 'gap'

/** What is left open: a condition key's values (undefined: absent), or how an unreadable thing turns out. */
export interface Question {
  readonly name: string
  readonly settler: Settler
  readonly answers: readonly (readonly string[] | undefined)[]
}

/** One way in which everything that is open may turn out. */
export interface World {
  readonly ask: (question: Question) => readonly string[] | undefined
}

/** Whether an unreadable thing turns out to be so. */
export const perhaps = (world: World, name: string): boolean => outcome(world, name, ['yes', 'no']) === 'yes'

/** How an unreadable thing turns out. */
export const outcome = <T extends string>(world: World, name: string, outcomes: readonly T[]): T =>
  world.ask({ name, settler: 'gap', answers: outcomes.map((each) => [each]) })?.[0] as T
