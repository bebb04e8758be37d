import type { AttackPath } from '../attack/path.ts'
import type { Location, Resource } from '../model/resource.ts'
import type { Changed, Difference } from './diff.ts'
import { placeOf } from './place.ts'

/** A change that opens or closes a path. */
export interface Cause {
  readonly change: 'added' | 'removed' | 'changed'
  readonly type: string
  readonly resource: string
  readonly name: string
  /** What changed in the resource, where it was there before. */
  readonly pointer?: string
  readonly location?: Location
}

/** A path with the changes that open it, or close it. */
export interface CausedPath extends AttackPath { readonly causes: readonly Cause[] }

/** A place that a path stands on. */
interface Place { readonly resource: string, readonly pointer: string }

/** Says by which changes paths came, or went: those at the places that a path stands on; where there is none, those of the resources that it passes. */
export const explainer = ({ added, removed, changed }: Difference['resources'], side: 'added' | 'removed') => {
  const whole = new Map((side === 'added' ? added : removed).map((resource) => [resource.id, resource]))
  const opposite = side === 'added' ? removed.map((resource) => causeOf(resource, 'removed')) : added.map((resource) => causeOf(resource, 'added'))
  const edited = new Map(changed.map((one) => [one.resource.id, one]))
  const keys = [...whole.values()].filter(({ type }) => credentials.has(type))
  /** Keys of the user who is attacked by a leaked key, which came or went. */
  const keysOf = ({ entry }: AttackPath): Cause[] =>
    (entry.kind === 'leaked-key' ? keys.filter(({ properties }) => isOf(entry, properties['UserName'])).map((key) => causeOf(key, side)) : [])
  return (path: AttackPath): CausedPath => {
    const places = placesOf(path)
    const direct = places.flatMap(({ resource, pointer }): Cause[] => {
      const fresh = whole.get(resource)
      if (fresh !== undefined) return [causeOf(fresh, side)]
      const change = edited.get(resource)
      return change === undefined ? [] : pointersAt(change, pointer).map((at) => causeOf(change.resource, 'changed', at))
    })
    const causes = [...direct, ...keysOf(path)]
    return { ...path, causes: once(causes.length > 0 ? causes : around(path, edited, opposite)) }
  }
}

const credentials = new Set(['AWS::IAM::AccessKey', 'AWS::IAM::ServiceSpecificCredential'])

/** Whether a user's name is that of an entry point: the title says it. */
const isOf = ({ title, id }: AttackPath['entry'], user: unknown): boolean => typeof user === 'string' && (title === `the leaked key of ${user}` || id === user || id.endsWith(`/${user}`))

const placesOf = ({ entry, steps }: AttackPath): Place[] => [
  { resource: entry.id, pointer: '' },
  ...steps.flatMap(({ on, permissions, facts }): Place[] => [
    ...permissions.flatMap(({ statements }) => statements).flatMap(({ location, pointer }) => (location?.resource === undefined ? [] : [{ resource: location.resource, pointer: `${location.pointer ?? ''}${pointer}` }])),
    ...facts.map(({ from, pointer }) => ({ resource: from, pointer })),
    { resource: on, pointer: '' },
  ]),
]

/** The changed places of a resource that hold a place, or lie in it; the resource itself is no place in it. */
const pointersAt = ({ pointers }: Changed, pointer: string): string[] =>
  (pointer === '' ? [] : pointers.filter((one) => `${one}/`.startsWith(`${pointer}/`) || `${pointer}/`.startsWith(`${one}/`)))

/** A denial or a condition that went away stands in no path: what changed in a resource that the path passes, or is new or gone beside it. */
const around = (path: AttackPath, edited: ReadonlyMap<string, Changed>, opposite: readonly Cause[]): Cause[] => {
  const passed = new Set(path.steps.flatMap(({ on, actor, facts, permissions }) => [
    on, ...actor === undefined ? [] : [actor.replace(/#rewritten$/, '')], ...facts.flatMap(({ from, to }) => [from, to]), ...permissions.map(({ resource }) => resource.replace(/\/\*$/, '')),
  ]))
  const near = [...edited.values()].filter(({ resource }) => passed.has(resource.id)).flatMap(({ resource, pointers }) => pointers.map((pointer) => causeOf(resource, 'changed', pointer)))
  return near.length > 0 ? near : opposite.filter(({ type }) => /Polic/.test(type))
}

const causeOf = (resource: Resource, change: Cause['change'], pointer?: string): Cause => ({
  change, type: resource.type, resource: resource.id, name: resource.name, ...pointer === undefined ? {} : { pointer }, ...placeOf(resource, pointer ?? ''),
})

const once = (causes: readonly Cause[]): Cause[] => [...new Map(causes.map((cause) => [`${cause.change} ${cause.type} ${cause.resource} ${cause.pointer ?? ''}`, cause])).values()]
