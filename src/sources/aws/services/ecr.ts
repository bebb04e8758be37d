import { readImageCode } from '../code/images.ts'
import { call, defineCollector } from '../collector.ts'
import type { Item } from '../collector.ts'

/** What scanning found in an image, once for each tag that people know it by. */
const scans = ({ repositoryName, imageDigest, imageTags, imageScanStatus, imageScanFindingsSummary }: Item): Item[] => {
  if (imageScanFindingsSummary === undefined && imageScanStatus === undefined) return []
  const tags = (imageTags ?? []) as string[]
  return (tags.length === 0 ? [undefined] : tags).map((imageTag) => ({
    Id: `${String(repositoryName)}${imageTag === undefined ? `@${String(imageDigest)}` : `:${imageTag}`}`, repositoryName, imageDigest,
    imageId: { imageDigest, imageTag }, imageScanStatus, imageScanFindings: imageScanFindingsSummary,
  }))
}

export default defineCollector({
  id: 'ecr',
  prefix: 'ecr',
  scope: 'region',
  client: () => import('@aws-sdk/client-ecr'),
  page: { maxResults: 1000 },
  resources: [
    {
      type: 'AWS::ECR::Repository', list: call('DescribeRepositories'), items: 'repositories', arn: 'repositoryArn', name: 'repositoryName', rename: {
        repositoryArn: 'Arn', 'imageTagMutabilityExclusionFilters/*/filterType': 'ImageTagMutabilityExclusionFilterType', 'imageTagMutabilityExclusionFilters/*/filter': 'ImageTagMutabilityExclusionFilterValue',
      },
      more: [call('GetRepositoryPolicy', 'repositoryName', { at: 'policyText', as: 'RepositoryPolicyText' })],
      tags: call('ListTagsForResource', { resourceArn: 'repositoryArn' }, { at: 'tags' }),
      code: { permissions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], read: readImageCode },
      children: [{
        type: 'AWS::ECR::ImageDetail', list: call('DescribeImages', { repositoryName: '$parent/repositoryName' }, { with: { maxResults: 1000 } }), items: 'imageDetails', id: ['repositoryName', 'imageDigest'], name: 'imageDigest', createdAt: 'imagePushedAt', lastUsedAt: 'lastRecordedPullTime',
        with: [{ type: 'AWS::ECR::ImageScanFindings', items: scans, id: ['repositoryName', 'imageDigest', 'imageId/imageTag'], name: 'Id' }],
      }],
    },
    { type: 'AWS::ECR::RegistryScanningConfiguration', describe: call('GetRegistryScanningConfiguration', {}, { at: 'scanningConfiguration' }), derive: (_, { account }) => ({ RegistryId: account }) },
  ],
})
