import { days, defineDetection, hours, minutes, personEase, roleEase, usualEases } from '../../detection.ts'
import { objectOf, textOf, type LogEvent } from '../../event.ts'
import type { Estate } from '../../estate.ts'
import { BEDROCK, PRIVATE, SAGEMAKER } from '../../names.ts'
import { ACCOUNT, call, dataCall, FOREIGN, repeat, role, user } from '../../records.ts'
import { crossAccount } from '../agents/agents.ts'

const eve = user('eve')
const app = role('App', 'i-0abc')
const pipeline = role('Pipeline', 'run')
const ENDPOINT = `arn:aws:sagemaker:us-east-1:${ACCOUNT}:endpoint/fraud`
const invokeEndpoint = (at: number, as = app, fields = {}) => dataCall('sagemaker', 'InvokeEndpoint', 'AWS::SageMaker::Endpoint', ENDPOINT, { as, at, request: { endpointName: 'fraud' }, fields })
const CALLS = ['InvokeEndpoint', 'InvokeEndpointAsync', 'InvokeEndpointWithResponseStream'] as const
const weights = { bucket: 'ml-models', prefix: 'fraud/', use: 'model', of: { type: 'AWS::SageMaker::Model', id: 'fraud' } } as const
const byHand = role('Dev', 'x', { userAgent: 'aws-cli/2.17.1 md/awscrt#0.20.11 ua/2.0 os/macos#23.5.0' })
const readWeights = (as: typeof app, key = 'fraud/model.tar.gz', at = 0) => dataCall('s3', 'GetObject', 'AWS::S3::Object', `arn:aws:s3:::ml-models/${key}`, { as, at, request: { bucketName: 'ml-models', key } })
const writeWeights = (as: typeof app) => dataCall('s3', 'PutObject', 'AWS::S3::Object', 'arn:aws:s3:::ml-models/fraud/model.tar.gz', { as, request: { bucketName: 'ml-models', key: 'fraud/model.tar.gz' } })
const share = (principal: string) => call('ram', 'CreateResourceShare', { as: eve, request: { name: 's', resourceArns: [`arn:aws:sagemaker:us-east-1:${ACCOUNT}:model-package-group/fraud`], principals: [principal], allowExternalPrincipals: true } })
const policyFor = (principal: string) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: principal === '*' ? '*' : { AWS: principal }, Action: '*', Resource: '*' }] })

/** Whether a request names a principal, bucket or target outside the account, or anyone. */
const namesOutside = (event: LogEvent, estate: Estate): boolean => {
  const text = JSON.stringify(event.raw['requestParameters'] ?? '').replaceAll('\\"', '"').replaceAll('\\n', '')
  if (/"(?:AWS|Principal)"\s*:\s*(?:\[\s*)?"\*"/.test(text)) return true
  return accountsIn(text).some((account) => account !== event.account && account !== '' && (estate.facts.accounts.length === 0 || estate.foreign(account)))
}

const accountsIn = (text: string): string[] =>
  [...text.matchAll(/arn:aws[\w-]*:[\w-]+:[\w-]*:(\d{12}):|"(?:AWS|accountId|targetAccountId|sourceAccountId)"\s*:\s*(?:\[\s*)?"(\d{12})"/g)].map(([, arn, id]) => arn ?? id ?? '')

const MODEL_FILE = /(?:^|\/)model\.tar\.gz$|\.(?:safetensors|gguf|pt|pth|onnx|ckpt|h5|keras)$/

const isArtifact = (event: LogEvent, estate: Estate): boolean => {
  const parameters = objectOf(event.raw['requestParameters'])
  const [bucket, key] = [textOf(parameters['bucketName']), textOf(parameters['key'])]
  const known = estate.stores(bucket, key).filter(({ use }) => use === 'model')
  if (known.length > 0) return !known.some(({ writers }) => writers?.includes(event.role) === true) && estate.role(event.role) === undefined
  return event.keyType === 'long-term' && MODEL_FILE.test(key)
}

const sharesAi = (event: LogEvent, { facts, foreign }: Estate): boolean => {
  const { resourceArns, principals } = objectOf(event.raw['requestParameters'])
  const outside = [principals].flat().map(textOf).filter((principal) => /^\d{12}$/.test(principal) && principal !== event.account && (facts.accounts.length === 0 || foreign(principal)))
  return outside.length > 0 && [resourceArns].flat().some((arn) => /:(?:bedrock|sagemaker|bedrock-agentcore):/.test(textOf(arn)))
}

const foreignImage = (event: LogEvent): boolean => {
  const text = JSON.stringify(event.raw['requestParameters'] ?? '')
  const images = [...text.matchAll(/"(?:image|trainingImage|imageUri)"\s*:\s*"(?:(\d{12})\.dkr\.ecr\.)?[^"]+"/g)].map(([, account]) => account)
  return images.some((account) => account !== event.account && !isPublisher(account ?? ''))
}

/** Accounts in which AWS publishes its own images for SageMaker, in the larger regions. */
const isPublisher = (account: string): boolean => publishers.includes(account)

const publishers = ['763104351884', '683313688378', '246618743249', '141502667606', '382416733822', '811284229777', '433757028032', '174872318107', '438346466558', '664544806723', '685385470294', '257758044811',
  '492215442770', '121021644041', '366743142698', '520713654638', '895741380848', '746614075791', '720646828776', '783357654285', '354813040037', '341280168497', '662702820516', '156813124566', '468650794304', '536280801234']

const pushed = { eventSource: SAGEMAKER, eventName: 'CreateModelPackage' } as const

/** Models that are taken, copied, replaced or brought in from elsewhere. */
export default [
  defineDetection({
    id: 'bedrock-model-imported',
    title: 'Model imported, deployed or registered from outside Bedrock',
    risk: 'third-party', severity: 'medium', techniques: ['T1525', 'AML.T0010.003'],
    why: 'Weights that AWS did not vet now answer in the account.',
    eases: [...usualEases, roleEase],
    when: { kind: 'event', match: { eventSource: BEDROCK, eventName: ['CreateModelImportJob', 'CreateMarketplaceModelEndpoint', 'RegisterMarketplaceModelEndpoint', 'CreateCustomModelDeployment'], outcome: 'success' } },
    fires: [[call('bedrock', 'CreateModelImportJob', { as: eve, request: { jobName: 'j', importedModelName: 'm' } })]],
    quiet: [[call('bedrock', 'ListModelImportJobs', { as: eve })]],
  }),
  defineDetection({
    id: 'bedrock-custom-model-shared',
    title: 'Custom model copied or given to another account',
    risk: 'model-theft', severity: 'critical', techniques: ['T1537', 'AML.T0048.004', 'AML.T0025'],
    why: 'A tuned model holds what it was trained on; the copy is out of reach.',
    eases: [...usualEases, personEase],
    when: { kind: 'event', match: { eventSource: BEDROCK, eventName: ['CreateModelCopyJob', 'PutResourcePolicy'], outcome: 'success' }, where: namesOutside },
    fires: [[call('bedrock', 'CreateModelCopyJob', { as: eve, request: { sourceModelArn: `arn:aws:bedrock:us-east-1:${FOREIGN}:custom-model/x`, targetModelName: 'x' } })], [call('bedrock', 'PutResourcePolicy', { as: eve, request: { resourceArn: `arn:aws:bedrock:us-east-1:${ACCOUNT}:custom-model/x`, resourcePolicy: policyFor(`arn:aws:iam::${FOREIGN}:root`) } })]],
    quiet: [[call('bedrock', 'CreateModelCopyJob', { as: eve, request: { sourceModelArn: `arn:aws:bedrock:us-east-1:${ACCOUNT}:custom-model/x`, targetModelName: 'x' } })]],
  }),
  defineDetection({
    id: 'ai-output-to-other-account',
    title: 'Batch or asynchronous inference writes to a bucket of another account',
    risk: 'model-misuse', severity: 'high', techniques: ['T1537', 'T1496.004', 'AML.T0025', 'AML.T0034'],
    why: 'Answers, and what they were made from, are delivered outside.',
    when: { kind: 'event', match: [
      { eventName: 'CreateModelInvocationJob', 'requestParameters.outputDataConfig.s3OutputDataConfig.s3BucketOwner': { present: true } },
      { eventName: 'StartAsyncInvoke', 'requestParameters.outputDataConfig.s3OutputDataConfig.bucketOwner': { present: true } }], where: ownedByOther },
    fires: [[call('bedrock', 'CreateModelInvocationJob', { as: eve, request: { outputDataConfig: { s3OutputDataConfig: { s3Uri: 's3://drop/', s3BucketOwner: FOREIGN } } } })]],
    quiet: [[call('bedrock', 'CreateModelInvocationJob', { as: eve, request: { outputDataConfig: { s3OutputDataConfig: { s3Uri: 's3://ours/', s3BucketOwner: ACCOUNT } } } })]],
  }),
  defineDetection({
    id: 'bedrock-batch-job-by-user',
    title: 'Batch inference started with a long-term key',
    risk: 'model-misuse', severity: 'medium', techniques: ['T1496.004', 'AML.T0034'],
    why: 'One job is a whole day of calls, and makes no InvokeModel record that a rate would show.',
    when: { kind: 'event', match: { eventSource: BEDROCK, eventName: ['CreateModelInvocationJob', 'CreateModelCustomizationJob', 'StartAsyncInvoke'], keyType: ['long-term', 'bearer'], outcome: 'success' } },
    fires: [[call('bedrock', 'CreateModelInvocationJob', { as: eve })]],
    quiet: [[call('bedrock', 'CreateModelInvocationJob', { as: pipeline })]],
  }),
  defineDetection({
    id: 'model-artifact-read',
    title: 'Model weights read by who does not serve them',
    risk: 'model-theft', severity: 'high', techniques: ['T1530', 'AML.T0035', 'AML.T0025'], source: { data: 'AWS::S3::Object' },
    why: 'The reader is no role of an endpoint or training job; a download is a copy of the model.',
    eases: [...usualEases, personEase],
    when: { kind: 'event', match: { eventSource: 's3.amazonaws.com', eventName: ['GetObject', 'CopyObject'], outcome: 'success' }, where: isArtifact },
    qualifies: /model\.tar\.gz"|\.(?:safetensors|gguf|pt|pth|onnx|ckpt|h5|keras)"/,
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
    qualifies: /model\.tar\.gz"|\.(?:safetensors|gguf|pt|pth|onnx|ckpt|h5|keras)"/,
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
    qualifies: /model\.tar\.gz"|\.(?:safetensors|gguf|pt|pth|onnx|ckpt|h5|keras)"/,
    fires: [{ records: [writeWeights(eve)], facts: { stores: [weights] } }, [writeWeights(eve)]],
    quiet: [{ records: [writeWeights(role('Train'))], facts: { stores: [{ ...weights, writers: [`arn:aws:iam::${ACCOUNT}:role/Train`] }] } }, [writeWeights(role('Train'))]],
  }),
  defineDetection({
    id: 'ai-resource-shared-outside',
    title: 'AI resource shared with another account',
    risk: 'model-theft', severity: 'high', techniques: ['T1537', 'T1098', 'AML.T0035'],
    why: 'Resource Access Manager now gives a model, package group or endpoint to an account outside.',
    eases: [...usualEases, personEase],
    when: { kind: 'event', match: { eventSource: 'ram.amazonaws.com', eventName: ['CreateResourceShare', 'AssociateResourceShare'], outcome: 'success' }, where: sharesAi },
    qualifies: /:(?:bedrock|sagemaker|bedrock-agentcore):/,
    fires: [[share(FOREIGN)]],
    quiet: [[share(ACCOUNT)], [call('ram', 'CreateResourceShare', { as: eve, request: { name: 's', resourceArns: [`arn:aws:ec2:us-east-1:${ACCOUNT}:subnet/subnet-1`], principals: [FOREIGN] } })]],
  }),
  defineDetection({
    id: 'model-shared-outside',
    title: 'Model package, image or hub opened to another account',
    risk: 'model-theft', severity: 'high', techniques: ['T1537', 'AML.T0035'],
    why: 'A resource policy now lets another account, or anyone, take the model or the image it runs in.',
    eases: [...usualEases, personEase],
    when: { kind: 'event', match: [{ eventSource: SAGEMAKER, eventName: ['PutModelPackageGroupPolicy', 'PutResourcePolicy'], outcome: 'success' }, { eventSource: 'ecr.amazonaws.com', eventName: 'SetRepositoryPolicy', 'requestParameters.repositoryName': { like: /model|sagemaker|bedrock|agent|llm|infer|train|ml/i }, outcome: 'success' }], where: namesOutside },
    fires: [[call('sagemaker', 'PutModelPackageGroupPolicy', { as: eve, request: { modelPackageGroupName: 'fraud', resourcePolicy: policyFor(`arn:aws:iam::${FOREIGN}:root`) } })], [call('ecr', 'SetRepositoryPolicy', { as: eve, request: { repositoryName: 'fraud-model', policyText: policyFor('*') } })]],
    quiet: [[call('sagemaker', 'PutModelPackageGroupPolicy', { as: eve, request: { modelPackageGroupName: 'fraud', resourcePolicy: policyFor(`arn:aws:iam::${ACCOUNT}:root`) } })]],
  }),
  defineDetection({
    id: 'model-image-pulled-cross-account',
    title: 'Image of a model pulled by another account',
    risk: 'model-theft', severity: 'medium', techniques: ['T1537', 'AML.T0035'],
    why: 'The image holds code, and often weights.',
    when: { kind: 'event', match: { eventSource: 'ecr.amazonaws.com', eventName: 'BatchGetImage', 'requestParameters.repositoryName': { like: /model|sagemaker|bedrock|agent|llm|infer|train/i } }, where: crossAccount },
    qualifies: /"repositoryName":\s*"[^"]*(?:model|sagemaker|bedrock|agent|llm|infer|train)/,
    fires: [[call('ecr', 'BatchGetImage', { as: role('Stranger', 'x', { account: FOREIGN }), request: { repositoryName: 'fraud-model' } })]],
    quiet: [[call('ecr', 'BatchGetImage', { as: app, request: { repositoryName: 'fraud-model' } })]],
  }),
  defineDetection({
    id: 'model-approved-by-its-author',
    title: 'Model package approved by the one who pushed it',
    risk: 'misconfigured-pipeline', severity: 'medium', techniques: ['T1525', 'AML.T0018', 'AML.T0010.003'],
    why: 'Approval is the gate before production; nobody else looked.',
    eases: [...usualEases, roleEase],
    when: {
      kind: 'set', ordered: true, atLeast: 2, within: days(7),
      steps: [{ name: 'push', match: { ...pushed, outcome: 'success' } }, { name: 'approve', match: { eventSource: SAGEMAKER, eventName: 'UpdateModelPackage', 'requestParameters.modelApprovalStatus': 'Approved' } }],
    },
    fires: [[call('sagemaker', 'CreateModelPackage', { as: eve }), call('sagemaker', 'UpdateModelPackage', { as: eve, at: 600, request: { modelApprovalStatus: 'Approved' } })]],
    quiet: [[call('sagemaker', 'CreateModelPackage', { as: pipeline }), call('sagemaker', 'UpdateModelPackage', { as: eve, at: 600, request: { modelApprovalStatus: 'Approved' } })]],
  }),
  defineDetection({
    id: 'sagemaker-endpoint-variant-swapped',
    title: 'Endpoint turned to a model with an image from outside the account',
    risk: 'model-theft', severity: 'high', techniques: ['T1525', 'AML.T0018', 'AML.T0010.003'],
    why: 'One principal makes a model from a foreign image and points a live endpoint to it.',
    eases: [...usualEases, personEase],
    when: {
      kind: 'set', ordered: true, atLeast: 2, within: hours(2),
      steps: [{ name: 'model', match: { eventSource: SAGEMAKER, eventName: 'CreateModel', 'requestParameters.primaryContainer.image': { all: [{ present: true }, { not: { starts: publishers } }] } } }, { name: 'swap', match: { eventSource: SAGEMAKER, eventName: ['UpdateEndpoint', 'UpdateEndpointWeightsAndCapacities'], outcome: 'success', keyType: ['long-term', 'temporary'] } }],
    },
    fires: [[call('sagemaker', 'CreateModel', { as: eve, request: { modelName: 'fraud-2', primaryContainer: { image: `${FOREIGN}.dkr.ecr.us-east-1.amazonaws.com/x:1` } } }), call('sagemaker', 'UpdateEndpoint', { as: eve, at: 300, request: { endpointName: 'fraud' } })]],
    quiet: [[call('sagemaker', 'CreateModel', { as: eve, request: { modelName: 'fraud-2', primaryContainer: { image: '763104351884.dkr.ecr.us-east-1.amazonaws.com/pytorch:2' } } }), call('sagemaker', 'UpdateEndpoint', { as: eve, at: 300, request: { endpointName: 'fraud' } })]],
  }),
  defineDetection({
    id: 'sagemaker-model-from-foreign-image',
    title: 'Model or job made from an image of another account or registry',
    risk: 'third-party', severity: 'medium', techniques: ['T1525', 'AML.T0010'],
    why: 'The image runs with the role of the model or job; its owner can change it under the same tag.',
    eases: [...usualEases, roleEase],
    when: { kind: 'event', match: { eventSource: SAGEMAKER, eventName: ['CreateModel', 'CreateTrainingJob', 'CreateProcessingJob'], outcome: 'success' }, where: foreignImage },
    fires: [[call('sagemaker', 'CreateTrainingJob', { as: eve, request: { trainingJobName: 't', algorithmSpecification: { trainingImage: `${FOREIGN}.dkr.ecr.us-east-1.amazonaws.com/x:1` } } })], [call('sagemaker', 'CreateModel', { as: eve, request: { modelName: 'm', primaryContainer: { image: `${FOREIGN}.dkr.ecr.us-east-1.amazonaws.com/x:1` } } })]],
    quiet: [[call('sagemaker', 'CreateModel', { as: eve, request: { modelName: 'm', primaryContainer: { image: `${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/x:1` } } })]],
  }),
  defineDetection({
    id: 'sagemaker-endpoint-extraction',
    title: 'Endpoint called far more often than ever by one caller',
    risk: 'model-theft', severity: 'high', techniques: ['AML.T0024.002', 'AML.T0024'], source: { data: 'AWS::SageMaker::Endpoint' },
    why: 'A model is copied by asking it: an hour of five times the usual calls, and thousands of them.',
    when: { kind: 'spike', match: { eventSource: SAGEMAKER, eventName: CALLS, outcome: 'success' }, by: ['role', 'target'], times: 5, floor: 200, history: 3 },
    fires: [[...repeat(4, 3600, (at) => invokeEndpoint(at)), ...repeat(200, 10, (at, index) => invokeEndpoint(30 * 3600 + at, app, { eventID: `x-${index}` }))]],
    quiet: [[...repeat(4, 3600, (at) => invokeEndpoint(at)), ...repeat(199, 10, (at, index) => invokeEndpoint(30 * 3600 + at, app, { eventID: `x-${index}` }))]],
  }),
  defineDetection({
    id: 'sagemaker-endpoint-high-frequency',
    title: 'Endpoint called very often with a long-term key',
    risk: 'model-theft', severity: 'medium', techniques: ['AML.T0024.002', 'AML.T0024', 'AML.T0034.000'], source: { data: 'AWS::SageMaker::Endpoint' },
    why: 'Applications call endpoints with roles; a thousand questions an hour with a key copy the model or resell it.',
    eases: [...usualEases, roleEase],
    when: { kind: 'count', match: { eventSource: SAGEMAKER, eventName: CALLS, outcome: 'success' }, by: ['principal', 'target'], atLeast: 1000, within: hours(1) },
    fires: [() => repeat(1000, 3, (at) => invokeEndpoint(at, eve))],
    quiet: [() => repeat(999, 3, (at) => invokeEndpoint(at, eve))],
  }),
  defineDetection({
    id: 'sagemaker-endpoint-caller-first-seen',
    title: 'Endpoint called by a principal for the first time',
    risk: 'model-misuse', severity: 'low', techniques: ['T1078.004', 'AML.T0040'], source: { data: 'AWS::SageMaker::Endpoint' },
    why: 'Endpoints have few callers.',
    when: { kind: 'first', match: { eventSource: SAGEMAKER, eventName: CALLS }, by: ['account', 'target'], of: ['role'], history: days(7) },
    fires: [[invokeEndpoint(0), invokeEndpoint(8 * 86_400, eve)]],
    quiet: [[invokeEndpoint(0), invokeEndpoint(8 * 86_400)]],
  }),
  defineDetection({
    id: 'sagemaker-endpoint-cross-account',
    title: 'Endpoint called from another account',
    risk: 'insecure-api', severity: 'high', techniques: ['T1078.004', 'T1199', 'AML.T0040'], source: { data: 'AWS::SageMaker::Endpoint' },
    why: 'A caller of another account is served by the model.',
    when: { kind: 'event', match: { eventSource: SAGEMAKER, eventName: CALLS }, where: crossAccount },
    fires: [[invokeEndpoint(0, role('Stranger', 'x', { account: FOREIGN }))]],
    quiet: [[invokeEndpoint(0)]],
  }),
  defineDetection({
    id: 'sagemaker-endpoint-errors',
    title: 'Endpoint probed with requests that it refuses',
    risk: 'adversarial-input', severity: 'medium', techniques: ['AML.T0040', 'AML.T0042'], source: { data: 'AWS::SageMaker::Endpoint' },
    why: 'The shape of the input is being found out by errors.',
    when: { kind: 'count', match: { eventSource: SAGEMAKER, eventName: CALLS, outcome: ['invalid', 'error'] }, by: ['principal', 'target'], atLeast: 20, within: minutes(10) },
    fires: [() => repeat(20, 20, (at) => invokeEndpoint(at, app, { errorCode: 'ModelError' }))],
    quiet: [() => repeat(19, 20, (at) => invokeEndpoint(at, app, { errorCode: 'ModelError' }))],
  }),
  defineDetection({
    id: 'ai-invoked-cross-account',
    title: 'Model called by a principal of another account',
    risk: 'insecure-api', severity: 'high', techniques: ['T1078.004', 'T1199', 'AML.T0040'], source: 'management reads',
    why: 'The account pays for calls that another makes: a role it lent, or a resource policy too wide.',
    when: { kind: 'event', match: { eventSource: BEDROCK, eventName: ['InvokeModel', 'InvokeModelWithResponseStream', 'Converse', 'ConverseStream'], outcome: 'success' }, where: crossAccount },
    fires: [[call('bedrock', 'InvokeModel', { as: role('Stranger', 'x', { account: FOREIGN }) })]],
    quiet: [[call('bedrock', 'InvokeModel', { as: app })]],
  }),
  defineDetection({
    id: 'ai-resources-destroyed',
    title: 'Several AI resources deleted within minutes',
    risk: 'model-misuse', severity: 'high', techniques: ['T1485'],
    why: 'Models, endpoints, agents and knowledge bases go one after the other.',
    eases: [...usualEases, roleEase],
    when: { kind: 'count', match: { eventSource: [BEDROCK, SAGEMAKER], eventName: ['DeleteModel', 'DeleteModelPackage', 'DeleteEndpoint', 'DeleteCustomModel', 'DeleteImportedModel', 'DeleteAgent', 'DeleteKnowledgeBase', 'DeleteGuardrail', 'DeleteProvisionedModelThroughput', 'DeleteFeatureGroup', 'DeleteModelPackageGroup', 'DeleteDomain', 'DeleteNotebookInstance'], outcome: 'success' }, atLeast: 5, within: minutes(10) },
    fires: [() => repeat(5, 20, (at) => call('sagemaker', 'DeleteModel', { as: eve, at }))],
    quiet: [() => repeat(4, 20, (at) => call('sagemaker', 'DeleteModel', { as: eve, at }))],
  }),
]

function ownedByOther(event: LogEvent, estate: Estate): boolean {
  const output = objectOf(objectOf(objectOf(event.raw['requestParameters'])['outputDataConfig'])['s3OutputDataConfig'])
  const owner = textOf(output['s3BucketOwner']) || textOf(output['bucketOwner'])
  return owner !== event.account && (estate.facts.accounts.length === 0 || estate.foreign(owner))
}
