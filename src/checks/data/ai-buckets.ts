import { every, some } from '../../core/unknown.ts'
import type { Found } from '../../graph/view.ts'
import type { Risk } from '../../model/risk.ts'
import type { Severity } from '../../model/severity.ts'
import { defineCheck } from '../check.ts'
import type { Check, Example } from '../check.ts'
import { bucketsOfAi, dataOfAi, isUsed, modelIn, trainsOn } from '../families/ai-use.ts'
import { accessLogged, keyed, notPublic, notWrittenOutside, notWrittenPublicly, nothingSensitive, tlsOnly, versioned } from '../families/bucket-traits.ts'
import { ownTags } from '../families/tagged.ts'
import type { BucketTrait } from '../families/bucket-traits.ts'

interface Definition {
  readonly id: string
  readonly title: string
  readonly risk: Risk
  readonly severity: Severity
  readonly why: string
  readonly fix: string
  readonly also?: readonly string[]
  /** Which uses by AI make a bucket matter here. */
  readonly use?: typeof dataOfAi
  readonly traits: readonly BucketTrait[]
}

type Bucket = Example<'AWS::S3::Bucket'>

const name = 'place'

/** What is given around a bucket, with the bucket itself taken out of it and made the example. */
const example = (traits: readonly BucketTrait[], broken: BucketTrait | undefined, users: Bucket['given'] = []): Bucket => {
  const given = traits.flatMap((trait) => (trait === broken ? trait.bad : trait.good)(name))
  const properties = Object.assign({}, ...given.filter(({ type }) => type === 'AWS::S3::Bucket').map((bucket) => bucket.properties)) as Bucket
  return { ...properties, given: [...given.filter(({ type }) => type !== 'AWS::S3::Bucket'), ...users] }
}

/** A check of a bucket that AI uses, whichever way. */
const aiBucket = ({ id, title, risk, severity, why, fix, also = [], use = bucketsOfAi, traits }: Definition): Check => {
  const users = use === dataOfAi ? [trainsOn(name)] : [modelIn(name)]
  return defineCheck({
    id, title, risk, severity, why, also,
    on: 'AWS::S3::Bucket',
    fix: { text: fix },
    when: (_bucket, estate) => isUsed(estate, use),
    requires: (bucket, estate) => {
      const self: Found<'AWS::S3::Bucket'> = { ...estate.self, type: 'AWS::S3::Bucket', properties: bucket }
      return every(traits, (trait) => trait.holds(self, `arn:${estate.partition}:s3:::${self.name}/*`, estate))
    },
    fails: traits.map((broken) => example(traits, broken, users)),
    passes: [example(traits, undefined, users)],
  })
}

const blocked = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }

/** Whether all four settings are on. A new bucket has them on, so a template that says nothing leaves them so. */
const blocksAll = (block: Partial<typeof blocked> | undefined, isNew = false): boolean =>
  block === undefined ? isNew : every(Object.keys(blocked) as (keyof typeof blocked)[], (setting) => block[setting] === true)

export default [
  aiBucket({
    id: 'ai-bucket-public', risk: 'privacy-violation', severity: 'critical',
    title: 'A bucket that AI depends on is public',
    why: 'Anyone on the internet can download the data or the models in it.',
    fix: 'Remove the public grant and turn on all four settings of Block Public Access, for the account too.',
    also: ['prowler:s3_bucket_public_access'],
    traits: [notPublic],
  }),
  defineCheck({
    id: 'ai-bucket-no-public-access-block', risk: 'privacy-violation', severity: 'medium', on: 'AWS::S3::Bucket',
    title: 'A bucket that AI depends on could be made public',
    why: 'One wrong policy or ACL is enough to show the data or the models in it to the internet.',
    fix: { text: 'Turn on all four settings of Block Public Access, best for the whole account.', set: { PublicAccessBlockConfiguration: blocked } },
    also: ['prowler:s3_bucket_level_public_access_block', 'checkov:CKV2_AWS_6'],
    when: (_bucket, estate) => isUsed(estate, bucketsOfAi),
    requires: (bucket, estate) => some([
      () => blocksAll(bucket.PublicAccessBlockConfiguration, estate.isTemplate),
      () => some(estate.all('AWS::S3::AccountPublicAccessBlock'), ({ properties }) => blocksAll(properties)),
    ], (look) => look()),
    fails: [
      { BucketName: name, given: [modelIn(name)] },
      { BucketName: name, PublicAccessBlockConfiguration: { ...blocked, IgnorePublicAcls: false }, given: [modelIn(name)] },
    ],
    passes: [
      { BucketName: name, PublicAccessBlockConfiguration: blocked, given: [modelIn(name)] },
      { BucketName: name, given: [modelIn(name), { type: 'AWS::S3::AccountPublicAccessBlock', properties: blocked }] },
    ],
  }),
  aiBucket({
    id: 'ai-bucket-public-or-external-write', risk: 'data-poisoning', severity: 'critical',
    title: 'Somebody outside can write to a bucket that AI depends on',
    why: 'Whoever writes there decides what models learn, what agents read or which model is loaded.',
    fix: 'Allow s3:PutObject and s3:DeleteObject only to the roles that publish to the bucket.',
    also: [
      'prowler:s3_bucket_policy_public_write_access', 'prowler:s3_bucket_public_write_acl',
      'prowler:s3_bucket_cross_account_access'
    ],
    traits: [notWrittenOutside, notWrittenPublicly],
  }),
  aiBucket({
    id: 'ai-bucket-encryption', risk: 'insufficient-encryption', severity: 'medium',
    title: 'A bucket that AI depends on has no customer managed key',
    why: 'Without a key of your own a wrong bucket policy is enough to read the data and the models in it.',
    fix: 'Set the default encryption to aws:kms with a customer managed key.',
    also: ['prowler:s3_bucket_kms_encryption', 'checkov:CKV_AWS_145', 'trivy:AWS-0132'],
    traits: [keyed],
  }),
  aiBucket({
    id: 'ai-bucket-tls', risk: 'insufficient-encryption', severity: 'medium',
    title: 'A bucket that AI depends on can be used without TLS',
    why: 'Whoever sits on the network can read the data, or change it on the way.',
    fix: 'Deny everything in the bucket policy where aws:SecureTransport is false.',
    also: ['prowler:s3_bucket_secure_transport_policy'],
    traits: [tlsOnly],
  }),
  aiBucket({
    id: 'ai-bucket-versioning-logging', risk: 'data-poisoning', severity: 'medium',
    title: 'A bucket that AI depends on keeps no versions or no access log',
    why: 'Poisoned data or a swapped model can neither be proved nor rolled back.',
    fix: 'Turn on versioning and server access logging for the bucket.',
    also: ['checkov:CKV_AWS_21', 'checkov:CKV_AWS_18', 'trivy:AWS-0090', 'awsaiml:FS-33'],
    traits: [versioned, accessLogged],
  }),
  aiBucket({
    id: 'ai-data-sensitive-findings', risk: 'privacy-violation', severity: 'high', use: dataOfAi,
    title: 'Macie found sensitive data in a bucket that models learn or answer from',
    why: 'A model can repeat what it was taught or given to read: names, numbers and credentials included.',
    fix: 'Redact or remove what Macie reports, then train or sync again.',
    traits: [nothingSensitive],
  }),
  defineCheck({
    id: 'ai-data-unclassified', risk: 'privacy-violation', severity: 'low', on: 'AWS::S3::Bucket',
    title: 'A bucket that models learn or answer from is not classified',
    why: 'Nobody can tell whether what models learn from may be learnt from.',
    fix: { text: 'Tag the bucket with the classification of its data, such as data-classification: internal.' },
    also: ['awsaiml:FS-46'],
    when: (_bucket, estate) => isUsed(estate, dataOfAi),
    requires: (bucket, estate) => ownTags(bucket, estate).some((key) => /classif|sensitiv|confidential/i.test(key)),
    fails: [{ BucketName: name, given: [trainsOn(name)] }],
    passes: [{ BucketName: name, tagged: { 'data-classification': 'internal' }, given: [trainsOn(name)] }],
  }),
]
