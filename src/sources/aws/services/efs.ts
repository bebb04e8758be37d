import { call, defineCollector } from '../collector.ts'
import type { Item } from '../collector.ts'

/** What CloudFormation calls tags and protection of a file system. */
const shaped = ({ Tags, FileSystemProtection, Name }: Item): Item => ({ FileSystemTags: Tags, FileSystemProtection, Name })

export default defineCollector({
  id: 'efs',
  prefix: 'elasticfilesystem',
  scope: 'region',
  client: () => import('@aws-sdk/client-efs'),
  page: { MaxItems: 100 },
  // answers repeat the marker that was asked for
  token: { NextMarker: 'Marker', NextToken: 'NextToken' },
  resources: [
    {
      type: 'AWS::EFS::FileSystem', list: call('DescribeFileSystems'), items: 'FileSystems', arn: 'FileSystemArn', name: 'FileSystemId', rename: { FileSystemArn: 'Arn' }, derive: shaped,
      more: [call('DescribeFileSystemPolicy', 'FileSystemId', { at: 'Policy', as: 'FileSystemPolicy' })],
    },
    { type: 'AWS::EFS::AccessPoint', list: call('DescribeAccessPoints', {}, { with: { MaxResults: 100 } }), items: 'AccessPoints', arn: 'AccessPointArn', name: 'AccessPointId', rename: { AccessPointArn: 'Arn' } },
  ],
})
