import { valueAt } from '../../core/pointer.ts'
import type { Estate } from '../../graph/estate.ts'
import type { Link } from '../scene.ts'

/** Images that workloads name. A digest is always the same image; a tag is whatever was pushed under it, where the repository lets it move. */
export const makeImages = (estate: Estate) => {
  const { graph, table } = estate
  const isTag = (workload: number, { pointer }: Link): boolean => {
    const { resource } = graph.node(workload)
    const image = resource === undefined ? undefined : valueAt(table.get(resource).properties, pointer)
    return typeof image !== 'string' || !image.includes('@sha256:')
  }
  const moves = (image: number): boolean => {
    const { resource } = graph.node(image)
    return resource === undefined || table.get(resource).properties['ImageTagMutability'] !== 'IMMUTABLE'
  }
  return {
    out: (workload: number, movable: boolean): readonly Link[] => graph.out(workload, 'runs image').filter((link) => isTag(workload, link) && (!movable || moves(link.node))),
    in: (image: number, movable: boolean): readonly Link[] =>
      (movable && !moves(image) ? [] : graph.in(image, 'runs image').filter((link) => isTag(link.node, link))),
  }
}
