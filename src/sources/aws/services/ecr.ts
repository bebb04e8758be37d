import { aiInImage, aiProperties } from '../../ai-use.ts'
import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'ecr',
  prefix: 'ecr',
  scope: 'region',
  client: () => import('@aws-sdk/client-ecr'),
  page: { maxResults: 1000 },
  resources: [
    {
      type: 'AWS::ECR::Repository', list: call('DescribeRepositories'), items: 'repositories', arn: 'repositoryArn', name: 'repositoryName', rename: { repositoryArn: 'Arn' },
      more: [call('GetRepositoryPolicy', 'repositoryName', { at: 'policyText', as: 'RepositoryPolicyText' })],
      tags: call('ListTagsForResource', { resourceArn: 'repositoryArn' }, { at: 'tags' }),
      derive: ({ repositoryName }) => aiProperties(aiInImage(String(repositoryName))),
      children: [{
        type: 'AWS::ECR::ImageDetail', list: call('DescribeImages', { repositoryName: '$parent/repositoryName' }, { with: { maxResults: 1000 } }), items: 'imageDetails', id: ['repositoryName', 'imageDigest'], name: 'imageDigest', createdAt: 'imagePushedAt', lastUsedAt: 'lastRecordedPullTime',
      }],
    },
    { type: 'AWS::ECR::RegistryScanningConfiguration', describe: call('GetRegistryScanningConfiguration', {}, { at: 'scanningConfiguration' }) },
  ],
})
