import { every, none, some } from '../../core/unknown.ts'
import type { ResourceTypes } from '../../model/types.gen.ts'
import { defineCheck } from '../check.ts'
import { STRANGER } from '../families/examples.ts'
import { hasVulnerabilities, isFixed, isOwnImage, isTrustedImage, repository, scanned } from '../families/images.ts'
import { everyAt, someAt } from '../families/places.ts'
import { IMAGE, ROLE } from '../families/values.ts'

type Model = ResourceTypes['AWS::SageMaker::Model']
type Container = NonNullable<Model['PrimaryContainer']>

const model = (container: Container) => ({ ExecutionRoleArn: ROLE, PrimaryContainer: container })
const pipeline = (...containers: Container[]) => ({ ExecutionRoleArn: ROLE, Containers: containers })
const containersOf = ({ PrimaryContainer: primary, Containers: containers }: Model): readonly Container[] => [...(primary === undefined ? [] : [primary]), ...(containers ?? [])]
const training = (TrainingImage: string, TrainingRepositoryAccessMode: 'Platform' | 'Vpc' = 'Platform') =>
  ({ TrainingJobName: 'churn', RoleArn: ROLE, AlgorithmSpecification: { TrainingImage, TrainingImageConfig: { TrainingRepositoryAccessMode } } })
const foreign = `${STRANGER}.dkr.ecr.us-east-1.amazonaws.com/models:1`
const published = '763104351884.dkr.ecr.us-east-1.amazonaws.com/pytorch-inference:2.6.0-gpu-py312'
const pinned = `${IMAGE.slice(0, IMAGE.lastIndexOf(':'))}@sha256:${'0123456789abcdef'.repeat(4)}`
const image = 'AgentRuntimeArtifact/ContainerConfiguration/ContainerUri'
const agent = (ContainerUri: string) => ({
  AgentRuntimeName: 'support', RoleArn: ROLE, NetworkConfiguration: { NetworkMode: 'PUBLIC' as const }, AgentRuntimeArtifact: { ContainerConfiguration: { ContainerUri } },
})
const platform = {
  risk: 'adversarial-input', severity: 'medium',
  why: 'The image is pulled over the network of the service, past the endpoints and logs of your VPC that say which registries may be used.',
  fix: { text: 'Keep the image in a private registry that is reached through your VPC: ImageConfig.RepositoryAccessMode Vpc.' },
} as const
const trusting = /^(?:HF_MODEL_|OPTION_|SM_VLLM_|SM_SGLANG_|VLLM_|HF_|)TRUST_REMOTE_CODE$/
const yes = /^(?:1|true|yes|on)$/i

/** Environment variables by which serving containers of Hugging Face, DJL, vLLM and SGLang are told to run code that comes with a model. */
const runsItsCode = (environment: unknown): boolean => typeof environment === 'object' && environment !== null &&
  Object.keys(environment).some((name) => trusting.test(name) && yes.test(String((environment as Record<string, unknown>)[name])))

export default [
  defineCheck({
    id: 'sagemaker-model-platform-registry', on: 'AWS::SageMaker::Model', ...platform,
    title: 'The container of the model does not come from a registry in your VPC',
    also: ['securityhub:SageMaker.16', 'config:sagemaker-model-private-registry-required', 'awsaiml:SM-14'],
    when: (found) => found.PrimaryContainer?.Image !== undefined,
    requires: ({ PrimaryContainer: container }) => container?.ImageConfig?.RepositoryAccessMode === 'Vpc',
    fails: [model({ Image: IMAGE }), model({ Image: IMAGE, ImageConfig: { RepositoryAccessMode: 'Platform' } })],
    passes: [model({ Image: 'registry.internal:5000/models:1', ImageConfig: { RepositoryAccessMode: 'Vpc' } })],
  }),
  defineCheck({
    id: 'sagemaker-model-pipeline-platform-registry', on: 'AWS::SageMaker::Model', ...platform,
    title: 'A container of the inference pipeline does not come from a registry in your VPC',
    also: ['securityhub:SageMaker.19', 'config:sagemaker-model-multicontainer-private-registry', 'awsaiml:SM-14'],
    when: (found) => some(found.Containers, ({ Image }) => Image !== undefined),
    requires: (found) => every(found.Containers, ({ Image, ImageConfig }) => Image === undefined || ImageConfig?.RepositoryAccessMode === 'Vpc'),
    fails: [pipeline({ Image: 'registry.internal:5000/clean:1', ImageConfig: { RepositoryAccessMode: 'Vpc' } }, { Image: IMAGE })],
    passes: [pipeline({ Image: 'registry.internal:5000/clean:1', ImageConfig: { RepositoryAccessMode: 'Vpc' } })],
  }),
  defineCheck({
    id: 'sagemaker-model-image-external-registry', on: 'AWS::SageMaker::Model', risk: 'adversarial-input', severity: 'high',
    title: 'The model runs from an image of somebody else',
    why: 'Whoever owns the registry can change what runs, with the role of the model and every request before it.',
    fix: { text: 'Copy the image to a repository of your own, scan it there and name it by digest.' },
    requires: (found, estate) => every(containersOf(found), ({ Image, ImageConfig }) => Image === undefined || ImageConfig?.RepositoryAccessMode === 'Vpc' || isTrustedImage(Image, estate)),
    fails: [model({ Image: foreign }), pipeline({ Image: IMAGE }, { Image: foreign })],
    passes: [model({ Image: IMAGE }), model({ Image: published }), model({ Image: '628508329040.dkr.ecr.eu-south-2.amazonaws.com/sagemaker-xgboost:1.7-1' })],
  }),
  defineCheck({
    id: 'sagemaker-training-image-external-registry', on: 'AWS::SageMaker::TrainingJob', risk: 'adversarial-input', severity: 'high',
    title: 'The training runs from an image of somebody else',
    why: 'Whoever owns the registry can read the training data and plant a back door in the model.',
    fix: { text: 'Copy the image to a repository of your own, scan it there and name it by digest.' },
    when: (job) => job.AlgorithmSpecification?.TrainingImage !== undefined,
    requires: ({ AlgorithmSpecification: algorithm }, estate) =>
      algorithm?.TrainingImageConfig?.TrainingRepositoryAccessMode === 'Vpc' || isTrustedImage(algorithm?.TrainingImage ?? '', estate),
    fails: [training(foreign)],
    passes: [training(IMAGE), training(published), training('registry.internal:5000/train:1', 'Vpc')],
  }),
  defineCheck({
    id: 'sagemaker-model-image-mutable-tag', on: 'AWS::SageMaker::Model', risk: 'adversarial-input', severity: 'medium',
    title: 'The image of the model is named by a tag that can be moved',
    why: 'Whoever may push to the repository swaps what the next instance runs, and nothing shows it.',
    fix: { text: 'Name the image by digest, or make the tags of the repository immutable.' },
    when: (found, estate) => !every(containersOf(found), ({ Image }) => Image === undefined || !isOwnImage(Image, estate)),
    requires: (found, estate) => every(containersOf(found), ({ Image }) => Image === undefined || !isOwnImage(Image, estate) || isFixed(Image, estate)),
    fails: [{ ...model({ Image: IMAGE }), given: [repository()] }],
    passes: [{ ...model({ Image: pinned }), given: [repository()] }, { ...model({ Image: IMAGE }), given: [repository({ ImageTagMutability: 'IMMUTABLE' })] }],
  }),
  defineCheck({
    id: 'sagemaker-model-image-vulnerable', on: 'AWS::SageMaker::Model', risk: 'adversarial-input', severity: 'high',
    title: 'The image of the model has critical or high vulnerabilities',
    why: 'A crafted request can take over the container, and with it the weights and the role of the model.',
    fix: { text: 'Rebuild the image on a patched base, and deploy it by digest.' },
    requires: (found, estate) => none(containersOf(found), ({ Image }) => Image !== undefined && hasVulnerabilities(Image, estate)),
    fails: [{ ...model({ Image: IMAGE }), given: [repository(), scanned('CRITICAL')] }],
    passes: [{ ...model({ Image: IMAGE }), given: [repository(), scanned('LOW')] }],
  }),
  defineCheck({
    id: 'sagemaker-model-trust-remote-code', on: 'AWS::SageMaker::Model', risk: 'adversarial-input', severity: 'high',
    title: 'The container runs code that comes with the model',
    why: 'Whoever publishes or changes the model files runs code with the role of the endpoint.',
    fix: { text: 'Take the variable out, or set it to false, and use models whose code is part of the library.' },
    requires: (found) => none(containersOf(found), ({ Environment }) => runsItsCode(Environment)),
    fails: [model({ Image: IMAGE, Environment: { HF_MODEL_TRUST_REMOTE_CODE: 'true' } }), pipeline({ Image: IMAGE, Environment: { OPTION_TRUST_REMOTE_CODE: 'true' } })],
    passes: [model({ Image: IMAGE, Environment: { HF_MODEL_ID: '/opt/ml/model' } }), model({ Image: IMAGE, Environment: { HF_MODEL_TRUST_REMOTE_CODE: 'false' } })],
  }),
  defineCheck({
    id: 'agentcore-runtime-image-risk', on: 'AWS::BedrockAgentCore::Runtime', risk: 'adversarial-input', severity: 'high',
    title: 'The image of the agent comes from somebody else, can be swapped or is vulnerable',
    why: 'Whoever changes the image or breaks into it acts as the agent, with its role, tools and memory.',
    fix: { text: 'Keep the image in a repository of your own with immutable tags and scanning, and rebuild it on a patched base.' },
    also: ['awsaiml:AC-05'],
    when: (runtime) => someAt(runtime, image),
    requires: (runtime, estate) => everyAt(runtime, image, (value) => {
      const uri = value as string
      return isTrustedImage(uri, estate) && (!isOwnImage(uri, estate) || isFixed(uri, estate)) && !hasVulnerabilities(uri, estate)
    }),
    fails: [agent(foreign), { ...agent(IMAGE), given: [repository()] }, { ...agent(pinned), given: [repository(), { ...scanned('CRITICAL'), properties: { ...scanned('CRITICAL').properties, ImageId: { ImageDigest: pinned.slice(pinned.indexOf('sha256:')) } } }] }],
    passes: [{ ...agent(pinned), given: [repository(), scanned('LOW')] }],
  }),
]
