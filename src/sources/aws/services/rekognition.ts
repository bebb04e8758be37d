import { call, defineCollector } from '../collector.ts'
import type { Item } from '../collector.ts'

/** CloudFormation has beside each other what the API nests by direction and use. */
const streams = ({ Input, Output, NotificationChannel, Settings }: Item): Item => {
  const { KinesisVideoStream } = (Input ?? {}) as Item
  const { KinesisDataStream, S3Destination } = (Output ?? {}) as { KinesisDataStream?: Item, S3Destination?: { Bucket?: string, KeyPrefix?: string } }
  const { FaceSearch, ConnectedHome } = (Settings ?? {}) as Item
  return {
    KinesisVideoStream, KinesisDataStream,
    S3Destination: S3Destination === undefined ? undefined : { BucketName: S3Destination.Bucket, ObjectKeyPrefix: S3Destination.KeyPrefix },
    NotificationChannel: NotificationChannel === undefined ? undefined : { Arn: (NotificationChannel as Item)['SNSTopicArn'] },
    FaceSearchSettings: FaceSearch, ConnectedHomeSettings: ConnectedHome,
  }
}

export default defineCollector({
  id: 'rekognition',
  prefix: 'rekognition',
  scope: 'region',
  client: () => import('@aws-sdk/client-rekognition'),
  tags: call('ListTagsForResource', { ResourceArn: '$arn' }),
  resources: [
    { type: 'AWS::Rekognition::Collection', list: call('ListCollections'), items: 'CollectionIds', arn: 'arn:{partition}:rekognition:{region}:{account}:collection/{$}', name: '$', rename: { $: 'CollectionId', CollectionARN: 'Arn' }, tags: call('ListTagsForResource', { ResourceArn: 'CollectionARN' }), describe: call('DescribeCollection', { CollectionId: '$' }) },
    { type: 'AWS::Rekognition::StreamProcessor', list: call('ListStreamProcessors'), items: 'StreamProcessors', describe: call('DescribeStreamProcessor', 'Name'), arn: 'StreamProcessorArn', name: 'Name', rename: { StreamProcessorArn: 'Arn' }, derive: streams, tags: call('ListTagsForResource', { ResourceArn: 'StreamProcessorArn' }) },
    {
      type: 'AWS::Rekognition::Project', list: call('DescribeProjects'), items: 'ProjectDescriptions', arn: 'ProjectArn', rename: { ProjectArn: 'Arn' }, derive: ({ ProjectArn }) => ({ ProjectName: String(ProjectArn).split('/')[1] }),
      with: [{ type: 'AWS::Rekognition::Dataset', items: 'Datasets', arn: 'DatasetArn', name: 'DatasetArn', createdAt: 'CreationTimestamp', derive: ({ $parent }) => ({ ProjectArn: ($parent as Item)['ProjectArn'] }) }],
      children: [
        { type: 'AWS::Rekognition::ProjectVersion', list: call('DescribeProjectVersions', { ProjectArn: '$parent/ProjectArn' }), items: 'ProjectVersionDescriptions', arn: 'ProjectVersionArn', name: 'ProjectVersionArn', createdAt: 'CreationTimestamp' },
        { type: 'AWS::Rekognition::ProjectPolicy', list: call('ListProjectPolicies', { ProjectArn: '$parent/ProjectArn' }), items: 'ProjectPolicies', id: ['ProjectArn', 'PolicyName'], name: 'PolicyName' },
      ],
    },
    { type: 'AWS::Rekognition::MediaAnalysisJob', list: call('ListMediaAnalysisJobs'), items: 'MediaAnalysisJobs', id: ['JobId'], name: 'JobName' },
  ],
})
