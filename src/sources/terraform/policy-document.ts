import { holdsUnknown, isUnknown, unknown } from '../../core/unknown.ts'

type Body = Readonly<Record<string, unknown>>

/** What `data.aws_iam_policy_document` renders: JSON text, or the document itself where something in it is unknown. */
export const policyDocument = (body: Body): unknown => {
  const sources = list(body['source_policy_documents'] ?? body['source_json']).map(parsed)
  const overrides = list(body['override_policy_documents'] ?? body['override_json']).map(parsed)
  const missing = [body['statement'], ...sources, ...overrides].find(isUnknown)
  if (missing !== undefined) return missing
  const statements = [...sources.flatMap(statementsOf), ...list(body['statement']).map((one) => (isUnknown(one) ? one : statement(one as Body)))]
  const document = { Version: body['version'] ?? '2012-10-17', ...body['policy_id'] == null ? {} : { Id: body['policy_id'] }, Statement: overrides.flatMap(statementsOf).reduce(overridden, statements) }
  return holdsUnknown(document) ? document : JSON.stringify(document)
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value as unknown[] : value === undefined || value === null || value === '' ? [] : [value])

const parsed = (document: unknown): unknown => {
  if (typeof document !== 'string') return document
  try {
    return JSON.parse(document)
  } catch {
    return unknown('a policy that is merged is not JSON')
  }
}

const statementsOf = (document: unknown): unknown[] => list((document as { Statement?: unknown } | null)?.Statement)

/** A statement replaces the one with its Sid. */
const overridden = (statements: unknown[], statement: unknown): unknown[] => {
  const { Sid: sid } = statement as { Sid?: unknown }
  const at = sid === undefined ? -1 : statements.findIndex((other) => (other as { Sid?: unknown }).Sid === sid)
  return at === -1 ? [...statements, statement] : statements.with(at, statement)
}

const statement = (body: Body) => ({
  ...body['sid'] == null || body['sid'] === '' ? {} : { Sid: body['sid'] },
  Effect: body['effect'] ?? 'Allow',
  ...principals('Principal', body['principals']),
  ...principals('NotPrincipal', body['not_principals']),
  ...present('Action', body['actions']),
  ...present('NotAction', body['not_actions']),
  ...present('Resource', body['resources']),
  ...present('NotResource', body['not_resources']),
  ...conditions(body['condition']),
})

/** A plan writes arguments that are not set as null or an empty list. */
const present = (key: string, value: unknown): Record<string, unknown> => (value == null || Array.isArray(value) && value.length === 0 ? {} : { [key]: value })

const principals = (key: string, value: unknown): Record<string, unknown> => {
  if (isUnknown(value)) return { [key]: value }
  const all = list(value) as Body[]
  if (all.length === 0) return {}
  if (all.some(({ type }) => type === '*')) return { [key]: '*' }
  const byType: Record<string, unknown> = {}
  for (const { type, identifiers } of all) byType[String(type)] = isUnknown(identifiers) ? identifiers : [...list(byType[String(type)]), ...list(identifiers)]
  return { [key]: byType }
}

const conditions = (value: unknown): Record<string, unknown> => {
  if (isUnknown(value)) return { Condition: value }
  const all = list(value) as Body[]
  if (all.length === 0) return {}
  const byTest: Record<string, Record<string, unknown>> = {}
  for (const { test, variable, values } of all) byTest[String(test)] = { ...byTest[String(test)], [String(variable)]: values }
  return { Condition: byTest }
}
