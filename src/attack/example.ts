import { byText } from '../core/text.ts'
import type { Link, Scene } from './scene.ts'
import type { Example } from './step.ts'

const nobody = new Int32Array()
const none: readonly Link[] = []

/** A scene of literal facts. */
export const sceneOfExample = ({ types, facts = [], grants = [] }: Pick<Example, 'types' | 'facts' | 'grants'>): Scene => {
  const ids = Object.keys(types).sort(byText)
  const numbers = new Map(ids.map((id, index) => [id, index]))
  const number = (id: string): number => numbers.get(id) ?? -1
  const outward = new Map<string, Link[]>()
  const inward = new Map<string, Link[]>()
  for (const [from, relation, to] of facts) {
    push(outward, `${number(from)} ${relation}`, { node: number(to), pointer: '' })
    push(inward, `${number(to)} ${relation}`, { node: number(from), pointer: '' })
  }
  const who = new Map<string, Map<number, boolean>>()
  for (const [principal, written, on] of grants) {
    const sure = !written.endsWith('?')
    const key = `${sure ? written : written.slice(0, -1)} ${on === undefined ? '' : number(on)}`
    const known = who.get(key) ?? new Map<number, boolean>()
    known.set(number(principal), sure || known.get(number(principal)) === true)
    who.set(key, known)
  }
  const grantees = (action: string, node: number | undefined) => who.get(`${action} ${node ?? ''}`)
  return {
    size: ids.length,
    idOf: (node) => ids[node]!,
    nameOf: (node) => ids[node]!,
    typeOf: (node) => types[ids[node]!]!,
    find: (id) => numbers.get(id),
    ofType: (type) => ids.flatMap((id, index) => (types[id] === type ? [index] : [])),
    out: (node, relation) => outward.get(`${node} ${relation}`) ?? none,
    in: (node, relation) => inward.get(`${node} ${relation}`) ?? none,
    who: (action, node) => {
      const found = grantees(action, node)
      return found === undefined ? nobody : Int32Array.from([...found].map(([principal, sure]) => principal * 2 + (sure ? 0 : 1))).sort()
    },
    classOf: (principal) => principal,
    membersOf: (principal) => [principal],
    explain: (principal, action, node) => ({
      action,
      resource: node === undefined ? '*' : ids[node]!,
      statements: [],
      conditions: grantees(action, node)?.get(principal) === false ? [`${action} is conditional`] : [],
    }),
  }
}

const push = <T>(map: Map<string, T[]>, key: string, value: T) => {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
