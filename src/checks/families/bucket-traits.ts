import { every, some } from '../../core/unknown.ts'
import type { EstateView, Found } from '../../graph/view.ts'
import type { Given } from '../check.ts'
import { isCustomerKey } from './customer-key.ts'
import { ACCOUNT, STRANGER, policy } from './examples.ts'
import { isOpen, isPublic } from './outside.ts'
import { KEY } from './values.ts'

type Bucket = Found<'AWS::S3::Bucket'>

/** Something that a bucket should be, with the surroundings of an example where it is and where it is not. */
export interface BucketTrait {
  /** `objects` is the ARN pattern of the objects that are meant. */
  readonly holds: (bucket: Bucket, objects: string, estate: EstateView) => boolean
  readonly good: (name: string) => readonly Given[]
  readonly bad: (name: string) => readonly Given[]
}

const bucket = (name: string, properties: object = {}): Given => ({ type: 'AWS::S3::Bucket', properties: { BucketName: name, ...properties } })

const opened = (name: string, principal: string | object, action: string | readonly string[]): Given[] => [
  bucket(name, principal === '*' ? { PublicAccessBlockConfiguration: { BlockPublicPolicy: false, RestrictPublicBuckets: false } } : {}),
  {
    type: 'AWS::S3::BucketPolicy',
    properties: { Bucket: name, PolicyDocument: policy({ Effect: 'Allow', Principal: principal, Action: action, Resource: `arn:aws:s3:::${name}/*` }) },
  },
]

const plain = (name: string): Given[] => [bucket(name)]
const writes = ['s3:PutObject', 's3:DeleteObject']

/** Nobody outside reads it. */
export const notReadOutside: BucketTrait = {
  holds: (_bucket, objects, estate) => !isOpen(estate, ['s3:GetObject'], objects),
  good: plain,
  bad: (name) => opened(name, { AWS: `arn:aws:iam::${STRANGER}:root` }, 's3:GetObject'),
}

/** Nobody outside writes to it. */
export const notWrittenOutside: BucketTrait = {
  holds: (_bucket, objects, estate) => !isOpen(estate, writes, objects),
  good: plain,
  bad: (name) => opened(name, { AWS: `arn:aws:iam::${STRANGER}:root` }, writes),
}

/** Not anyone writes to it. */
export const notWrittenPublicly: BucketTrait = {
  holds: (_bucket, objects, estate) => !isPublic(estate, writes, objects),
  good: plain,
  bad: (name) => opened(name, '*', writes),
}

/** Not anyone reads it, or lists what is in it. */
export const notPublic: BucketTrait = {
  holds: ({ name }, objects, estate) => !isPublic(estate, ['s3:GetObject'], objects) && !isPublic(estate, ['s3:ListBucket'], `arn:${estate.partition}:s3:::${name}`),
  good: plain,
  bad: (name) => opened(name, '*', 's3:GetObject'),
}

/** Old versions stay. */
export const versioned: BucketTrait = {
  holds: ({ properties }) => properties.VersioningConfiguration?.Status === 'Enabled',
  good: (name) => [bucket(name, { VersioningConfiguration: { Status: 'Enabled' } })],
  bad: plain,
}

/** Encrypted with KMS under a key of the customer's. */
export const keyed: BucketTrait = {
  holds: ({ properties }) => some(properties.BucketEncryption?.ServerSideEncryptionConfiguration, ({ ServerSideEncryptionByDefault: rule }) =>
    rule !== undefined && rule.SSEAlgorithm !== 'AES256' && isCustomerKey(rule.KMSMasterKeyID)),
  good: (name) => [bucket(name, encryption('aws:kms', KEY))],
  bad: (name) => [bucket(name, encryption('AES256'))],
}

/** Encrypted with KMS, under whichever key. */
export const kmsEncrypted: BucketTrait = {
  holds: ({ properties }) => some(properties.BucketEncryption?.ServerSideEncryptionConfiguration, ({ ServerSideEncryptionByDefault: rule }) =>
    rule !== undefined && rule.SSEAlgorithm !== 'AES256'),
  good: (name) => [bucket(name, encryption('aws:kms'))],
  bad: (name) => [bucket(name, encryption('AES256'))],
}

const encryption = (SSEAlgorithm: string, key?: string) => ({
  BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm, ...(key === undefined ? {} : { KMSMasterKeyID: key }) } }] },
})

/** Not even its owner reads it without TLS. */
export const tlsOnly: BucketTrait = {
  holds: ({ account }, objects, estate) => !estate.can(`arn:${estate.partition}:iam::${account}:root`, 's3:GetObject', objects, { 'aws:SecureTransport': 'false' }),
  good: (name) => [bucket(name), {
    type: 'AWS::S3::BucketPolicy',
    properties: {
      Bucket: name,
      PolicyDocument: policy({
        Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`], Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    },
  }],
  bad: plain,
}

/** Each access is logged by S3. */
export const accessLogged: BucketTrait = {
  holds: ({ properties }) => properties.LoggingConfiguration?.DestinationBucketName !== undefined,
  good: (name) => [bucket(name, { LoggingConfiguration: { DestinationBucketName: `${ACCOUNT}-logs` } })],
  bad: plain,
}

/** Nothing in it can be overwritten without a trace: versions stay, or objects are locked. */
export const keepsHistory: BucketTrait = {
  ...versioned,
  holds: (found, objects, estate) => versioned.holds(found, objects, estate) || found.properties.ObjectLockEnabled === true,
}

/** Personal data or secrets that Amazon Macie has found are not in it. */
export const nothingSensitive: BucketTrait = {
  holds: ({ name }, _objects, estate) => every(estate.all('AWS::Macie::Finding'), ({ properties: finding }) =>
    finding.Category !== 'CLASSIFICATION' || finding.Archived === true || finding.Sample === true || finding.ResourcesAffected?.S3Bucket?.Name !== name),
  good: plain,
  bad: (name) => [bucket(name), {
    type: 'AWS::Macie::Finding',
    properties: { Id: 'f1', Category: 'CLASSIFICATION', Type: 'SensitiveData:S3Object/Personal', ResourcesAffected: { S3Bucket: { Name: name } } },
  }],
}
