import { unknown } from '../../../core/unknown.ts'
import { lastName } from '../../../core/arn.ts'
import { valueAt } from '../../../core/pointer.ts'
import { readScript, scriptProperties } from '../../scripts.ts'
import { storedCode } from '../code/stored.ts'
import { call, defineCollector } from '../collector.ts'
import type { Item, Row } from '../collector.ts'

const tags = (arn: string) => call('ListTags', { ResourceArn: arn }, { at: 'Tags' })

/** SageMaker names its operations alike: `ListModels`, `DescribeModel` by `ModelName`, with `ModelArn` in each item. */
const named = (kind: string, items: string, rest: Partial<Row> & { plural?: string } = {}): Row => {
  const { plural = `${kind}s`, ...row } = rest
  return {
    type: `AWS::SageMaker::${kind}`,
    list: call(`List${plural}`),
    items,
    describe: call(`Describe${kind}`, `${kind}Name`),
    tags: tags(`${kind}Arn`),
    ...row,
  }
}

const definition = (kind: string): Row => named(kind, 'JobDefinitionSummaries', {
  describe: call(`Describe${kind}`, { JobDefinitionName: 'MonitoringJobDefinitionName' }), tags: tags('JobDefinitionArn'), arn: 'JobDefinitionArn', name: 'MonitoringJobDefinitionName',
})

/** Items that only the list describes: a call for each would tell nothing more. */
const listed = (kind: string, items: string, rest: Partial<Row> = {}): Row => ({ type: `AWS::SageMaker::${kind}`, list: call(`List${kind}s`), items, tags: tags(`${kind}Arn`), ...rest })

const lifecycleScripts = (item: Item): Item => {
  const read = (on: 'OnCreate' | 'OnStart') => ((item[on] ?? []) as { Content?: string }[]).map(({ Content = '' }, at) => readScript(Content, `${on}/${at}/Content`))
  const [create, start] = [read('OnCreate'), read('OnStart')]
  return { OnCreate: create.map(({ stands }) => ({ Content: stands })), OnStart: start.map(({ stands }) => ({ Content: stands })), ...scriptProperties([...create, ...start]) }
}

const studioScript = (item: Item): Item => {
  if (typeof item['StudioLifecycleConfigContent'] !== 'string') return {}
  const script = readScript(item['StudioLifecycleConfigContent'], 'StudioLifecycleConfigContent')
  return { StudioLifecycleConfigContent: script.stands, ...scriptProperties([script]) }
}

/** The content of a card is JSON text, whose names CloudFormation writes without underscores. */
const cardContent = ({ Content }: Item): Item => {
  try {
    return typeof Content === 'string' ? { Content: JSON.parse(Content) as unknown } : {}
  } catch {
    return { Content: unknown('the content of the card is no JSON') }
  }
}

/** The image that runs, by its digest where SageMaker has resolved it. */
const withImage = (specification: unknown): unknown => {
  const { Container, ...rest } = (specification ?? {}) as { Container?: Item }
  const image = valueAt(Container, 'DeployedImage/ResolvedImage') ?? valueAt(Container, 'DeployedImage/SpecifiedImage')
  return specification === undefined ? undefined : { ...rest, Container: Container === undefined ? undefined : { ...Container, Image: image } }
}

/** The SDK packs the code of a job and names the archive in a hyperparameter, in quotes. */
const submittedCode = ({ HyperParameters }: Item): unknown[] => [String((HyperParameters as Item | undefined)?.['sagemaker_submit_directory'] ?? '').replaceAll('"', '')]

const clusterScripts = ({ InstanceGroups }: Item): unknown[] =>
  ((InstanceGroups ?? []) as { LifeCycleConfig?: { SourceS3Uri?: string, OnCreate?: string } }[]).map(({ LifeCycleConfig: config }) => (config === undefined ? '' : `${String(config.SourceS3Uri).replace(/\/$/, '')}/${String(config.OnCreate)}`))

const hubContents = (kind: string): Row => ({
  type: 'AWS::SageMaker::HubContent', list: call('ListHubContents', { HubName: '$parent/HubName' }, { with: { HubContentType: kind } }), items: 'HubContentSummaries', arn: 'HubContentArn', name: 'HubContentName', derive: ({ $parent }) => ({ HubName: ($parent as Item)['HubName'] }),
})

export default defineCollector({
  id: 'sagemaker',
  prefix: 'sagemaker',
  scope: 'region',
  client: () => import('@aws-sdk/client-sagemaker'),
  page: { MaxResults: 100 },
  resources: [
    named('NotebookInstance', 'NotebookInstances', { rename: { NotebookInstanceLifecycleConfigName: 'LifecycleConfigName', SecurityGroups: 'SecurityGroupIds' } }),
    named('NotebookInstanceLifecycleConfig', 'NotebookInstanceLifecycleConfigs', { derive: lifecycleScripts }),
    named('StudioLifecycleConfig', 'StudioLifecycleConfigs', { derive: studioScript }),
    named('Domain', 'Domains', { describe: call('DescribeDomain', 'DomainId') }),
    named('UserProfile', 'UserProfiles', { describe: call('DescribeUserProfile', ['DomainId', 'UserProfileName']) }),
    named('Space', 'Spaces', { describe: call('DescribeSpace', ['DomainId', 'SpaceName']) }),
    named('App', 'Apps', { lastUsedAt: 'LastUserActivityTimestamp', keep: ({ Status }) => Status !== 'Deleted', describe: call('DescribeApp', ['DomainId', 'UserProfileName', 'SpaceName', 'AppType', 'AppName']) }),
    named('AppImageConfig', 'AppImageConfigs', { describe: undefined }),
    named('Image', 'Images', { rename: { RoleArn: 'ImageRoleArn', DisplayName: 'ImageDisplayName', Description: 'ImageDescription' } }),
    named('CodeRepository', 'CodeRepositorySummaryList', { plural: 'CodeRepositories', describe: undefined }),
    named('TrainingJob', 'TrainingJobSummaries', { code: storedCode(submittedCode) }),
    named('HyperParameterTuningJob', 'HyperParameterTuningJobSummaries'),
    named('ProcessingJob', 'ProcessingJobSummaries'),
    named('TransformJob', 'TransformJobSummaries'),
    named('AutoMLJob', 'AutoMLJobSummaries', { describe: call('DescribeAutoMLJobV2', 'AutoMLJobName') }),
    named('LabelingJob', 'LabelingJobSummaryList'),
    named('CompilationJob', 'CompilationJobSummaries'),
    named('EdgePackagingJob', 'EdgePackagingJobSummaries'),
    named('OptimizationJob', 'OptimizationJobSummaries'),
    named('InferenceRecommendationsJob', 'InferenceRecommendationsJobs', { describe: call('DescribeInferenceRecommendationsJob', 'JobName'), tags: tags('JobArn'), arn: 'JobArn', name: 'JobName' }),
    named('Model', 'Models'),
    {
      type: 'AWS::SageMaker::ModelPackageGroup', list: call('ListModelPackageGroups'), items: 'ModelPackageGroupSummaryList', tags: tags('ModelPackageGroupArn'),
      more: [call('GetModelPackageGroupPolicy', 'ModelPackageGroupName', { at: 'ResourcePolicy', as: 'ModelPackageGroupPolicy', absent: ['ValidationException'] })],
    },
    {
      type: 'AWS::SageMaker::ModelPackage', list: call('ListModelPackages', {}, { with: { ModelPackageType: 'Both' } }), items: 'ModelPackageSummaryList',
      describe: call('DescribeModelPackage', { ModelPackageName: 'ModelPackageArn' }), tags: tags('ModelPackageArn'),
    },
    named('ModelCard', 'ModelCardSummaries', { derive: cardContent }),
    named('EndpointConfig', 'EndpointConfigs'),
    named('Endpoint', 'Endpoints', { rename: { LastDeploymentConfig: 'DeploymentConfig' }, usage: { namespace: 'AWS/SageMaker', metric: 'Invocations', dimension: 'EndpointName', by: 'EndpointName' } }),
    named('InferenceComponent', 'InferenceComponents', {
      rename: { LastDeploymentConfig: 'DeploymentConfig' },
      derive: ({ RuntimeConfig, Specification, Specifications }) => ({
        RuntimeConfig: RuntimeConfig === undefined ? undefined : { ...RuntimeConfig, CopyCount: valueAt(RuntimeConfig, 'DesiredCopyCount') },
        Specification: withImage(Specification), Specifications: (Specifications as unknown[] | undefined)?.map(withImage) }),
    }),
    named('InferenceExperiment', 'InferenceExperiments', {
      describe: call('DescribeInferenceExperiment', 'Name'), tags: tags('Arn'), derive: ({ EndpointMetadata }) => ({ EndpointName: valueAt(EndpointMetadata, 'EndpointName') }),
    }),
    named('Pipeline', 'PipelineSummaries', {
      derive: ({ PipelineDefinition }) => (typeof PipelineDefinition === 'string' ? { PipelineDefinition: { PipelineDefinitionBody: PipelineDefinition } } : {}),
      lastUsedAt: 'LastRunTime',
    }),
    named('Project', 'ProjectSummaryList'),
    // each thing that is found stands in a member of its kind
    named('FeatureGroup', 'FeatureGroupSummaries', { list: call('ListFeatureGroups', {}, { otherwise: call('Search', {}, { with: { Resource: 'FeatureGroup' }, at: 'Results/*' }) }) }),
    named('MonitoringSchedule', 'MonitoringScheduleSummaries'),
    definition('DataQualityJobDefinition'),
    definition('ModelQualityJobDefinition'),
    definition('ModelBiasJobDefinition'),
    definition('ModelExplainabilityJobDefinition'),
    named('Cluster', 'ClusterSummaries', {
      code: storedCode(clusterScripts),
      rename: Object.fromEntries(['InstanceGroups', 'RestrictedInstanceGroups'].flatMap((list) => [
        [`${list}/*/TargetCount`, 'InstanceCount'], [`${list}/*/MinCount`, 'MinInstanceCount'], [`${list}/*/InstanceRequirements/DesiredInstanceTypes`, 'InstanceTypes'],
        [`${list}/*/CurrentImageId`, 'ImageId'], [`${list}/*/AutoPatchConfig/DesiredPatchSchedule`, 'PatchSchedule'],
      ]).concat([
        ['RestrictedInstanceGroupsConfig/SharedEnvironmentConfig/DesiredFSxLustreConfig', 'FSxLustreConfig'],
        ['RestrictedInstanceGroupsConfig/SharedEnvironmentConfig/DesiredFSxLustreDeletionPolicy', 'FSxLustreDeletionPolicy'],
      ])),
    }),
    named('ClusterSchedulerConfig', 'ClusterSchedulerConfigSummaries', { describe: call('DescribeClusterSchedulerConfig', 'ClusterSchedulerConfigId') }),
    named('TrainingPlan', 'TrainingPlanSummaries', { describe: undefined }),
    named('MlflowTrackingServer', 'TrackingServerSummaries', { describe: call('DescribeMlflowTrackingServer', 'TrackingServerName'), tags: tags('TrackingServerArn'), arn: 'TrackingServerArn', name: 'TrackingServerName' }),
    named('MlflowApp', 'Summaries', { describe: call('DescribeMlflowApp', 'Arn'), tags: tags('Arn'), arn: 'Arn' }),
    named('PartnerApp', 'Summaries', { describe: call('DescribePartnerApp', 'Arn'), tags: tags('Arn'), arn: 'Arn' }),
    named('Hub', 'HubSummaries', { keep: ({ HubName }) => HubName !== 'SageMakerPublicHub', children: ['Model', 'ModelReference', 'Notebook'].map(hubContents) }),
    named('Workforce', 'Workforces', { describe: undefined }),
    named('Workteam', 'Workteams', {
      describe: undefined, derive: ({ WorkforceArn }) => ({ WorkforceName: WorkforceArn === undefined ? undefined : lastName(String(WorkforceArn)) }),
      rename: {
        'MemberDefinitions/*/CognitoMemberDefinition/UserPool': 'CognitoUserPool', 'MemberDefinitions/*/CognitoMemberDefinition/UserGroup': 'CognitoUserGroup',
        'MemberDefinitions/*/CognitoMemberDefinition/ClientId': 'CognitoClientId', 'MemberDefinitions/*/OidcMemberDefinition/Groups': 'OidcGroups',
      },
    }),
    named('FlowDefinition', 'FlowDefinitionSummaries'),
    named('HumanTaskUi', 'HumanTaskUiSummaries', { describe: undefined }),
    named('Algorithm', 'AlgorithmSummaryList'),
    named('DeviceFleet', 'DeviceFleetSummaries'),
    listed('Experiment', 'ExperimentSummaries'),
    listed('Trial', 'TrialSummaries'),
    listed('TrialComponent', 'TrialComponentSummaries'),
    { type: 'AWS::SageMaker::ServicecatalogPortfolio', describe: call('GetSagemakerServicecatalogPortfolioStatus') },
  ],
})
