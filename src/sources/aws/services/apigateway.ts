import { call, defineCollector } from '../collector.ts'
import type { Item } from '../collector.ts'

const api = { restApiId: '$parent/id' }
const restApi = ({ $parent }: Item): Item => ({ RestApiId: ($parent as { id?: string }).id })

/** The root of an API is part of nothing. */
const path = (item: Item): Item => ({ ...restApi(item), parentId: item['parentId'] ?? '', pathPart: item['pathPart'] ?? '' })

/** Settings of methods are a map by path and method: `*\/*`, `~1chat/POST`. */
const stage = (item: Item): Item => ({
  ...restApi(item),
  methodSettings: Object.entries((item['methodSettings'] ?? {}) as Readonly<Record<string, Item>>).map(([key, settings]) => {
    const at = key.lastIndexOf('/')
    return { ...settings, resourcePath: `/${key.slice(0, at).replaceAll('~1', '/').replace(/^\//, '')}`, httpMethod: key.slice(at + 1) }
  }),
})

/** API Gateway gives the policy with its quotes escaped. */
const unescaped = (policy: unknown): unknown => (typeof policy === 'string' ? policy.replaceAll('\\"', '"') : policy)

const methodOf = ({ resourceMethods }: Item, name: string): Item => {
  const { methodResponses, methodIntegration, ...rest } = (resourceMethods as Readonly<Record<string, Item>>)[name]!
  const { integrationResponses, ...integration } = (methodIntegration ?? {}) as Item
  return {
    ...rest, methodResponses: listed(methodResponses),
    ...(methodIntegration === undefined ? {} : { methodIntegration: { ...integration, integrationResponses: listed(integrationResponses) } }),
  }
}

/** Responses are a map by status, whose values say the status again. */
const listed = (responses: unknown): unknown[] | undefined => (responses === undefined ? undefined : Object.values(responses as Item))

export default [
  defineCollector({
    id: 'apigateway',
    prefix: 'apigateway',
    scope: 'region',
    client: () => import('@aws-sdk/client-api-gateway'),
    page: { limit: 500 },
    resources: [{
      type: 'AWS::ApiGateway::RestApi', list: call('GetRestApis'), items: 'items', arn: 'arn:{partition}:apigateway:{region}::/restapis/{id}', name: 'name', rename: { id: 'RestApiId', apiKeySource: 'ApiKeySourceType' }, createdAt: 'createdDate',
      derive: ({ policy }) => (policy === undefined ? {} : { policy: unescaped(policy) }),
      children: [
        { type: 'AWS::ApiGateway::Stage', list: call('GetStages', api), items: 'item', arn: 'arn:{partition}:apigateway:{region}::/restapis/{$parent/id}/stages/{stageName}', name: 'stageName', derive: stage, rename: { accessLogSettings: 'AccessLogSetting', canarySettings: 'CanarySetting' } },
        { type: 'AWS::ApiGateway::Authorizer', list: call('GetAuthorizers', api), items: 'items', id: ['$parent/id', 'id'], name: 'name', rename: { id: 'AuthorizerId' }, derive: restApi },
        {
          type: 'AWS::ApiGateway::Resource', list: call('GetResources', api, { with: { embed: ['methods'] } }), items: 'items', id: ['$parent/id', 'id'], name: 'path', rename: { id: 'ResourceId' },
          derive: path,
          with: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'ANY'].map((method) => ({
            type: 'AWS::ApiGateway::Method', when: ({ resourceMethods }: Item) => (resourceMethods as Item | undefined)?.[method] !== undefined, id: ['$parent/id', 'id', 'method'], name: 'method', rename: { methodIntegration: 'Integration', id: 'ResourceId' },
            derive: (item: Item) => ({ ...restApi(item), method, ...methodOf(item, method), httpMethod: method }),
          })),
        },
      ],
    }],
  }),
  defineCollector({
    id: 'apigatewayv2',
    prefix: 'apigateway',
    scope: 'region',
    client: () => import('@aws-sdk/client-apigatewayv2'),
    page: { MaxResults: '500' },
    resources: [{
      type: 'AWS::ApiGatewayV2::Api', list: call('GetApis'), items: 'Items', arn: 'arn:{partition}:apigateway:{region}::/apis/{ApiId}', name: 'Name', createdAt: 'CreatedDate',
      children: (['Route', 'Stage', 'Integration', 'Authorizer'] as const).map((kind) => ({
        type: `AWS::ApiGatewayV2::${kind}`, list: call(`Get${kind}s`, { ApiId: '$parent/ApiId' }), items: 'Items', id: ['$parent/ApiId', kind === 'Stage' ? 'StageName' : `${kind}Id`],
        name: { Route: 'RouteKey', Stage: 'StageName', Integration: 'IntegrationId', Authorizer: 'Name' }[kind], derive: ({ $parent, RequestParameters }: Item) => ({ ApiId: ($parent as Item)['ApiId'], ...(kind === 'Route' ? { RequestParameters: Object.values((RequestParameters ?? {}) as Item) } : {}) }),
      })),
    }],
  }),
]
