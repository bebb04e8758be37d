import type { Check } from '../checks/check.ts'
import type { Subject } from '../checks/judge.ts'
import { guarded } from '../checks/read.ts'
import { valueAt } from '../core/pointer.ts'
import { settle } from '../core/unknown.ts'
import type { Estate } from '../graph/estate.ts'
import { witnessed } from '../graph/grounds.ts'
import type { Ground } from '../graph/grounds.ts'
import type { EstateView } from '../graph/view.ts'
import type { Evidence } from '../model/finding.ts'
import { placeOf } from './place.ts'
import { shown } from './shown.ts'

/** The most places that a finding names, and actions of one. */
const most = { places: 6, actions: 4 }

/** The statements and facts that a failed requirement stands on, place by place. */
export const groundsOf = (estate: Estate, { requires }: Check, { properties, partial, holdsUnknown }: Subject, view: EstateView): Evidence[] => {
  const places = new Map<string, Ground[]>()
  const witness = witnessed(estate, view, (ground) => {
    const key = `${ground.resource}\n${ground.pointer}`
    const known = places.get(key)
    if (known !== undefined) known.push(ground)
    else if (places.size < most.places) places.set(key, [ground])
  })
  settle(() => requires((holdsUnknown || partial !== undefined ? guarded(properties, partial) : properties) as never, witness))
  return [...places.values()].map((grounds) => evidenceOf(estate, grounds))
}

const evidenceOf = (estate: Estate, grounds: readonly Ground[]): Evidence => {
  const { resource: id, pointer, says } = grounds[0]!
  const actions = [...new Set(grounds.flatMap(({ action }) => (action === undefined ? [] : [action])))]
  const node = estate.graph.find(id)
  const index = node === undefined ? undefined : estate.graph.node(node).resource
  const holder = index === undefined ? undefined : estate.resource(index)
  const value = holder === undefined || pointer === '' ? undefined : valueAt(holder.properties, pointer)
  return {
    resource: id,
    pointer,
    ...(value === undefined ? {} : { value: shown({ pointer, value }) }),
    note: [says, actions.slice(0, most.actions).join(', '), ...(actions.length > most.actions ? ['and more'] : [])].filter((part) => part !== '').join(' '),
    ...(holder === undefined ? {} : placeOf(holder, pointer)),
  }
}
