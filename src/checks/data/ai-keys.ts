import { defineCheck } from '../check.ts'
import { isUsed, keysOfAi, notebookWithKey } from '../families/ai-use.ts'
import { ACCOUNT, STRANGER, policy } from '../families/examples.ts'
import { isOpen } from '../families/outside.ts'
import { KEY } from '../families/values.ts'

const given = [notebookWithKey]
const keyId = KEY.slice(KEY.lastIndexOf('/') + 1)
const trusting = (account: string) => policy({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' })
const key = { KeyId: keyId, Arn: KEY, KeyPolicy: trusting(ACCOUNT), EnableKeyRotation: true, given }

export default [
  defineCheck({
    id: 'ai-kms-key-exposed', on: 'AWS::KMS::Key', risk: 'insufficient-encryption', severity: 'high',
    title: 'Somebody outside can use a key that protects AI data or models',
    why: 'Encryption protects nothing from whoever may decrypt.',
    fix: { text: 'Take the foreign or public principals out of the key policy, and retire the grants that they hold.' },
    also: ['prowler:kms_key_not_publicly_accessible', 'checkov:CKV_AWS_33'],
    when: (_key, estate) => isUsed(estate, keysOfAi),
    requires: (_key, estate) => !isOpen(estate, ['kms:Decrypt', 'kms:CreateGrant'], estate.self.arn ?? estate.self.id),
    fails: [{ ...key, KeyPolicy: trusting(STRANGER) }],
    passes: [key],
  }),
  defineCheck({
    id: 'ai-kms-key-disabled-or-deleting', on: 'AWS::KMS::Key', risk: 'insufficient-encryption', severity: 'high',
    title: 'A key that protects AI data or models is disabled, or never rotated',
    why: 'What is encrypted with a disabled key is out of reach, and lost for ever once the key is deleted.',
    fix: { text: 'Cancel the deletion, enable the key and turn on rotation.', set: { Enabled: true, EnableKeyRotation: true } },
    also: ['prowler:kms_cmk_not_deleted_unintentionally', 'prowler:kms_cmk_rotation_enabled'],
    when: (_key, estate) => isUsed(estate, keysOfAi),
    requires: (found) => found.Enabled !== false &&
      (found.EnableKeyRotation === true || (found.KeySpec ?? 'SYMMETRIC_DEFAULT') !== 'SYMMETRIC_DEFAULT' || (found.Origin ?? 'AWS_KMS') !== 'AWS_KMS'),
    fails: [{ ...key, Enabled: false }, { ...key, EnableKeyRotation: false }],
    passes: [key],
  }),
]
