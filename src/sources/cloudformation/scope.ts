/** What an expression can name: parameters, conditions, mappings, resources, other stacks. */
export interface Scope {
  readonly stack: string
  readonly account: string
  readonly region: string
  readonly partition: string
  readonly parameters: ReadonlyMap<string, unknown>
  readonly mappings: Readonly<Record<string, unknown>>
  readonly conditions: Readonly<Record<string, unknown>>
  /** Conditions that were decided before. */
  readonly held: Map<string, boolean | 'unknown'>
  /** What `Ref` of a resource gives; undefined when the template has no such resource. */
  reference(logicalId: string): unknown
  /** What `Fn::GetAtt` gives. */
  attribute(logicalId: string, name: string): unknown
  /** What another stack exports under a name. */
  imported(name: string): unknown
}

/** The name under which one stack finds an output of another that exports nothing. */
export const stackOutput = (stack: string, output: string): string => `${stack} / ${output}`

/** Stands where a property is left out (`AWS::NoValue`). */
export const noValue: unique symbol = Symbol('AWS::NoValue')
