import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'lakeformation',
  prefix: 'lakeformation',
  scope: 'region',
  client: () => import('@aws-sdk/client-lakeformation'),
  page: { MaxResults: 100 },
  resources: [
    { type: 'AWS::LakeFormation::DataLakeSettings', describe: call('GetDataLakeSettings', {}, { at: 'DataLakeSettings' }), rename: { DataLakeAdmins: 'Admins' } },
    { type: 'AWS::LakeFormation::Resource', list: call('ListResources'), items: 'ResourceInfoList', id: ['ResourceArn'], name: 'ResourceArn' },
  ],
})
