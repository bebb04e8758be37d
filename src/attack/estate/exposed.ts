import { settle } from '../../core/unknown.ts'
import type { Estate } from '../../graph/estate.ts'
import { exposureOf } from '../../graph/exposure.ts'
import type { Exposure } from '../../graph/view.ts'
import type { Link } from '../scene.ts'
import { anyone } from './people.ts'
import type { Nodes } from './nodes.ts'

/** What anyone on the internet reaches, with the property that lets them. */
export const makeExposed = (estate: Estate, nodes: Nodes) => {
  const memo = new Map<number, readonly Link[]>()
  const open = nodes.add({ id: anyone, name: 'anyone', type: 'anyone' })
  return (node: number): readonly Link[] => {
    let known = memo.get(node)
    if (known === undefined) memo.set(node, known = node < estate.graph.size && estate.graph.node(node).resource !== undefined ? links(estate, node, open) : [])
    return known
  }
}

/** An exposure that could not be decided is none: the check on it says so. */
const links = (estate: Estate, node: number, open: number): readonly Link[] => {
  let found: Exposure | undefined
  settle(() => {
    found = exposureOf(estate, node)
    return true
  })
  return found?.kind === 'public' ? [{ node: open, pointer: found.evidence[0]?.pointer ?? '' }] : []
}
