import { days, defineDetection, hours, minutes, personEase, roleEase, usualEases } from '../../detection.ts'
import { type LogEvent } from '../../event.ts'
import { BEDROCK, SAGEMAKER } from '../../names.ts'
import { ACCOUNT, call, FOREIGN, repeat, role, user } from '../../records.ts'

const eve = user('eve')
const pipeline = role('Pipeline', 'run')

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

/** Models that are brought in, approved, swapped or deleted. */
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
