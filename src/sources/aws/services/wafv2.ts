import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'wafv2',
  prefix: 'wafv2',
  scope: 'region',
  client: () => import('@aws-sdk/client-wafv2'),
  page: { Limit: 100 },
  token: { NextMarker: 'NextMarker' },
  resources: [{
    type: 'AWS::WAFv2::WebACL', list: call('ListWebACLs', {}, { with: { Scope: 'REGIONAL' } }), items: 'WebACLs', describe: call('GetWebACL', ['Name', 'Id'], { with: { Scope: 'REGIONAL' }, at: 'WebACL' }), arn: 'ARN', name: 'Name',
    rename: { ARN: 'Arn' }, derive: () => ({ Scope: 'REGIONAL' }),
    more: ['APPLICATION_LOAD_BALANCER', 'API_GATEWAY', 'APPSYNC'].map((kind) => call('ListResourcesForWebACL', { WebACLArn: 'ARN' }, { with: { ResourceType: kind }, at: 'ResourceArns', as: `guards ${kind}` })),
    with: ['APPLICATION_LOAD_BALANCER', 'API_GATEWAY', 'APPSYNC'].map((kind) => ({
      type: 'AWS::WAFv2::WebACLAssociation', items: `guards ${kind}`, id: ['$', '$parent/ARN'], name: '$', derive: ({ $, $parent }) => ({ ResourceArn: $, WebACLArn: ($parent as { ARN?: string }).ARN }),
    })),
  }],
})
