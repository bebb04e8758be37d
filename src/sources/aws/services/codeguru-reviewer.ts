import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'codeguru-reviewer',
  prefix: 'codeguru-reviewer',
  scope: 'region',
  client: () => import('@aws-sdk/client-codeguru-reviewer'),
  page: { MaxResults: 100 },
  tags: call('ListTagsForResource', { resourceArn: '$arn' }),
  resources: [
    { type: 'AWS::CodeGuruReviewer::RepositoryAssociation', list: call('ListRepositoryAssociations'), items: 'RepositoryAssociationSummaries', arn: 'AssociationArn', name: 'Name', rename: { ProviderType: 'Type' } },
    { type: 'AWS::CodeGuruReviewer::CodeReview', list: call('ListCodeReviews', {}, { with: { Type: 'RepositoryAnalysis' } }), items: 'CodeReviewSummaries', arn: 'CodeReviewArn', name: 'Name' },
  ],
})
