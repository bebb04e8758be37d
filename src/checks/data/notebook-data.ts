import type { Found } from '../../graph/view.ts'
import { defineCheck } from '../check.ts'
import type { Given } from '../check.ts'
import { KEY, NETWORK, ROLE } from '../families/values.ts'

const notebook = (KmsKeyId: string) => ({ InstanceType: 'ml.t3.medium', RoleArn: ROLE, KmsKeyId })
const key = (KeyManager: 'AWS' | 'CUSTOMER'): Given => ({ type: 'AWS::KMS::Key', id: KEY, properties: { KeyManager } })
const domain = (SharingSettings: object) => ({ DomainName: 'science', AuthMode: 'IAM' as const, DefaultUserSettings: { ExecutionRole: ROLE, SharingSettings } })
const profile = (SharingSettings: object) => ({ DomainId: 'd-0123456789ab', UserProfileName: 'ada', UserSettings: { SharingSettings } })
const security = { EnableInterContainerTrafficEncryption: true, VolumeKmsKeyId: KEY, VpcConfig: NETWORK }
const features = (more: object) => ({
  FeatureGroupName: 'customers', RecordIdentifierFeatureName: 'id', EventTimeFeatureName: 'time',
  FeatureDefinitions: [{ FeatureName: 'id', FeatureType: 'String' as const }], OnlineStoreConfig: { EnableOnlineStore: true }, ...more,
})
const shared = {
  id: 'sagemaker-domain-notebook-sharing-unencrypted', risk: 'insufficient-encryption', severity: 'medium',
  title: 'Cell outputs of shared notebooks have no KMS key',
  why: 'Snapshots of shared notebooks hold the data that their cells printed.',
  fix: { text: 'Name a KMS key in SharingSettings.S3KmsKeyId, or set NotebookOutputOption to Disabled.' },
} as const

const isAwsManaged = (found: Found<'AWS::KMS::Key'> | undefined): boolean =>
  (found?.properties as { readonly KeyManager?: string } | undefined)?.KeyManager === 'AWS'

export default [
  defineCheck({
    id: 'sagemaker-notebook-aws-managed-key', on: 'AWS::SageMaker::NotebookInstance', risk: 'insufficient-encryption', severity: 'low',
    title: 'The notebook volume is encrypted with a key that AWS manages',
    why: 'The policy of a key that AWS manages cannot be changed, so nobody here can limit or withdraw who decrypts with it.',
    fix: { text: 'Make the notebook again with a customer managed key in KmsKeyId.' },
    also: ['steampipe:sagemaker_notebook_instance_encrypted_with_kms_cmk'],
    when: ({ KmsKeyId: named }) => named !== undefined,
    requires: ({ KmsKeyId: named }, estate) => named?.includes('alias/aws/') !== true && !isAwsManaged(estate.find('AWS::KMS::Key', named)),
    fails: [notebook('alias/aws/sagemaker'), { ...notebook(KEY), given: [key('AWS')] }],
    passes: [{ ...notebook(KEY), given: [key('CUSTOMER')] }],
  }),
  defineCheck({
    ...shared, on: 'AWS::SageMaker::Domain',
    requires: ({ DefaultUserSettings: { SharingSettings: sharing } }) => sharing?.NotebookOutputOption !== 'Allowed' || sharing.S3KmsKeyId !== undefined,
    fails: [domain({ NotebookOutputOption: 'Allowed' })],
    passes: [domain({ NotebookOutputOption: 'Allowed', S3KmsKeyId: KEY }), domain({ NotebookOutputOption: 'Disabled' })],
  }),
  defineCheck({
    ...shared, on: 'AWS::SageMaker::UserProfile',
    requires: ({ UserSettings: settings }) => settings?.SharingSettings?.NotebookOutputOption !== 'Allowed' || settings.SharingSettings.S3KmsKeyId !== undefined,
    fails: [profile({ NotebookOutputOption: 'Allowed' })],
    passes: [profile({ NotebookOutputOption: 'Allowed', S3KmsKeyId: KEY })],
  }),
  defineCheck({
    id: 'sagemaker-automl-insecure', on: 'AWS::SageMaker::AutoMLJob', risk: 'insufficient-encryption', severity: 'medium',
    title: 'The AutoML job has no customer managed key, no encrypted traffic or no VPC',
    why: 'The data of the job lies on volumes and crosses a network that nobody here controls.',
    fix: { text: 'Give SecurityConfig a VolumeKmsKeyId, EnableInterContainerTrafficEncryption and a VpcConfig.' },
    also: ['awsaiml:SM-21'],
    requires: ({ SecurityConfig: config }) => config?.EnableInterContainerTrafficEncryption === true && config.VolumeKmsKeyId !== undefined && config.VpcConfig !== undefined,
    fails: [
      { AutoMLJobName: 'churn', SecurityConfig: { ...security, EnableInterContainerTrafficEncryption: false } }, { AutoMLJobName: 'churn', SecurityConfig: { ...security, VolumeKmsKeyId: undefined } },
      { AutoMLJobName: 'churn', SecurityConfig: { ...security, VpcConfig: undefined } },
    ],
    passes: [{ AutoMLJobName: 'churn', SecurityConfig: security }],
  }),
  defineCheck({
    id: 'sagemaker-featuregroup-no-offline-store', on: 'AWS::SageMaker::FeatureGroup', risk: 'data-poisoning', severity: 'low',
    title: 'The feature group keeps no history',
    why: 'Without an offline store a poisoned feature cannot be traced or rolled back.',
    fix: { text: 'Give the feature group an offline store.' },
    also: ['awsaiml:FS-20'],
    requires: (group) => group.OfflineStoreConfig !== undefined,
    fails: [features({})],
    passes: [features({ OfflineStoreConfig: { S3StorageConfig: { S3Uri: 's3://features/customers' } } })],
  }),
]
