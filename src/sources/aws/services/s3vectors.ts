import { call, defineCollector } from '../collector.ts'

const bucket = { vectorBucketName: '$parent/vectorBucketName' }

export default defineCollector({
  id: 's3vectors',
  prefix: 's3vectors',
  scope: 'region',
  client: () => import('@aws-sdk/client-s3vectors'),
  page: { maxResults: 500 },
  tags: call('ListTagsForResource', { resourceArn: '$arn' }, { at: 'tags' }),
  resources: [{
    type: 'AWS::S3Vectors::VectorBucket', list: call('ListVectorBuckets'), items: 'vectorBuckets', describe: call('GetVectorBucket', 'vectorBucketName', { at: 'vectorBucket' }), arn: 'vectorBucketArn', name: 'vectorBucketName',
    more: [call('GetVectorBucketPolicy', 'vectorBucketName', { at: 'policy', as: 'policy' })],
    with: [{
      type: 'AWS::S3Vectors::VectorBucketPolicy', when: ({ policy }) => policy !== undefined, id: ['vectorBucketName'], name: 'vectorBucketName',
    }],
    children: [{
      type: 'AWS::S3Vectors::Index', list: call('ListIndexes', bucket, { with: { maxResults: 500 } }), items: 'indexes', describe: call('GetIndex', { ...bucket, indexName: 'indexName' }, { at: 'index' }), arn: 'indexArn', name: 'indexName',
    }],
  }],
})
