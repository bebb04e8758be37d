import { every, none, some } from '../../core/unknown.ts'
import type { EstateView } from '../../graph/view.ts'
import type { ResourceTypes } from '../../model/types.gen.ts'
import { defineCheck } from '../check.ts'
import type { Given } from '../check.ts'
import { dataOfAi, isUsed, trainsOn } from '../families/ai-use.ts'
import { ACCOUNT, REGION, STRANGER, policy } from '../families/examples.ts'
import { isAccelerated } from '../families/hosts.ts'
import { listOf, statementsOf, jsonOf } from '../families/policy-text.ts'
import { someAt } from '../families/places.ts'
import { letsStrangersIn } from '../families/strangers.ts'
import { KEY, ROLE } from '../families/values.ts'

const optOut = (value: string, more: object = {}) => ({ services: { default: { opt_out_policy: { '@@assign': value, ...more } } } })
const optOutPolicy = (Content: object, TargetIds: readonly string[] = ['r-abcd']) =>
  ({ Name: 'no-training', Type: 'AISERVICES_OPT_OUT_POLICY' as const, TargetIds, Content: Content as Readonly<Record<string, string>> })
const given = (Content: object): Given => ({ type: 'AWS::Organizations::Policy', id: 'p-0123456789', properties: optOutPolicy(Content) })
const optsOut = (content: unknown): boolean => someAt(jsonOf(content), 'services/default/opt_out_policy/@@assign', (value) => value === 'optOut')
const nobodyBelow = (content: unknown): boolean => someAt(jsonOf(content), 'services/default/opt_out_policy/@@operators_allowed_for_child_policies', (allowed) => listOf(allowed as string | string[]).includes('@@none'))
const sealedBelow = { '@@operators_allowed_for_child_policies': ['@@none'] }
const features = `arn:aws:sagemaker:${REGION}:${ACCOUNT}:feature-group/customers`
const share = (AllowExternalPrincipals: boolean, account: string) => ({ Name: 'features', AllowExternalPrincipals, Principals: [account], ResourceArns: [features] })
const grant = (account: string) => ({
  Principal: { DataLakePrincipalIdentifier: account }, Resource: { Database: { CatalogId: ACCOUNT, Name: 'training' } }, Permissions: ['DESCRIBE' as const], PermissionsWithGrantOption: [],
})
const catalogue = (account: string) => ({
  PolicyInJson: JSON.stringify(policy({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'glue:GetTable', Resource: `arn:aws:glue:${REGION}:${ACCOUNT}:*` })),
})
const instance = (Ebs: object) => ({ InstanceType: 'p5.48xlarge', ImageId: 'ami-0a1b2c3d4e5f60718', BlockDeviceMappings: [{ DeviceName: '/dev/sda1', Ebs }] })
const attached = (Encrypted: boolean) => ({
  InstanceType: 'p5.48xlarge', Volumes: [{ Device: '/dev/sda1', VolumeId: 'vol-0a1b2c3d4e5f60718' }],
  given: [{ type: 'AWS::EC2::Volume' as const, id: 'vol-0a1b2c3d4e5f60718', properties: { AvailabilityZone: `${REGION}a`, Encrypted } }],
})
const isEncryptedByDefault = (estate: EstateView): boolean => some(estate.all('AWS::EC2::EbsEncryptionByDefault'), ({ properties }) => properties.EbsEncryptionByDefault === true)
const trail = (values: readonly string[]) => ({ S3BucketName: 'trail', IsLogging: true, EventSelectors: [{ DataResources: [{ Type: 'AWS::S3::Object' as const, Values: values }] }] })
const etl = (SecurityConfiguration?: string) => ({ Name: 'clean', Role: ROLE, Command: { Name: 'glueetl', ScriptLocation: 's3://scripts/clean.py' }, ...(SecurityConfiguration === undefined ? {} : { SecurityConfiguration }) })
const configuration = (mode: 'SSE-KMS' | 'DISABLED'): Given => ({
  type: 'AWS::Glue::SecurityConfiguration', properties: { Name: 'sealed', EncryptionConfiguration: { S3Encryptions: [{ S3EncryptionMode: mode, KmsKeyArn: KEY }] } },
})

/** Whether a trail records who reads or writes objects, in every bucket or in some. */
const recordsObjects = (found: ResourceTypes['AWS::CloudTrail::Trail']): boolean =>
  some(found.EventSelectors, (selector) => some(selector.DataResources, ({ Type }) => Type === 'AWS::S3::Object')) ||
  some(found.AdvancedEventSelectors, (selector) => some(selector.FieldSelectors, (field) => field.Field === 'resources.type' && some(field.Equals, (type) => type === 'AWS::S3::Object')))

const sharesAi = (arns: readonly string[] | undefined): boolean => some(arns, (arn) => /^arn:[^:]*:(?:sagemaker|bedrock|glue|s3vectors):/.test(arn))

export default [
  defineCheck({
    id: 'org-ai-opt-out-policy', on: 'AWS::Organizations::Policy', risk: 'privacy-violation', severity: 'medium',
    title: 'AWS may keep content of the organisation to improve its AI services, or an account may allow it',
    why: 'Texts, pictures and recordings sent to AI services are stored, also in other regions, to train models of AWS.',
    fix: { text: 'Assign optOut for the default service, and allow no operators for child policies: @@operators_allowed_for_child_policies ["@@none"].' },
    also: ['prowler:organizations_opt_out_ai_services_policy'],
    when: (found) => found.Type === 'AISERVICES_OPT_OUT_POLICY',
    requires: (found) => optsOut(found.Content) && nobodyBelow(found.Content),
    fails: [optOutPolicy(optOut('optIn', sealedBelow)), optOutPolicy(optOut('optOut'))],
    passes: [optOutPolicy(optOut('optOut', sealedBelow))],
  }),
  defineCheck({
    id: 'org-ai-opt-out-policy', on: 'AWS::Organizations::Organization', risk: 'privacy-violation', severity: 'medium',
    title: 'The organisation has not opted out of AWS keeping its content to improve AI services',
    why: 'Texts, pictures and recordings sent to AI services are stored, also in other regions, to train models of AWS.',
    fix: { text: 'Attach an AI services opt-out policy that assigns optOut for the default service to the root.' },
    also: ['prowler:organizations_opt_out_ai_services_policy'],
    requires: (_organization, estate) => some(estate.all('AWS::Organizations::Policy'), ({ properties }) =>
      properties.Type === 'AISERVICES_OPT_OUT_POLICY' && optsOut(properties.Content) && some(properties.TargetIds, () => true)),
    fails: [{ Id: 'o-a1b2c3d4e5' }, { Id: 'o-a1b2c3d4e5', given: [given(optOut('optIn'))] }],
    passes: [{ Id: 'o-a1b2c3d4e5', given: [given(optOut('optOut', sealedBelow))] }],
  }),
  defineCheck({
    id: 'ai-data-shared-external', on: 'AWS::RAM::ResourceShare', risk: 'privacy-violation', severity: 'high',
    title: 'AI data or models are shared outside the organisation',
    why: 'Features, catalogues and models that are shared can be read, and copied, by another company.',
    fix: { text: 'Set AllowExternalPrincipals to false and remove the foreign principals.', set: { AllowExternalPrincipals: false } },
    when: (found) => sharesAi(found.ResourceArns),
    requires: (found, estate) => found.AllowExternalPrincipals === false || none(found.Principals, (principal) => /^\d{12}$/.test(principal) && !estate.isOurs(principal)),
    fails: [share(true, STRANGER)],
    passes: [share(false, ACCOUNT), share(true, ACCOUNT)],
  }),
  defineCheck({
    id: 'ai-data-shared-external', on: 'AWS::LakeFormation::PrincipalPermissions', risk: 'privacy-violation', severity: 'high',
    title: 'Data of the lake that AI learns from is shared outside the organisation',
    why: 'Tables of training data can be read from another account.',
    fix: { text: 'Revoke the permissions of the foreign account.' },
    when: (_grant, estate) => some(['AWS::SageMaker::TrainingJob', 'AWS::SageMaker::FeatureGroup'] as const, (type) => estate.all(type).length > 0),
    requires: ({ Principal: { DataLakePrincipalIdentifier: principal } }, estate) => {
      const account = principal?.startsWith('arn:') === true ? principal.split(':')[4] ?? '' : principal ?? ''
      return !/^\d{12}$/.test(account) || estate.isOurs(account)
    },
    fails: [{ ...grant(STRANGER), given: [trainsOn('place')] }],
    passes: [{ ...grant(ACCOUNT), given: [trainsOn('place')] }],
  }),
  defineCheck({
    id: 'ai-data-shared-external', on: 'AWS::Glue::ResourcePolicy', risk: 'privacy-violation', severity: 'high',
    title: 'The data catalogue is open to somebody outside the organisation',
    why: 'The catalogue tells where the training data lies, and with Lake Formation lets it be read.',
    fix: { text: 'Take the foreign or public principals out of the resource policy of the catalogue.' },
    also: ['prowler:glue_data_catalogs_not_publicly_accessible'],
    requires: (found, estate) => none(statementsOf(found.PolicyInJson), (statement) => letsStrangersIn(estate, statement)),
    fails: [catalogue(STRANGER)],
    passes: [catalogue(ACCOUNT)],
  }),
  defineCheck({
    id: 'gpu-instance-unencrypted-volume', on: 'AWS::EC2::Instance', risk: 'insufficient-encryption', severity: 'medium',
    title: 'An accelerated instance has volumes that are not encrypted',
    why: 'Weights and training data on the volume, and on each snapshot of it, can be read by whoever gets hold of it.',
    fix: { text: 'Encrypt the volumes of the instance, and turn on EBS encryption by default for the region.' },
    when: ({ InstanceType, BlockDeviceMappings, Volumes }) => isAccelerated(InstanceType) && (some(BlockDeviceMappings, ({ Ebs }) => Ebs !== undefined) || (Volumes ?? []).length > 0),
    requires: ({ BlockDeviceMappings, Volumes }, estate) => every([
      () => every(BlockDeviceMappings, ({ Ebs }) => Ebs === undefined || (Ebs.Encrypted ?? isEncryptedByDefault(estate))),
      () => every(Volumes, ({ VolumeId }) => estate.find('AWS::EC2::Volume', VolumeId)?.properties.Encrypted !== false),
    ], (holds) => holds()),
    fails: [instance({ Encrypted: false }), instance({ VolumeSize: 500 }), attached(false)],
    passes: [
      instance({ Encrypted: true }),
      attached(true),
      { ...instance({ VolumeSize: 500 }), given: [{ type: 'AWS::EC2::EbsEncryptionByDefault', properties: { Id: 'default', EbsEncryptionByDefault: true } }] },
    ],
  }),
  defineCheck({
    id: 'ai-bucket-data-events-off', on: 'AWS::S3::Bucket', risk: 'data-poisoning', severity: 'medium',
    title: 'No trail records who reads or writes the objects that models learn or answer from',
    why: 'Who poisoned or copied the data cannot be told afterwards.',
    fix: { text: 'Log S3 data events of the bucket in a trail: an event selector for AWS::S3::Object.' },
    when: (_bucket, estate) => isUsed(estate, dataOfAi),
    requires: (_bucket, estate) => some(estate.all('AWS::CloudTrail::Trail'), ({ properties }) => properties.IsLogging && recordsObjects(properties)),
    fails: [{ BucketName: 'place', given: [trainsOn('place')] }],
    passes: [{ BucketName: 'place', given: [trainsOn('place'), { type: 'AWS::CloudTrail::Trail', properties: { TrailName: 'all', ...trail(['arn:aws:s3']) } }] }],
  }),
  defineCheck({
    id: 'glue-training-etl-insecure', on: 'AWS::Glue::Job', risk: 'insufficient-encryption', severity: 'medium',
    title: 'A job that prepares data where models are trained writes it without KMS encryption',
    why: 'Prepared training data lies in S3 with nothing but a bucket policy between it and a reader.',
    fix: { text: 'Give the job a security configuration that encrypts S3 with SSE-KMS.' },
    also: ['prowler:glue_catalog_connection_no_secrets'],
    when: (_job, estate) => some(['AWS::SageMaker::TrainingJob', 'AWS::SageMaker::FeatureGroup'] as const, (type) => estate.all(type).length > 0),
    requires: (job, estate) => some(estate.find('AWS::Glue::SecurityConfiguration', job.SecurityConfiguration)?.properties.EncryptionConfiguration.S3Encryptions, ({ S3EncryptionMode }) => S3EncryptionMode === 'SSE-KMS'),
    fails: [{ ...etl(), given: [trainsOn('place')] }, { ...etl('sealed'), given: [trainsOn('place'), configuration('DISABLED')] }],
    passes: [{ ...etl('sealed'), given: [trainsOn('place'), configuration('SSE-KMS')] }],
  }),
]
