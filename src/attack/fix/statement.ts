type Text = string | readonly string[]

/** A statement of a policy, as far as fixes read it. */
export interface Statement {
  readonly Sid?: string
  readonly Effect?: string
  readonly Action?: Text
  readonly Resource?: Text
  readonly Principal?: string | Readonly<Record<string, Text>>
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

type Document = Readonly<Record<string, unknown>> & { readonly Statement?: Statement | readonly (Statement | null)[] }

export const listOf = (value: Text | undefined): readonly string[] => (value === undefined ? [] : typeof value === 'string' ? [value] : value)

/** The statements of a policy document, those that a change took away as null; none where it is no document. */
export const statementsOf = (document: unknown): readonly (Statement | null)[] => {
  if (typeof document !== 'object' || document === null) return []
  const { Statement: written } = document as Document
  if (written === undefined) return []
  return Array.isArray(written) ? written as readonly (Statement | null)[] : [written as Statement]
}

/** Changes one statement of a document; null takes it away. One that stands without a list goes on without. */
export const onStatement = (index: number, change: (statement: Statement) => Statement | null) => (document: unknown): unknown => {
  const changed = statementsOf(document).map((statement, at) => (at === index && statement !== null ? change(statement) : statement))
  return { ...document as Document, Statement: Array.isArray((document as Document).Statement) || changed[0] === null ? changed : changed[0] }
}

/** A document without the statements that changes took away. */
export const compact = (value: unknown): unknown => {
  const statements = statementsOf(value)
  return statements.includes(null) ? { ...value as Document, Statement: statements.filter((statement) => statement !== null) } : value
}

/** How much a statement allows, in actions on one resource; what a wildcard stands for is guessed. */
export const breadth = ({ Action: actions, Resource: resources, Principal: principal }: Statement): number => {
  const names = listOf(actions)
  const sum = names.length === 0 ? 100 : names.reduce((total, name) => total + breadthOf(name), 0)
  return sum * (principal === undefined && (resources === undefined || listOf(resources).includes('*')) ? 2 : 1)
}

export const breadthOf = (action: string): number => (action === '*' ? 100 : action.endsWith(':*') ? 20 : action.includes('*') ? 5 : 1)
