import type { Location, Resource } from '../model/resource.ts'

/** Where a property is written: its own line where that is known, else the nearest enclosing one's. */
export const placeOf = ({ location, lines, columns }: Resource, pointer: string): { readonly location?: Location } => {
  if (location === undefined) return {}
  let at = pointer
  while (at !== '' && lines?.[at] === undefined) at = at.slice(0, Math.max(0, at.lastIndexOf('/')))
  const line = lines?.[at]
  if (line === undefined) return { location }
  const { column: _column, ...rest } = location
  return { location: { ...rest, line, ...columns?.[at] === undefined ? {} : { column: columns[at] } } }
}
