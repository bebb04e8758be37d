import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'lakeformation',
  prefix: 'lakeformation',
  scope: 'region',
  client: () => import('@aws-sdk/client-lakeformation'),
  page: { MaxResults: 100 },
  resources: [
    { type: 'AWS::LakeFormation::DataLakeSettings', describe: call('GetDataLakeSettings', {}, { at: 'DataLakeSettings' }), rename: { DataLakeAdmins: 'Admins' } },
    {
      type: 'AWS::LakeFormation::PrincipalPermissions', list: call('ListPermissions'), items: 'PrincipalResourcePermissions', id: ['Principal/DataLakePrincipalIdentifier', 'resource'], name: 'Principal/DataLakePrincipalIdentifier',
      derive: ({ Principal, Resource, PermissionsWithGrantOption = [] }) => ({
        resource: JSON.stringify(Resource), PrincipalIdentifier: (Principal as { DataLakePrincipalIdentifier?: string } | undefined)?.DataLakePrincipalIdentifier, ResourceIdentifier: JSON.stringify(Resource), PermissionsWithGrantOption,
      }),
    },
    { type: 'AWS::LakeFormation::Resource', list: call('ListResources'), items: 'ResourceInfoList', id: ['ResourceArn'], name: 'ResourceArn', derive: ({ RoleArn }) => ({ UseServiceLinkedRole: String(RoleArn).includes(':role/aws-service-role/') }) },
  ],
})
