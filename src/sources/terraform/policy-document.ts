import { holdsUnknown } from '../../core/unknown.ts'

type Body = Readonly<Record<string, unknown>>

const blocks = (value: unknown): Body[] => (Array.isArray(value) ? value as Body[] : typeof value === 'object' && value !== null ? [value as Body] : [])

/** What `data.aws_iam_policy_document` renders: JSON text, or the document itself where something in it is unknown. */
export const policyDocument = (body: Body): unknown => {
  if (body['source_policy_documents'] !== undefined || body['override_policy_documents'] !== undefined) return { $unknown: 'the policy is merged with others' }
  const document = { Version: body['version'] ?? '2012-10-17', Statement: blocks(body['statement']).map(statement) }
  return holdsUnknown(document) ? document : JSON.stringify(document)
}

const statement = (body: Body) => ({
  ...body['sid'] === undefined ? {} : { Sid: body['sid'] },
  Effect: body['effect'] ?? 'Allow',
  ...principals('Principal', body['principals']),
  ...principals('NotPrincipal', body['not_principals']),
  ...body['actions'] === undefined ? {} : { Action: body['actions'] },
  ...body['not_actions'] === undefined ? {} : { NotAction: body['not_actions'] },
  ...body['resources'] === undefined ? {} : { Resource: body['resources'] },
  ...body['not_resources'] === undefined ? {} : { NotResource: body['not_resources'] },
  ...conditions(body['condition']),
})

const principals = (key: string, value: unknown): Record<string, unknown> => {
  const list = blocks(value)
  if (list.length === 0) return {}
  if (list.some(({ type }) => type === '*')) return { [key]: '*' }
  const byType: Record<string, unknown[]> = {}
  for (const { type, identifiers } of list) byType[String(type)] = [...byType[String(type)] ?? [], ...Array.isArray(identifiers) ? identifiers as unknown[] : [identifiers]]
  return { [key]: byType }
}

const conditions = (value: unknown): Record<string, unknown> => {
  const list = blocks(value)
  if (list.length === 0) return {}
  const byTest: Record<string, Record<string, unknown>> = {}
  for (const { test, variable, values } of list) byTest[String(test)] = { ...byTest[String(test)], [String(variable)]: values }
  return { Condition: byTest }
}
