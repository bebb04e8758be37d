import type { ResourceTypes } from '../../model/types.gen.ts'
import { defineCheck } from '../check.ts'
import type { Given } from '../check.ts'
import { filesOfAi, isUsed } from '../families/ai-use.ts'
import { ACCOUNT, REGION } from '../families/examples.ts'
import { isCustomerKey } from '../families/customer-key.ts'
import { KEY, ROLE } from '../families/values.ts'

const mounts = (FileSystemId: string): Given => ({
  type: 'AWS::SageMaker::TrainingJob', id: `arn:aws:sagemaker:${REGION}:${ACCOUNT}:training-job/churn`,
  properties: { TrainingJobName: 'churn', RoleArn: ROLE, InputDataConfig: [{ ChannelName: 'train', DataSource: { FileSystemDataSource: { FileSystemId, FileSystemType: 'EFS', DirectoryPath: '/train' } } }] },
})
const shared = {
  id: 'ai-filesystem-insecure', risk: 'insufficient-encryption', severity: 'medium',
  why: 'Training data on the file system is encrypted with no key of yours, or not at all.',
} as const
const files: ResourceTypes['AWS::EFS::FileSystem'] = { FileSystemId: 'fs-0a1b2c3d4e5f60718' }

export default [
  defineCheck({
    ...shared, on: 'AWS::EFS::FileSystem',
    title: 'A file system that training reads has no customer managed key',
    fix: { text: 'Copy the data to a file system that is encrypted with a customer managed key; encryption is chosen when one is made.' },
    also: [
      'prowler:efs_encryption_at_rest_enabled', 'prowler:efs_not_publicly_accessible', 'checkov:CKV_AWS_184',
      'checkov:CKV_AWS_190'
    ],
    when: (_files, estate) => isUsed(estate, filesOfAi),
    requires: (found) => found.Encrypted === true && isCustomerKey(found.KmsKeyId),
    fails: [{ ...files, Encrypted: false, given: [mounts('fs-0a1b2c3d4e5f60718')] }, { ...files, Encrypted: true, given: [mounts('fs-0a1b2c3d4e5f60718')] }],
    passes: [{ ...files, Encrypted: true, KmsKeyId: KEY, given: [mounts('fs-0a1b2c3d4e5f60718')] }],
  }),
  defineCheck({
    ...shared, on: 'AWS::FSx::FileSystem',
    title: 'A file system that training reads has no customer managed key',
    fix: { text: 'Copy the data to a file system that is encrypted with a customer managed key; encryption is chosen when one is made.' },
    also: ['checkov:CKV_AWS_190'],
    when: (_files, estate) => isUsed(estate, filesOfAi),
    requires: (found) => isCustomerKey(found.KmsKeyId),
    fails: [{ Id: 'fs-0f1e2d3c4b5a69788', FileSystemType: 'LUSTRE', SubnetIds: ['subnet-0a1b2c3d4e5f60718'], given: [mounts('fs-0f1e2d3c4b5a69788')] }],
    passes: [{ Id: 'fs-0f1e2d3c4b5a69788', FileSystemType: 'LUSTRE', SubnetIds: ['subnet-0a1b2c3d4e5f60718'], KmsKeyId: KEY, given: [mounts('fs-0f1e2d3c4b5a69788')] }],
  }),
]
