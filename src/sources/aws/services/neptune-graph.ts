import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'neptune-graph',
  prefix: 'neptune-graph',
  scope: 'region',
  client: () => import('@aws-sdk/client-neptune-graph'),
  page: { maxResults: 100 },
  tags: call('ListTagsForResource', { resourceArn: '$arn' }, { at: 'tags' }),
  resources: [
    { type: 'AWS::NeptuneGraph::Graph', list: call('ListGraphs'), items: 'graphs', describe: call('GetGraph', { graphIdentifier: 'id' }), arn: 'arn', name: 'name', rename: { arn: 'GraphArn', id: 'GraphId', name: 'GraphName', 'vectorSearchConfiguration/dimension': 'VectorSearchDimension' } },
    { type: 'AWS::NeptuneGraph::GraphSnapshot', list: call('ListGraphSnapshots'), items: 'graphSnapshots', arn: 'arn', name: 'name', rename: { sourceGraphId: 'GraphIdentifier', name: 'SnapshotName' } },
  ],
})
