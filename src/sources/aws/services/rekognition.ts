import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'rekognition',
  prefix: 'rekognition',
  scope: 'region',
  client: () => import('@aws-sdk/client-rekognition'),
  resources: [
    { type: 'AWS::Rekognition::Collection', list: call('ListCollections'), items: 'CollectionIds', arn: 'arn:{partition}:rekognition:{region}:{account}:collection/{$}', name: '$', rename: { $: 'CollectionId' }, tags: call('ListTagsForResource', { ResourceArn: 'CollectionARN' }), describe: call('DescribeCollection', { CollectionId: '$' }) },
    { type: 'AWS::Rekognition::StreamProcessor', list: call('ListStreamProcessors'), items: 'StreamProcessors', describe: call('DescribeStreamProcessor', 'Name'), arn: 'StreamProcessorArn', name: 'Name', tags: call('ListTagsForResource', { ResourceArn: 'StreamProcessorArn' }) },
    {
      type: 'AWS::Rekognition::Project', list: call('DescribeProjects'), items: 'ProjectDescriptions', arn: 'ProjectArn', derive: ({ ProjectArn }) => ({ ProjectName: String(ProjectArn).split('/')[1] }),
      with: [{ type: 'AWS::Rekognition::Dataset', items: 'Datasets', arn: 'DatasetArn', name: 'DatasetArn', createdAt: 'CreationTimestamp' }],
      children: [
        { type: 'AWS::Rekognition::ProjectVersion', list: call('DescribeProjectVersions', { ProjectArn: '$parent/ProjectArn' }), items: 'ProjectVersionDescriptions', arn: 'ProjectVersionArn', name: 'ProjectVersionArn', createdAt: 'CreationTimestamp' },
        { type: 'AWS::Rekognition::ProjectPolicy', list: call('ListProjectPolicies', { ProjectArn: '$parent/ProjectArn' }), items: 'ProjectPolicies', id: ['ProjectArn', 'PolicyName'], name: 'PolicyName' },
      ],
    },
    { type: 'AWS::Rekognition::MediaAnalysisJob', list: call('ListMediaAnalysisJobs'), items: 'MediaAnalysisJobs', id: ['JobId'], name: 'JobName' },
  ],
})
