import { placeOf } from '../analysis/place.ts'
import type { AttackPath, PathStep } from '../attack/path.ts'
import type { Estate } from '../graph/estate.ts'
import type { StatementRef } from '../iam/model.ts'
import type { Location } from '../model/resource.ts'

/** One thing that a step stands on, in words, and where it is written. */
export interface StepEvidence { readonly text: string, readonly location?: Location }

/** What a step stands on: permissions with the statements that give them, and facts of resources. */
export const evidenceOf = (estate: Estate, { permissions, facts }: PathStep): StepEvidence[] => [
  ...[...Map.groupBy(permissions, ({ resource, statements }) => `${shown(resource)} ${statements.map(({ policy, index }) => `${policy} ${index}`).join()}`).values()].map((alike): StepEvidence => {
    const { resource, statements } = alike[0]!
    const places = statements.flatMap((statement) => placeOfStatement(estate, statement) ?? [])
    const by = statements.length === 0 ? '' : `, by ${statements.map((statement) => named(statement, placeOfStatement(estate, statement))).join(' and ')}`
    return { text: `${alike.map(({ action }) => action).join(', ')}${resource === '*' ? '' : ` on ${shown(resource)}`}${by}`, ...places[0] === undefined ? {} : { location: places[0] } }
  }),
  ...facts.filter(({ pointer }) => pointer !== '').map(({ from, relation, to, pointer }): StepEvidence => {
    const { location } = placeIn(estate, from, pointer)
    return { text: `${from} ${relation} ${to} (${pointer}${location === undefined ? '' : `, ${placed(location)}`})`, ...location === undefined ? {} : { location } }
  }),
]

/** Whoever acts in a step, in words. */
export const actorOf = (path: AttackPath, { actorName }: PathStep): string => actorName ?? path.entry.title

/** `template.yaml:14` */
export const placed = ({ file, line }: Location): string => (line === undefined ? file : `${file}:${line}`)

/** What is asked of any user or role is shown as all of them. */
const shown = (resource: string): string => resource.replace(/\/bartizan-any-name$/, '/*')

const named = ({ name, sid, index }: StatementRef, location: Location | undefined): string =>
  `statement ${sid ?? index + 1} of ${name}${location === undefined ? '' : ` (${placed(location)})`}`

const placeOfStatement = (estate: Estate, { location, pointer }: StatementRef): Location | undefined =>
  (location?.resource === undefined ? undefined : placeIn(estate, location.resource, `${location.pointer ?? ''}${pointer}`).location)

const placeIn = (estate: Estate, id: string, pointer: string): { readonly location?: Location } => {
  const index = estate.graph.find(id)
  const resource = index === undefined ? undefined : estate.graph.node(index).resource
  return resource === undefined ? {} : placeOf(estate.resource(resource), pointer)
}
