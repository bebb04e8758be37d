/** A pointer names places in a resource: property names, list indexes and `*` (each item), joined by `/`. */
export type Pointer = string

/** One value that a pointer reaches, with the exact place (no `*`) that it stands at. */
export interface Place { readonly pointer: Pointer, readonly value: unknown }

/** Every value that a pointer reaches in a JSON value, in order; nothing where a step is missing. */
export const placesAt = (root: unknown, pointer: Pointer): Place[] =>
  pointer === '' ? [{ pointer: '', value: root }] : follow(root, pointer.split('/'), '')

const follow = (value: unknown, steps: readonly string[], path: string): Place[] => {
  const [step, ...rest] = steps
  if (step === undefined) return [{ pointer: path, value }]
  if (typeof value !== 'object' || value === null) return []
  const names = step === '*' ? Object.keys(value) : [step]
  return names.flatMap((name) => {
    const next = (value as Record<string, unknown>)[name]
    return next === undefined ? [] : follow(next, rest, path === '' ? name : `${path}/${name}`)
  })
}

/** The first value that a pointer reaches; undefined where there is none. */
export const valueAt = (root: unknown, pointer: Pointer): unknown => placesAt(root, pointer)[0]?.value
