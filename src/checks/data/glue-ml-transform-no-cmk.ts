import { ROLE } from '../families/values.ts'
import { defineCheck } from '../check.ts'

const transform = {
  Role: ROLE, InputRecordTables: { GlueTables: [{ DatabaseName: 'crm', TableName: 'customers' }] },
  TransformParameters: { TransformType: 'FIND_MATCHES', FindMatchesParameters: { PrimaryKeyColumnName: 'id' } },
}

export default defineCheck({
  id: 'glue-ml-transform-no-cmk',
  title: 'Labels and data of a machine learning transform are not encrypted with KMS',
  risk: 'insufficient-encryption',
  severity: 'medium',
  on: 'AWS::Glue::MLTransform',
  why: 'The labels are samples of the very records that the transform compares, kept outside the encrypted data store.',
  fix: {
    text: 'Encrypt the user data of the transform with KMS: MLUserDataEncryptionMode SSE-KMS.',
    set: { TransformEncryption: { MLUserDataEncryption: { MLUserDataEncryptionMode: 'SSE-KMS' } } },
  },
  also: ['prowler:glue_ml_transform_encrypted_at_rest', 'config:glue-ml-transform-encrypted-at-rest', 'securityhub:Glue.3'],
  requires: ({ TransformEncryption: encryption }) => encryption?.MLUserDataEncryption?.MLUserDataEncryptionMode === 'SSE-KMS',
  fails: [transform, { ...transform, TransformEncryption: { MLUserDataEncryption: { MLUserDataEncryptionMode: 'DISABLED' } } }],
  passes: [{ ...transform, TransformEncryption: { MLUserDataEncryption: { MLUserDataEncryptionMode: 'SSE-KMS' } } }],
})
