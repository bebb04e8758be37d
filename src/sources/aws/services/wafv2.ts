import { call, defineCollector } from '../collector.ts'
import type { Item, Row } from '../collector.ts'

const client = () => import('@aws-sdk/client-wafv2')

/** Rule sets of one scope; those of CloudFront live in us-east-1 alone, and each distribution names its own. */
const webAcls = (scope: 'REGIONAL' | 'CLOUDFRONT', rest: Partial<Row>): Row => ({
  type: 'AWS::WAFv2::WebACL', list: call('ListWebACLs', {}, { with: { Scope: scope } }), items: 'WebACLs', describe: call('GetWebACL', ['Name', 'Id'], { with: { Scope: scope }, at: 'WebACL' }), arn: 'ARN', name: 'Name',
  rename: { ARN: 'Arn' }, derive: () => ({ Scope: scope }), ...rest,
})

const tags = call('ListTagsForResource', { ResourceARN: '$arn' }, { at: 'TagInfoForResource/TagList' })

const guarded = ['APPLICATION_LOAD_BALANCER', 'API_GATEWAY', 'APPSYNC', 'COGNITO_USER_POOL', 'APP_RUNNER_SERVICE']

export default [
  defineCollector({
    id: 'wafv2',
    prefix: 'wafv2',
    scope: 'region',
    client,
    page: { Limit: 100 },
    token: { NextMarker: 'NextMarker' },
    tags,
    resources: [webAcls('REGIONAL', {
      more: guarded.map((kind) => call('ListResourcesForWebACL', { WebACLArn: 'ARN' }, { with: { ResourceType: kind }, at: 'ResourceArns', as: `guards ${kind}` })),
      with: guarded.map((kind) => ({
        type: 'AWS::WAFv2::WebACLAssociation', items: `guards ${kind}`, id: ['$', '$parent/ARN'], name: '$', derive: ({ $, $parent }: Item) => ({ ResourceArn: $, WebACLArn: ($parent as { ARN?: string }).ARN }),
      })),
    })],
  }),
  defineCollector({
    id: 'wafv2-cloudfront',
    prefix: 'wafv2',
    scope: 'global',
    client,
    page: { Limit: 100 },
    token: { NextMarker: 'NextMarker' },
    tags,
    resources: [webAcls('CLOUDFRONT', {})],
  }),
]
