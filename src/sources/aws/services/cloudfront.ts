import { call, defineCollector } from '../collector.ts'
import type { Item } from '../collector.ts'

interface Behavior extends Item { readonly AllowedMethods?: { readonly CachedMethods?: unknown } }

/** The API has the cached methods inside the allowed ones, and CloudFormation beside them. */
const behavior = (item: Behavior): Item => ({ ...item, CachedMethods: item.AllowedMethods?.CachedMethods })

const configuration = (config: Item): Item => {
  const { DefaultCacheBehavior, CacheBehaviors } = config as { DefaultCacheBehavior?: Behavior, CacheBehaviors?: { Items?: Behavior[] } }
  return { ...config, DefaultCacheBehavior: DefaultCacheBehavior === undefined ? undefined : behavior(DefaultCacheBehavior), CacheBehaviors: (CacheBehaviors?.Items ?? []).map(behavior) }
}

export default defineCollector({
  id: 'cloudfront',
  prefix: 'cloudfront',
  scope: 'global',
  client: () => import('@aws-sdk/client-cloudfront'),
  tags: call('ListTagsForResource', { Resource: '$arn' }, { at: 'Tags/Items' }),
  resources: [{
    type: 'AWS::CloudFront::Distribution', list: call('ListDistributions'), items: 'DistributionList/Items', describe: call('GetDistribution', 'Id', { at: 'Distribution' }), arn: 'ARN', name: 'DomainName',
    rename: {
      'DistributionConfig/IsIPV6Enabled': 'IPV6Enabled',
      'DistributionConfig/Restrictions/GeoRestriction/Items': 'Locations',
      'DistributionConfig/Origins/*/CustomHeaders': 'OriginCustomHeaders',
    },
    derive: ({ DistributionConfig }) => (DistributionConfig === undefined ? {} : { DistributionConfig: configuration(DistributionConfig as Item) }),
  }],
})
