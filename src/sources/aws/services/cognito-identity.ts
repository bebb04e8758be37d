import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'cognito-identity',
  prefix: 'cognito-identity',
  scope: 'region',
  client: () => import('@aws-sdk/client-cognito-identity'),
  resources: [{
    type: 'AWS::Cognito::IdentityPool', list: call('ListIdentityPools', {}, { with: { MaxResults: 60 } }), items: 'IdentityPools', describe: call('DescribeIdentityPool', 'IdentityPoolId'),
    arn: 'arn:{partition}:cognito-identity:{region}:{account}:identitypool/{IdentityPoolId}', name: 'IdentityPoolName', tags: 'IdentityPoolTags', rename: { IdentityPoolId: 'Id' },
    more: [call('GetIdentityPoolRoles', 'IdentityPoolId')],
    with: [{ type: 'AWS::Cognito::IdentityPoolRoleAttachment', when: ({ Roles }) => Roles !== undefined && Object.keys(Roles as object).length > 0, id: ['IdentityPoolId'], name: 'IdentityPoolName' }],
  }],
})
