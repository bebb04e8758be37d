import { call, defineCollector } from '../collector.ts'

/** CloudFormation gives the time as a pair of seconds and nanoseconds. */
const seconds = (time: unknown) => (time instanceof Date ? { Seconds: String(Math.floor(time.getTime() / 1000)), Nanos: time.getTime() % 1000 * 1e6 } : undefined)

const store = { DatastoreId: '$parent/DatastoreId' }

export default defineCollector({
  id: 'healthlake',
  prefix: 'healthlake',
  scope: 'region',
  client: () => import('@aws-sdk/client-healthlake'),
  page: { MaxResults: 100 },
  resources: [{
    type: 'AWS::HealthLake::FHIRDatastore', list: call('ListFHIRDatastores'), items: 'DatastorePropertiesList', arn: 'DatastoreArn', name: 'DatastoreName', createdAt: 'created', derive: ({ CreatedAt }) => ({ CreatedAt: seconds(CreatedAt), created: CreatedAt }), tags: call('ListTagsForResource', { ResourceARN: 'DatastoreArn' }),
    children: [
      { type: 'AWS::HealthLake::FHIRImportJob', list: call('ListFHIRImportJobs', store), items: 'ImportJobPropertiesList', id: ['JobId'], name: 'JobName', createdAt: 'SubmitTime' },
      { type: 'AWS::HealthLake::FHIRExportJob', list: call('ListFHIRExportJobs', store), items: 'ExportJobPropertiesList', id: ['JobId'], name: 'JobName', createdAt: 'SubmitTime' },
    ],
  }],
})
