import { every, some } from '../../core/unknown.ts'
import { defineCheck } from '../check.ts'
import { imagesOfAi, isUsed, modelIn } from '../families/ai-use.ts'
import { ACCOUNT, STRANGER, policy } from '../families/examples.ts'
import { isVulnerable, scanned } from '../families/images.ts'
import { isOpen } from '../families/outside.ts'
import { KEY } from '../families/values.ts'
import { isCustomerKey } from '../families/customer-key.ts'

const given = [modelIn('place')]
const images = { RepositoryName: 'models', given }
const sealed = { ...images, ImageTagMutability: 'IMMUTABLE' as const, EncryptionConfiguration: { EncryptionType: 'KMS' as const, KmsKey: KEY } }
const pull = (account: string) => policy({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: ['ecr:BatchGetImage', 'ecr:PutImage'] })

export default [
  defineCheck({
    id: 'ai-image-unscanned', on: 'AWS::ECR::Repository', risk: 'adversarial-input', severity: 'medium',
    title: 'Images of models or agents are not scanned',
    why: 'Known holes in the serving stack stay open until somebody uses them.',
    fix: { text: 'Scan on push, or turn on enhanced scanning for the registry.', set: { ImageScanningConfiguration: { ScanOnPush: true } } },
    also: ['prowler:ecr_repositories_scan_images_on_push_enabled', 'checkov:CKV_AWS_163', 'trivy:AWS-0030', 'awsaiml:FS-16'],
    when: (_repository, estate) => isUsed(estate, imagesOfAi),
    requires: (repository, estate) => repository.ImageScanningConfiguration?.ScanOnPush === true ||
      some(estate.all('AWS::ECR::RegistryScanningConfiguration'), ({ properties }) => properties.ScanType === 'ENHANCED' || some(properties.Rules, ({ RepositoryFilters: filters }) =>
        some(filters, ({ Filter }) => Filter === '*'))),
    fails: [images, { ...images, ImageScanningConfiguration: { ScanOnPush: false } }],
    passes: [{ ...images, ImageScanningConfiguration: { ScanOnPush: true } }, { ...images, given: [...given, { type: 'AWS::ECR::RegistryScanningConfiguration', properties: { RegistryId: ACCOUNT, ScanType: 'ENHANCED', Rules: [] } }] }],
  }),
  defineCheck({
    id: 'ai-image-vulnerable', on: 'AWS::ECR::Repository', risk: 'adversarial-input', severity: 'high',
    title: 'Images of models or agents have critical or high vulnerabilities',
    why: 'A crafted request can take over the container, and with it the weights and the role that it runs as.',
    fix: { text: 'Rebuild the images on a patched base and deploy them again.' },
    also: ['prowler:ecr_repositories_scan_vulnerabilities_in_latest_image'],
    when: (_repository, estate) => isUsed(estate, imagesOfAi),
    requires: (_repository, estate) => !isVulnerable(estate.self.name, undefined, estate),
    fails: [{ ...images, given: [...given, scanned('CRITICAL')] }],
    passes: [{ ...images, given: [...given, scanned('LOW')] }],
  }),
  defineCheck({
    id: 'ai-image-mutable-public', on: 'AWS::ECR::Repository', risk: 'adversarial-input', severity: 'high',
    title: 'Images of models or agents can be swapped, or reached from outside, or have no customer managed key',
    why: 'Whoever moves a tag decides what runs; whoever pulls an image has the code, and often the weights.',
    fix: { text: 'Make tags immutable, take foreign principals out of the policy; the key is chosen when a repository is made.', set: { ImageTagMutability: 'IMMUTABLE' } },
    also: [
      'prowler:ecr_repositories_tag_immutability', 'prowler:ecr_repositories_not_publicly_accessible',
      'checkov:CKV_AWS_51', 'checkov:CKV_AWS_32', 'checkov:CKV_AWS_136', 'trivy:AWS-0031', 'trivy:AWS-0032'
    ],
    when: (_repository, estate) => isUsed(estate, imagesOfAi),
    requires: (repository, estate) => every([
      () => repository.ImageTagMutability?.startsWith('IMMUTABLE') === true,
      () => repository.EncryptionConfiguration !== undefined && repository.EncryptionConfiguration.EncryptionType !== 'AES256' && isCustomerKey(repository.EncryptionConfiguration.KmsKey),
      () => !isOpen(estate, ['ecr:BatchGetImage', 'ecr:PutImage'], estate.self.arn ?? estate.self.id),
    ], (holds) => holds()),
    fails: [{ ...sealed, ImageTagMutability: 'MUTABLE' }, { ...sealed, EncryptionConfiguration: { EncryptionType: 'AES256' } }, { ...sealed, RepositoryPolicyText: pull(STRANGER) }],
    passes: [{ ...sealed, RepositoryPolicyText: pull(ACCOUNT) }],
  }),
]
