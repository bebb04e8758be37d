import { storedCode } from '../code/stored.ts'
import { call, defineCollector } from '../collector.ts'
import type { Item } from '../collector.ts'

/** CloudFormation nests what a catalogue object is made from. */
const nested = (input: string) => (item: Item, { account }: { account: string }): Item => ({ CatalogId: item['CatalogId'] ?? account, [input]: { ...item, $parent: undefined }, DatabaseName: item['DatabaseName'] ?? item['Name'] })

/** The script of a job, and the packages that go with it. */
const jobCode = ({ Command, DefaultArguments }: Item): unknown[] => [
  (Command as { ScriptLocation?: string } | undefined)?.ScriptLocation,
  ...String((DefaultArguments as Item | undefined)?.['--extra-py-files'] ?? '').split(','),
]

export default defineCollector({
  id: 'glue',
  prefix: 'glue',
  scope: 'region',
  client: () => import('@aws-sdk/client-glue'),
  page: { MaxResults: 100 },
  tags: call('GetTags', { ResourceArn: '$arn' }),
  resources: [
    {
      type: 'AWS::Glue::Database', list: call('GetDatabases'), items: 'DatabaseList', arn: 'arn:{partition}:glue:{region}:{account}:database/{Name}', name: 'Name', derive: nested('DatabaseInput'),
      children: [{
        type: 'AWS::Glue::Table', list: call('GetTables', { DatabaseName: '$parent/Name' }), items: 'TableList', arn: 'arn:{partition}:glue:{region}:{account}:table/{DatabaseName}/{Name}', name: 'Name', derive: nested('TableInput'), createdAt: 'CreateTime', lastUsedAt: 'LastAccessTime',
      }],
    },
    { type: 'AWS::Glue::Job', list: call('GetJobs'), items: 'Jobs', arn: 'arn:{partition}:glue:{region}:{account}:job/{Name}', name: 'Name', createdAt: 'CreatedOn', code: storedCode(jobCode) },
    { type: 'AWS::Glue::Crawler', list: call('GetCrawlers'), items: 'Crawlers', arn: 'arn:{partition}:glue:{region}:{account}:crawler/{Name}', name: 'Name' },
    { type: 'AWS::Glue::Connection', list: call('GetConnections', {}, { with: { HidePassword: true } }), items: 'ConnectionList', arn: 'arn:{partition}:glue:{region}:{account}:connection/{Name}', name: 'Name', derive: nested('ConnectionInput') },
    { type: 'AWS::Glue::DevEndpoint', list: call('GetDevEndpoints'), items: 'DevEndpoints', arn: 'arn:{partition}:glue:{region}:{account}:devEndpoint/{EndpointName}', name: 'EndpointName' },
    {
      type: 'AWS::Glue::MLTransform', list: call('GetMLTransforms'), items: 'Transforms', arn: 'arn:{partition}:glue:{region}:{account}:mlTransform/{TransformId}', name: 'Name', rename: { Parameters: 'TransformParameters' },
      derive: ({ InputRecordTables }) => ({ InputRecordTables: { GlueTables: InputRecordTables } }),
    },
    { type: 'AWS::Glue::SecurityConfiguration', list: call('GetSecurityConfigurations'), items: 'SecurityConfigurations', id: ['Name'], name: 'Name', rename: { 'EncryptionConfiguration/S3Encryption': 'S3Encryptions' } },
    { type: 'AWS::Glue::DataCatalogEncryptionSettings', describe: call('GetDataCatalogEncryptionSettings'), rename: { 'DataCatalogEncryptionSettings/ConnectionPasswordEncryption/AwsKmsKeyId': 'KmsKeyId' }, derive: (_, { account }) => ({ CatalogId: account }) },
    { type: 'AWS::Glue::ResourcePolicy', describe: call('GetResourcePolicy') },
  ],
})
