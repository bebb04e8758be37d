import { defineDetection, minutes, personEase, usualEases } from '../../detection.ts'
import { objectOf, textOf, type LogEvent } from '../../event.ts'
import type { Estate } from '../../estate.ts'
import { PRIVATE } from '../../names.ts'
import { ACCOUNT, dataCall, repeat, role, user } from '../../records.ts'

const eve = user('eve')
const app = role('App', 'i-0abc')
const weights = { bucket: 'ml-models', prefix: 'fraud/', use: 'model', of: { type: 'AWS::SageMaker::Model', id: 'fraud' } } as const
const byHand = role('Dev', 'x', { userAgent: 'aws-cli/2.17.1 md/awscrt#0.20.11 ua/2.0 os/macos#23.5.0' })
const readWeights = (as: typeof app, key = 'fraud/model.tar.gz', at = 0) => dataCall('s3', 'GetObject', 'AWS::S3::Object', `arn:aws:s3:::ml-models/${key}`, { as, at, request: { bucketName: 'ml-models', key } })
const writeWeights = (as: typeof app) => dataCall('s3', 'PutObject', 'AWS::S3::Object', 'arn:aws:s3:::ml-models/fraud/model.tar.gz', { as, request: { bucketName: 'ml-models', key: 'fraud/model.tar.gz' } })
const MODEL_FILE = /(?:^|\/)model\.tar\.gz$|\.(?:safetensors|gguf|pt|pth|onnx|ckpt|h5|keras)$/

const isArtifact = (event: LogEvent, estate: Estate): boolean => {
  const parameters = objectOf(event.raw['requestParameters'])
  const [bucket, key] = [textOf(parameters['bucketName']), textOf(parameters['key'])]
  const known = estate.stores(bucket, key).filter(({ use }) => use === 'model')
  if (known.length > 0) return !known.some(({ writers }) => writers?.includes(event.role) === true) && estate.role(event.role) === undefined
  return event.keyType === 'long-term' && MODEL_FILE.test(key)
}

const ARTIFACT = { parameter: 'key', like: MODEL_FILE } as const

/** Weights that are read, collected or replaced. */
export default [
  defineDetection({
    id: 'model-artifact-read',
    title: 'Model weights read by who does not serve them',
    risk: 'model-theft', severity: 'high', techniques: ['T1530', 'AML.T0035', 'AML.T0025'], source: { data: 'AWS::S3::Object' },
    why: 'The reader is no role of an endpoint or training job; a download is a copy of the model.',
    eases: [...usualEases, personEase],
    when: { kind: 'event', match: { eventSource: 's3.amazonaws.com', eventName: ['GetObject', 'CopyObject'], outcome: 'success' }, where: isArtifact },
    qualifies: ARTIFACT,
    fires: [{ records: [readWeights(eve)], facts: { stores: [weights] } }, [readWeights(eve)]],
    quiet: [{ records: [readWeights(role('Serve'))], facts: { stores: [{ ...weights, writers: [`arn:aws:iam::${ACCOUNT}:role/Serve`] }] } }, [readWeights(eve, 'readme.txt')]],
  }),
  defineDetection({
    id: 'model-artifacts-collected',
    title: 'Weights of several models downloaded by hand',
    risk: 'model-theft', severity: 'high', techniques: ['T1530', 'AML.T0035', 'AML.T0025'], source: { data: 'AWS::S3::Object' },
    why: 'A role outside AWS, with a command line or a desktop, takes one model after the other.',
    eases: [...usualEases, personEase],
    when: {
      kind: 'count', by: ['role'], distinct: { 'requestParameters.key': 5 }, within: minutes(30),
      match: { eventSource: 's3.amazonaws.com', eventName: 'GetObject', outcome: 'success', ip: { not: { like: PRIVATE } }, userAgent: { like: /aws-cli|darwin|macos|windows|rclone|cyberduck|s3cmd/i }, 'requestParameters.key': { like: MODEL_FILE } },
    },
    qualifies: ARTIFACT,
    fires: [repeat(5, 20, (at, index) => ({ ...readWeights(byHand, `m${index}/model.tar.gz`, at), eventID: `w-${at}` }))],
    quiet: [repeat(5, 20, (at, index) => ({ ...readWeights(role('Serve', 'x'), `m${index}/model.tar.gz`, at), eventID: `w-${at}` })), repeat(4, 20, (at, index) => ({ ...readWeights(byHand, `m${index}/model.tar.gz`, at), eventID: `w-${at}` }))],
  }),
  defineDetection({
    id: 'model-artifact-written',
    title: 'Model weights written by who does not make them',
    risk: 'data-poisoning', severity: 'high', techniques: ['T1565.001', 'AML.T0018', 'AML.T0010.003'], source: { data: 'AWS::S3::Object' },
    why: 'The writer is no role of a training job: an endpoint that loads the file serves, and runs, what was put there.',
    eases: [...usualEases, personEase, { match: { 'requestParameters.bucketName': { present: true }, keyType: 'temporary' }, to: 'medium', reason: "made by a role's session" }],
    when: { kind: 'event', match: { eventSource: 's3.amazonaws.com', eventName: ['PutObject', 'CopyObject', 'CompleteMultipartUpload'], outcome: 'success' }, where: isArtifact },
    qualifies: ARTIFACT,
    fires: [{ records: [writeWeights(eve)], facts: { stores: [weights] } }, [writeWeights(eve)]],
    quiet: [{ records: [writeWeights(role('Train'))], facts: { stores: [{ ...weights, writers: [`arn:aws:iam::${ACCOUNT}:role/Train`] }] } }, [writeWeights(role('Train'))]],
  }),
]
