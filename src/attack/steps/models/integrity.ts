import { acts, family, hackTricks, makes, place } from '../../family.ts'
import { endpoint, group, model, repository, workload } from '../../nodes.ts'
import { any, fact, has } from '../../step.ts'
import type { Variable } from '../../step.ts'

const step = family('model integrity', ['AML.T0018'])
const later = { waits: true }
const malware = { techniques: ['AML.T0018.002', 'AML.T0011.000'], waits: true }
const write = (on: Variable) => ({ power: 'write', on } as const)
const component = any('component', 'AWS::SageMaker::InferenceComponent')
const adapter = any('component', 'AWS::SageMaker::InferenceComponent')
const pack = any('model', 'AWS::SageMaker::ModelPackage')
const deployment = any('deployment', 'AWS::Bedrock::CustomModelDeployment')
const profile = any('profile', 'AWS::Bedrock::ApplicationInferenceProfile')
const router = any('router', 'AWS::Bedrock::IntelligentPromptRouter', 'AWS::Bedrock::PromptRouter')
const hub = any('hub', 'AWS::SageMaker::Hub')
const server = any('server', 'AWS::SageMaker::MlflowTrackingServer', 'AWS::SageMaker::MlflowApp')
const card = any('card', 'AWS::SageMaker::ModelCard')
const artifact = any('artifact', 'AWS::SageMaker::Artifact', 'AWS::SageMaker::Action', 'AWS::SageMaker::Context')
const studio = any('profile', 'AWS::SageMaker::UserProfile')

export default [
  step('DM-replace-artifact', 'replaces the artifacts of {model} in {place}', [has('write', place), fact(model, 'loads', place)], write(model), malware),
  step('DM-replace-adapter', 'replaces the adapter of {component} in {place}', [has('write', place), fact(adapter, 'loads', place)], write(adapter), later),
  step('DM-replace-mme', 'adds a model to {place}, from which {endpoint} loads by name', [has('write', place), fact(any('model', 'AWS::SageMaker::Model'), 'chooses from', place), fact(endpoint, 'serves', any('model', 'AWS::SageMaker::Model'))], write(endpoint), malware),
  step('DM-replace-updateendpoint', 'deploys another model to {endpoint}', [...makes('sagemaker:CreateEndpointConfig'), ...acts(endpoint, 'sagemaker:UpdateEndpoint')], write(endpoint)),
  step('DM-replace-weights', 'shifts the traffic of {endpoint} to another variant', acts(endpoint, 'sagemaker:UpdateEndpointWeightsAndCapacities'), write(endpoint)),
  step('DM-replace-component', 'swaps the model of {component}', acts(component, 'sagemaker:UpdateInferenceComponent'), write(component)),
  step('DM-replace-ecr', 'pushes an image to {repository}', [...makes('ecr:GetAuthorizationToken'), ...acts(repository, 'ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload', 'ecr:PutImage')], write(repository), { techniques: ['AML.T0010.004'] }),
  step('DM-replace-registry', 'registers a model of its own in {group}', acts(group, 'sagemaker:CreateModelPackage'), write(group), { ...hackTricks, techniques: ['AML.T0010.003'], waits: true }),
  step('DM-approve-model', 'approves {model} without a review', acts(pack, 'sagemaker:UpdateModelPackage'), write(pack), { techniques: ['AML.T0010.003'], waits: true }),
  step('DM-alias-bedrock-deploy', 'swaps the model behind {deployment}', acts(deployment, 'bedrock:UpdateCustomModelDeployment'), write(deployment)),
  step('DM-inferenceprofile', 'makes an inference profile that applications take for {profile}', [...makes('bedrock:CreateInferenceProfile'), fact(any('application', 'AWS::Lambda::Function'), 'invokes', profile)], write(profile), later),
  step('DM-promptrouter', 'makes a router that applications take for {router}', [...makes('bedrock:CreatePromptRouter'), fact(any('application', 'AWS::Lambda::Function'), 'invokes', router)], write(router), later),
  step('DM-hub-poison', 'publishes a backdoored model in {hub}', acts(hub, 'sagemaker:ImportHubContent'), write(hub), { techniques: ['AML.T0115.001'], waits: true }),
  step('DM-mlflow-poison', 'replaces artifacts of {server} in {place}', [has('write', place), fact(server, 'stores in', place)], write(server), malware),
  step('AI-sm-mlflow-artifact', 'moves an alias of {server} to a model of its own', acts(server, 'sagemaker-mlflow:CreateModelVersion', 'sagemaker-mlflow:SetRegisteredModelAlias'), write(server), later),
  step('DM-modelcard', 'forges the evaluation in {card}', acts(card, 'sagemaker:UpdateModelCard'), write(card), { techniques: ['T1565.001'] }),
  step('DM-lineage', 'breaks the lineage of {artifact}', acts(artifact, 'sagemaker:DeleteAssociation'), { power: 'disable', on: artifact }, { techniques: ['T1070'] }),
  step('DM-delete-model', 'deletes {endpoint}', acts(endpoint, 'sagemaker:DeleteEndpoint'), { power: 'disable', on: endpoint }, { techniques: ['AML.T0029'] }),
  step('AI-sm-canvas-registry', 'sends the models that {profile} registers to another account', acts(studio, 'sagemaker:UpdateUserProfile'), write(studio), { ...hackTricks, techniques: ['AML.T0010.003'] }),
  step('poisoned-model', 'passes what was planted in {training} on to {model}', [has('write', any('training', 'AWS::SageMaker::TrainingJob', 'AWS::Bedrock::ModelCustomizationJob', 'AWS::SageMaker::Pipeline')), fact(model, 'derives from', any('training', 'AWS::SageMaker::TrainingJob', 'AWS::Bedrock::ModelCustomizationJob', 'AWS::SageMaker::Pipeline'))], write(model), { techniques: ['AML.T0018.000'], source: 'MITRE ATLAS AML.T0018.000' }),
  step('served-model', 'has {endpoint} answer with a changed {model}', [has('write', model), fact(endpoint, 'serves', model)], write(endpoint), { techniques: ['AML.T0018'], source: 'MITRE ATLAS AML.T0018' }),
  step('package-of-group', 'has {model} deployed from a changed {group}', [has('write', group), fact(pack, 'part of', group)], write(pack), { source: 'MITRE ATLAS AML.T0010.003' }),
  step('model-of-package', 'has {model} made from a changed {package}', [has('write', any('package', 'AWS::SageMaker::ModelPackage')), fact(any('model', 'AWS::SageMaker::Model'), 'derives from', any('package', 'AWS::SageMaker::ModelPackage'))], write(any('model', 'AWS::SageMaker::Model')), { source: 'MITRE ATLAS AML.T0010.003' }),
  step('image-of-model', 'has {workload} run a changed image of {repository}', [has('write', repository), fact(workload, 'follows', repository)], write(workload), { techniques: ['AML.T0010.004'], source: 'MITRE ATLAS AML.T0010.004', waits: true }),
]
