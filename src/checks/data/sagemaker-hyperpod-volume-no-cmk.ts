import { isCustomerKey } from '../families/customer-key.ts'
import { everyAt, someAt } from '../families/places.ts'
import { KEY, ROLE } from '../families/values.ts'
import { defineCheck } from '../check.ts'

const volumes = 'InstanceGroups/*/InstanceStorageConfigs/*/EbsVolumeConfig'
const cluster = (volume: { VolumeSizeInGB: number, VolumeKmsKeyId?: string }) => ({
  InstanceGroups: [{
    InstanceGroupName: 'workers', InstanceType: 'ml.p5.48xlarge', InstanceCount: 2, ExecutionRole: ROLE,
    InstanceStorageConfigs: [{ EbsVolumeConfig: volume }],
  }],
})

export default defineCheck({
  id: 'sagemaker-hyperpod-volume-no-cmk',
  title: 'No customer managed key for the volumes of the cluster',
  risk: 'insufficient-encryption',
  severity: 'medium',
  on: 'AWS::SageMaker::Cluster',
  why: 'Without a key of your own nobody here can limit, audit or withdraw who decrypts the training data on the cluster.',
  fix: { text: 'Name a customer managed KMS key in InstanceGroups.InstanceStorageConfigs.EbsVolumeConfig.VolumeKmsKeyId.' },
  when: (cluster) => someAt(cluster, volumes),
  requires: (cluster) => everyAt(cluster, volumes, (volume) => someAt(volume, 'VolumeKmsKeyId', isCustomerKey)),
  fails: [cluster({ VolumeSizeInGB: 500 })],
  passes: [cluster({ VolumeSizeInGB: 500, VolumeKmsKeyId: KEY })],
})
