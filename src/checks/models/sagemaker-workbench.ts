import { every, none, some } from '../../core/unknown.ts'
import { parseArn } from '../../core/arn.ts'
import { defineCheck } from '../check.ts'
import type { Given } from '../check.ts'
import { ACCOUNT, REGION, STRANGER } from '../families/examples.ts'
import { KEY, NETWORK, ROLE } from '../families/values.ts'

const notebook = (more: object) => ({ InstanceType: 'ml.t3.medium', RoleArn: ROLE, ...more })

/** Platforms of notebook instances that still get patches: Amazon Linux 1 ended in 2023, Amazon Linux 2 in June 2026. */
const supported = ['notebook-al2023-v1']

/** What a lifecycle script must not do, as a scan reports it. */
const remote = new Set(['pipes-download-to-shell', 'installs-from-other-index', 'trusts-host-without-tls', 'installs-from-git'])
interface Script { readonly Flags: readonly string[] }
const fetches = (resource: object): boolean => some((resource as { readonly BartizanScripts?: readonly Script[] }).BartizanScripts, ({ Flags }) => some(Flags, (flag) => remote.has(flag)))
const scripts = (flag: string) => ({ BartizanScripts: [{ Place: 'OnStart/0/Content', Length: 120, Sha256: '', Flags: [flag] }] }) as object
const lifecycle = {
  id: 'sagemaker-notebook-lifecycle-remote-fetch', risk: 'adversarial-input', severity: 'medium',
  title: 'A lifecycle script runs what it fetches from elsewhere',
  why: 'Whoever holds the other end runs commands as root in every notebook that starts.',
  fix: { text: 'Keep scripts and packages in your own buckets and repositories, and pin them by hash.' },
} as const
const plain = (url: string | undefined): boolean => url === undefined || !/^(?:http|git):\/\//.test(url)
const image = (OwnerId: string): Given => ({ type: 'AWS::EC2::Image', id: 'ami-0a1b2c3d4e5f60718', properties: { ImageId: 'ami-0a1b2c3d4e5f60718', OwnerId, Name: 'deep-learning' } })
const bought = `arn:aws:sagemaker:${REGION}:865070037744:model-package/some-vendor-model`
const accelerated = /^(?:p\d|g\d|trn\d|inf\d|dl\d|vt1)/
const workspace = (AllowedInferenceGeos: readonly string[]) => ({ Name: 'research', DataResidency: { AllowedInferenceGeos } })

export default [
  defineCheck({
    id: 'sagemaker-notebook-unsupported-platform', on: 'AWS::SageMaker::NotebookInstance', risk: 'adversarial-input', severity: 'medium',
    title: 'The notebook runs on a platform that gets no more patches',
    why: 'Known holes in the system and in Jupyter stay open.',
    fix: { text: 'Make the notebook again on a supported platform.', set: { PlatformIdentifier: 'notebook-al2023-v1' } },
    also: [
      'securityhub:SageMaker.8', 'config:sagemaker-notebook-instance-platform-version',
      'steampipe:sagemaker_notebook_instance_supported_platform_version', 'awsaiml:SM-28'
    ],
    requires: (found) => supported.includes(found.PlatformIdentifier ?? 'notebook-al2-v1'),
    fails: [notebook({}), notebook({ PlatformIdentifier: 'notebook-al2-v2' })],
    passes: [notebook({ PlatformIdentifier: 'notebook-al2023-v1' })],
  }),
  defineCheck({
    ...lifecycle, on: 'AWS::SageMaker::NotebookInstanceLifecycleConfig',
    requires: (config) => !fetches(config),
    fails: [{ NotebookInstanceLifecycleConfigName: 'setup', ...scripts('pipes-download-to-shell') }, { NotebookInstanceLifecycleConfigName: 'setup', ...scripts('installs-from-other-index') }],
    passes: [{ NotebookInstanceLifecycleConfigName: 'setup', ...scripts('installs-packages') }],
  }),
  defineCheck({
    ...lifecycle, on: 'AWS::SageMaker::StudioLifecycleConfig',
    requires: (config) => !fetches(config),
    fails: [{ StudioLifecycleConfigName: 'setup', StudioLifecycleConfigAppType: 'JupyterLab', StudioLifecycleConfigContent: '', ...scripts('pipes-download-to-shell') }],
    passes: [{ StudioLifecycleConfigName: 'setup', StudioLifecycleConfigAppType: 'JupyterLab', StudioLifecycleConfigContent: '', ...scripts('installs-packages') }],
  }),
  defineCheck({
    id: 'sagemaker-notebook-untrusted-git-repo', on: 'AWS::SageMaker::NotebookInstance', risk: 'adversarial-input', severity: 'medium',
    title: 'The notebook fetches code without TLS',
    why: 'Whoever sits on the network decides which code runs beside the data.',
    fix: { text: 'Name repositories by https URLs, in CodeCommit or a host of your own.' },
    when: (found) => found.DefaultCodeRepository !== undefined || (found.AdditionalCodeRepositories ?? []).length > 0,
    requires: (found) => plain(found.DefaultCodeRepository) && every(found.AdditionalCodeRepositories, plain),
    fails: [notebook({ DefaultCodeRepository: 'http://git.example.com/lab.git' }), notebook({ AdditionalCodeRepositories: ['git://git.example.com/lab.git'] })],
    passes: [notebook({ DefaultCodeRepository: 'https://git-codecommit.us-east-1.amazonaws.com/v1/repos/lab' })],
  }),
  defineCheck({
    id: 'sagemaker-notebook-untrusted-git-repo', on: 'AWS::SageMaker::CodeRepository', risk: 'adversarial-input', severity: 'medium',
    title: 'The repository is fetched without TLS',
    why: 'Whoever sits on the network decides which code runs beside the data.',
    fix: { text: 'Name the repository by an https URL, in CodeCommit or a host of your own.' },
    requires: (found) => plain(found.GitConfig.RepositoryUrl),
    fails: [{ GitConfig: { RepositoryUrl: 'http://git.example.com/lab.git' } }],
    passes: [{ GitConfig: { RepositoryUrl: 'https://git.example.com/lab.git' } }],
  }),
  defineCheck({
    id: 'sagemaker-image-no-description', on: 'AWS::SageMaker::Image', risk: 'model-drift', severity: 'info',
    title: 'The Studio image has no description',
    why: 'Nobody can tell what the image is for, or whether it may be used.',
    fix: { text: 'Say in ImageDescription what the image holds and who keeps it up.' },
    also: ['config:sagemaker-image-description'],
    requires: (found) => found.ImageDescription !== undefined && found.ImageDescription !== '',
    fails: [{ ImageName: 'lab', ImageRoleArn: ROLE }],
    passes: [{ ImageName: 'lab', ImageRoleArn: ROLE, ImageDescription: 'PyTorch 2.6, kept up by the platform team' }],
  }),
  defineCheck({
    id: 'sagemaker-mlflow-outdated', on: 'AWS::SageMaker::MlflowTrackingServer', risk: 'adversarial-input', severity: 'medium',
    title: 'The MLflow server is of a version with known holes',
    why: 'MLflow before 2.16 lets a crafted model or run read files of the server or run code in the browser of whoever looks at it.',
    fix: { text: 'Make the tracking server again with the newest MlflowVersion.' },
    when: (server) => server.MlflowVersion !== undefined,
    requires: (server) => {
      const [major = 0, minor = 0] = (server.MlflowVersion ?? '').split('.').map(Number)
      return major > 2 || (major === 2 && minor >= 16)
    },
    fails: [{ TrackingServerName: 'science', RoleArn: ROLE, ArtifactStoreUri: 's3://place/mlflow', MlflowVersion: '2.13.2' }],
    passes: [{ TrackingServerName: 'science', RoleArn: ROLE, ArtifactStoreUri: 's3://place/mlflow', MlflowVersion: '3.0' }],
  }),
  defineCheck({
    id: 'sagemaker-optimization-job-insecure', on: 'AWS::SageMaker::OptimizationJob', risk: 'model-theft', severity: 'low',
    title: 'The optimised model has no customer managed key, or was made outside a VPC',
    why: 'The weights lie and travel where nobody here controls who reads them.',
    fix: { text: 'Run the next job with OutputConfig.KmsKeyId and a VpcConfig.' },
    requires: (job) => job.OutputConfig?.KmsKeyId !== undefined && job.VpcConfig !== undefined,
    fails: [
      { OptimizationJobName: 'llama', OutputConfig: { S3OutputLocation: 's3://place/out' }, VpcConfig: NETWORK },
      { OptimizationJobName: 'llama', OutputConfig: { S3OutputLocation: 's3://place/out', KmsKeyId: KEY } },
    ],
    passes: [{ OptimizationJobName: 'llama', OutputConfig: { S3OutputLocation: 's3://place/out', KmsKeyId: KEY }, VpcConfig: NETWORK }],
  }),
  defineCheck({
    id: 'sagemaker-model-marketplace-package', on: 'AWS::SageMaker::Model', risk: 'model-drift', severity: 'info',
    title: 'A model package of another account is deployed',
    why: 'What the model was made from and how it is kept up is for its vendor to say.',
    fix: { text: 'Keep a review of the vendor and the model, and pin the version that was reviewed.' },
    requires: (found, estate) => none([found.PrimaryContainer, ...(found.Containers ?? [])], (container) => {
      const account = parseArn(container?.ModelPackageName ?? '')?.account
      return account !== undefined && account !== '' && !estate.isOurs(account)
    }),
    fails: [{ ExecutionRoleArn: ROLE, PrimaryContainer: { ModelPackageName: bought } }],
    passes: [{ ExecutionRoleArn: ROLE, PrimaryContainer: { ModelPackageName: `arn:aws:sagemaker:${REGION}:${ACCOUNT}:model-package/churn/3` } }],
  }),
  defineCheck({
    id: 'gpu-instance-dlami-outdated', on: 'AWS::EC2::Instance', risk: 'adversarial-input', severity: 'medium',
    title: 'An accelerated instance runs an image of somebody unknown',
    why: 'Whoever made the image may have left a way in, next to the weights and the data.',
    fix: { text: 'Start the instance again from an image of Amazon or of your own accounts.' },
    when: (found, estate) => accelerated.test(found.InstanceType ?? '') && estate.find('AWS::EC2::Image', found.ImageId) !== undefined,
    requires: (found, estate) => {
      const from = estate.find('AWS::EC2::Image', found.ImageId)?.properties
      return from === undefined || from.ImageOwnerAlias === 'amazon' || from.ImageOwnerAlias === 'aws-marketplace' || (from.OwnerId !== undefined && estate.isOurs(from.OwnerId))
    },
    fails: [{ InstanceType: 'p5.48xlarge', ImageId: 'ami-0a1b2c3d4e5f60718', given: [image(STRANGER)] }],
    passes: [{ InstanceType: 'p5.48xlarge', ImageId: 'ami-0a1b2c3d4e5f60718', given: [image(ACCOUNT)] }],
  }),
  defineCheck({
    id: 'external-anthropic-workspace-residency', on: 'AWS::AWSExternalAnthropic::Workspace', risk: 'model-drift', severity: 'low',
    title: 'Inference of the workspace may happen anywhere in the world',
    why: 'Prompts leave the geography that laws or contracts keep the data in.',
    fix: { text: 'Name the geographies that are allowed in DataResidency.AllowedInferenceGeos.' },
    requires: (found) => some(found.DataResidency?.AllowedInferenceGeos, () => true) && none(found.DataResidency?.AllowedInferenceGeos, (geography) => geography === 'unrestricted' || geography === 'global'),
    fails: [{ Name: 'research' }, workspace(['global'])],
    passes: [workspace(['us'])],
  }),
]
