type Section = Readonly<Record<string, unknown>>

const deepest = 60

/** Puts the contents of local files where `AWS::Include` names them; one that is not here is left and named. */
export const expandIncludes = (value: unknown, include: (location: string) => unknown, missing: (location: string) => void, depth = 0): unknown => {
  if (typeof value !== 'object' || value === null || depth > deepest) return value
  const inner = (child: unknown) => expandIncludes(child, include, missing, depth + 1)
  if (Array.isArray(value)) return value.map(inner)
  const { 'Fn::Transform': transform, ...rest } = value as Section
  const fields = Object.fromEntries(Object.entries(transform === undefined ? value : rest).map(([name, child]) => [name, inner(child)]))
  if (transform === undefined) return fields
  const { Name: name, Parameters: parameters } = (transform ?? {}) as { Name?: unknown, Parameters?: { Location?: unknown } | null }
  const location = parameters?.Location
  const included = name === 'AWS::Include' && typeof location === 'string' ? include(location) : undefined
  if (typeof included === 'object' && included !== null) return { ...fields, ...inner(included) as Section }
  missing(typeof location === 'string' ? location : `what transform ${String(name)} makes`)
  return { ...fields, 'Fn::Transform': transform }
}
