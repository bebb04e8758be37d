import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'ram',
  prefix: 'ram',
  scope: 'region',
  client: () => import('@aws-sdk/client-ram'),
  page: { maxResults: 100 },
  resources: [{
    type: 'AWS::RAM::ResourceShare', list: call('GetResourceShares', {}, { with: { resourceOwner: 'SELF' } }), items: 'resourceShares', arn: 'resourceShareArn', name: 'name', rename: { resourceShareArn: 'Arn' }, keep: ({ status }) => status === 'ACTIVE',
    more: [
      call('ListResources', { resourceShareArns: 'resourceShareArn[]' }, { with: { resourceOwner: 'SELF' }, at: 'resources', as: 'resources', gives: ['ResourceArns'] }),
      call('ListPrincipals', { resourceShareArns: 'resourceShareArn[]' }, { with: { resourceOwner: 'SELF' }, at: 'principals', as: 'sharedWith', gives: ['Principals'] }),
    ],
    derive: ({ resources, sharedWith }) => ({
      ...(Array.isArray(resources) ? { ResourceArns: (resources as { arn?: string }[]).map(({ arn }) => arn) } : {}),
      ...(Array.isArray(sharedWith) ? { Principals: (sharedWith as { id?: string }[]).map(({ id }) => id) } : {}),
    }),
  }],
})
