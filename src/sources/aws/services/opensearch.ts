import { call, defineCollector } from '../collector.ts'
import type { Row } from '../collector.ts'

const policy = (kind: string, type: string, list: string, items: string, get: string, detail: string): Row => ({
  type: `AWS::OpenSearchServerless::${kind}`, list: call(list, {}, { with: { type } }), items, describe: call(get, 'name', { with: { type }, at: detail }), id: ['type', 'name'], name: 'name',
})

export default [
  defineCollector({
    id: 'opensearch',
    prefix: 'es',
    scope: 'region',
    client: () => import('@aws-sdk/client-opensearch'),
    resources: [{
      type: 'AWS::OpenSearchService::Domain', list: call('ListDomainNames'), items: 'DomainNames',
      describeMany: { operation: 'DescribeDomains', member: 'DomainNames', from: 'DomainName', items: 'DomainStatusList', size: 5, permission: 'es:DescribeDomains' },
      arn: 'ARN', name: 'DomainName', rename: { ARN: 'Arn', DomainId: 'Id', Endpoint: 'DomainEndpoint', Endpoints: 'DomainEndpoints' }, derive: ({ ARN }) => ({ DomainArn: ARN }), tags: call('ListTags', 'ARN', { at: 'TagList' }),
    }],
  }),
  defineCollector({
    id: 'opensearchserverless',
    prefix: 'aoss',
    scope: 'region',
    client: () => import('@aws-sdk/client-opensearchserverless'),
    page: { maxResults: 100 },
    resources: [
      {
        type: 'AWS::OpenSearchServerless::Collection', list: call('ListCollections'), items: 'collectionSummaries',
        describeMany: { operation: 'BatchGetCollection', member: 'ids', from: 'id', items: 'collectionDetails', size: 100 }, arn: 'arn', name: 'name', createdAt: 'createdDate',
        derive: ({ kmsKeyArn }) => (kmsKeyArn === undefined || kmsKeyArn === 'auto' ? {} : { encryptionConfig: { kmsKeyArn } }),
        tags: call('ListTagsForResource', { resourceArn: 'arn' }, { at: 'tags' }),
      },
      policy('SecurityPolicy', 'encryption', 'ListSecurityPolicies', 'securityPolicySummaries', 'GetSecurityPolicy', 'securityPolicyDetail'),
      policy('SecurityPolicy', 'network', 'ListSecurityPolicies', 'securityPolicySummaries', 'GetSecurityPolicy', 'securityPolicyDetail'),
      policy('AccessPolicy', 'data', 'ListAccessPolicies', 'accessPolicySummaries', 'GetAccessPolicy', 'accessPolicyDetail'),
      {
        type: 'AWS::OpenSearchServerless::VpcEndpoint', list: call('ListVpcEndpoints'), items: 'vpcEndpointSummaries',
        describeMany: { operation: 'BatchGetVpcEndpoint', member: 'ids', from: 'id', items: 'vpcEndpointDetails', size: 100 }, id: ['id'], name: 'name',
      },
      ...['saml', 'iamidentitycenter', 'iamfederation'].map((type): Row => ({
        type: 'AWS::OpenSearchServerless::SecurityConfig', list: call('ListSecurityConfigs', {}, { with: { type } }), items: 'securityConfigSummaries', describe: call('GetSecurityConfig', 'id', { at: 'securityConfigDetail' }), id: ['id'], name: 'id',
      })),
    ],
  }),
]
