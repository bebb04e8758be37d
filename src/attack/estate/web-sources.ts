import { placesAt, valueAt } from '../../core/pointer.ts'
import type { Estate } from '../../graph/estate.ts'
import type { Link } from '../scene.ts'
import type { Nodes } from './nodes.ts'

const pointer = 'DataSourceConfiguration/WebConfiguration/SourceConfiguration/UrlConfiguration/SeedUrls'

/** Places on the web that a knowledge base crawls: what stands there is anybody's to write. */
export const makeWebSources = (estate: Estate, nodes: Nodes) => {
  const outward = new Map<number, Link[]>()
  const inward = new Map<number, Link[]>()
  for (const source of estate.ofType('AWS::Bedrock::DataSource')) {
    const { properties, id } = estate.resource(source)
    if (valueAt(properties, 'DataSourceConfiguration/Type') !== 'WEB') continue
    const [seed] = placesAt(properties, `${pointer}/*/Url`).map(({ value }) => String(value))
    const node = nodes.add({ id: `web/${seed ?? id}`, name: seed ?? 'the web', type: 'web' })
    outward.set(source, [{ node, pointer }])
    inward.set(node, [...inward.get(node) ?? [], { node: source, pointer }, ...estate.graph.out(source, 'part of')])
  }
  return { out: (node: number) => outward.get(node) ?? [], in: (node: number) => inward.get(node) ?? [] }
}
