import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'cloudfront',
  prefix: 'cloudfront',
  scope: 'global',
  client: () => import('@aws-sdk/client-cloudfront'),
  resources: [{
    type: 'AWS::CloudFront::Distribution', list: call('ListDistributions'), items: 'DistributionList/Items', arn: 'ARN', name: 'DomainName',
    derive: (distribution) => ({ DistributionConfig: { ...distribution } }),
  }],
})
