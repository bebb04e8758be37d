import { every, none, some } from '../../core/unknown.ts'
import type { EstateView, Found } from '../../graph/view.ts'
import type { ResourceTypes } from '../../model/types.gen.ts'
import { defineCheck } from '../check.ts'
import type { Given } from '../check.ts'
import { ACCOUNT, REGION, STRANGER, policy } from '../families/examples.ts'
import { statementsOf } from '../families/policy-text.ts'
import { letsStrangersIn } from '../families/strangers.ts'
import { IMAGE, ROLE } from '../families/values.ts'

type Model = ResourceTypes['AWS::SageMaker::Model']
type Approval = 'Approved' | 'PendingManualApproval' | 'Rejected'

const sagemaker = (resource: string) => `arn:aws:sagemaker:${REGION}:${ACCOUNT}:${resource}`
const packageArn = sagemaker('model-package/churn/3')
const registered = (ModelApprovalStatus: Approval): Given => ({
  type: 'AWS::SageMaker::ModelPackage', id: packageArn, properties: { ModelPackageArn: packageArn, ModelPackageGroupName: 'churn', ModelPackageVersion: 3, ModelApprovalStatus },
})
const deployed = { ModelName: 'churn', ExecutionRoleArn: ROLE, PrimaryContainer: { ModelPackageName: packageArn } }
const byHand = { ModelName: 'churn', ExecutionRoleArn: ROLE, PrimaryContainer: { Image: IMAGE, ModelDataUrl: 's3://place/churn/model.tar.gz' } }
const config: Given = {
  type: 'AWS::SageMaker::EndpointConfig', id: sagemaker('endpoint-config/churn'),
  properties: { EndpointConfigName: 'churn', ProductionVariants: [{ VariantName: 'main', ModelName: 'churn', InstanceType: 'ml.m5.large', InitialInstanceCount: 1 }] },
}
const endpoint: Given = { type: 'AWS::SageMaker::Endpoint', id: sagemaker('endpoint/churn'), properties: { EndpointName: 'churn', EndpointConfigName: 'churn' } }
const schedule = (MonitoringScheduleStatus: string): Given => ({
  type: 'AWS::SageMaker::MonitoringSchedule', id: sagemaker('monitoring-schedule/churn'),
  properties: { MonitoringScheduleName: 'churn', EndpointName: 'churn', MonitoringScheduleStatus, MonitoringScheduleConfig: { MonitoringJobDefinitionName: 'churn', MonitoringType: 'DataQuality' } },
})
const monitored = (MonitoringScheduleStatus: 'Stopped' | 'Failed' | 'Scheduled') =>
  ({ MonitoringScheduleName: 'churn', MonitoringScheduleStatus, MonitoringScheduleConfig: { MonitoringJobDefinitionName: 'churn', MonitoringType: 'DataQuality' as const } })
const definition: Given = {
  type: 'AWS::SageMaker::DataQualityJobDefinition', id: sagemaker('data-quality-job-definition/drift'),
  properties: { JobDefinitionName: 'drift', DataQualityJobInput: { EndpointInput: { EndpointName: 'churn', LocalPath: '/opt/ml/in' } } },
}
const runs = ({ properties }: Given): Given => ({
  type: 'AWS::SageMaker::MonitoringSchedule', id: sagemaker('monitoring-schedule/drift'),
  properties: { MonitoringScheduleName: 'drift', MonitoringScheduleConfig: { MonitoringJobDefinitionName: properties['JobDefinitionName'], MonitoringType: 'DataQuality' } },
})
const groupPolicy = (account: string, action: string) =>
  ({ ModelPackageGroupName: 'churn', ModelPackageGroupPolicy: policy({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: action, Resource: '*' }) })
const reviewed = { ModelPackageGroupName: 'churn', ModelApprovalStatus: 'Approved' as const }

const packagesOf = (found: Model): readonly string[] =>
  [found.PrimaryContainer, ...(found.Containers ?? [])].flatMap((container) => (container?.ModelPackageName === undefined ? [] : [container.ModelPackageName]))

/** Whether an endpoint configuration serves the model under check. */
const isServed = (estate: EstateView): boolean => estate.referrers('serves', 'AWS::SageMaker::EndpointConfig').length > 0

const definitions = [
  'AWS::SageMaker::DataQualityJobDefinition', 'AWS::SageMaker::ModelQualityJobDefinition', 'AWS::SageMaker::ModelBiasJobDefinition', 'AWS::SageMaker::ModelExplainabilityJobDefinition',
] as const

/** Whether a schedule that runs watches the endpoint under check, itself or by a definition that it names. */
const isScheduled = (estate: EstateView): boolean => some([
  () => some(estate.referrers('monitors', 'AWS::SageMaker::MonitoringSchedule'), isRunning),
  () => some(definitions, (type) => some(estate.referrers('monitors', type), ({ name }) =>
    some(estate.all('AWS::SageMaker::MonitoringSchedule'), (schedule) => schedule.properties.MonitoringScheduleConfig.MonitoringJobDefinitionName === name && isRunning(schedule)))),
], (look) => look())

const isRunning = ({ properties }: Found<'AWS::SageMaker::MonitoringSchedule'>): boolean =>
  properties.MonitoringScheduleStatus !== 'Stopped' && properties.MonitoringScheduleStatus !== 'Failed'

export default [
  defineCheck({
    id: 'sagemaker-model-unapproved-package-deployed', on: 'AWS::SageMaker::Model', risk: 'model-drift', severity: 'high',
    title: 'A model is deployed that nobody approved',
    why: 'A version that was rejected, or that nobody looked at, answers requests.',
    fix: { text: 'Deploy an approved version, and let the pipeline deploy nothing else.' },
    when: (found, estate) => some(packagesOf(found), (name) => estate.find('AWS::SageMaker::ModelPackage', name) !== undefined),
    requires: (found, estate) => every(packagesOf(found), (name) => {
      const version = estate.find('AWS::SageMaker::ModelPackage', name)
      return version === undefined || version.properties.ModelApprovalStatus === 'Approved'
    }),
    fails: [{ ...deployed, given: [registered('PendingManualApproval')] }, { ...deployed, given: [registered('Rejected')] }],
    passes: [{ ...deployed, given: [registered('Approved')] }],
  }),
  defineCheck({
    id: 'sagemaker-model-not-from-registry', on: 'AWS::SageMaker::Model', risk: 'model-drift', severity: 'low',
    title: 'A model is served that is not in the registry',
    why: 'Nobody can tell from which data and code it was made, or who approved it.',
    fix: { text: 'Register the model as a version in a model package group, and deploy it from there.' },
    when: (found, estate) => (found.PrimaryContainer !== undefined || (found.Containers ?? []).length > 0) && isServed(estate),
    requires: (found) => packagesOf(found).length > 0,
    fails: [{ ...byHand, given: [config] }],
    passes: [{ ...deployed, given: [config, registered('Approved')] }],
  }),
  defineCheck({
    id: 'sagemaker-model-package-group-external', on: 'AWS::SageMaker::ModelPackageGroup', risk: 'model-theft', severity: 'high',
    title: 'Somebody outside may use the versions of the model',
    why: 'Reading a version is enough to copy the model; registering one is enough to swap it.',
    fix: { text: 'Take the foreign or public principals out of ModelPackageGroupPolicy.' },
    requires: (group, estate) => none(statementsOf(group.ModelPackageGroupPolicy), (statement) => letsStrangersIn(estate, statement)),
    fails: [groupPolicy(STRANGER, 'sagemaker:DescribeModelPackage'), groupPolicy(STRANGER, 'sagemaker:CreateModelPackage')],
    passes: [groupPolicy(ACCOUNT, 'sagemaker:DescribeModelPackage'), { ModelPackageGroupName: 'churn' }],
  }),
  defineCheck({
    id: 'sagemaker-model-package-scan-failed', on: 'AWS::SageMaker::ModelPackage', risk: 'adversarial-input', severity: 'high',
    title: 'A registered version failed its validation',
    why: 'A version that could not be validated can still be deployed.',
    fix: { text: 'Read the failure reason, mend the version and register it again; delete this one.' },
    requires: (version) => version.ModelPackageStatus !== 'Failed' && none(version.ModelPackageStatusDetails?.ValidationStatuses, ({ Status }) => Status === 'Failed'),
    fails: [{ ModelPackageGroupName: 'churn', ModelPackageStatus: 'Failed' }, { ModelPackageGroupName: 'churn', ModelPackageStatusDetails: { ValidationStatuses: [{ Name: 'scan', Status: 'Failed' }] } }],
    passes: [{ ModelPackageGroupName: 'churn', ModelPackageStatus: 'Completed' }],
  }),
  defineCheck({
    id: 'sagemaker-model-package-auto-approved', on: 'AWS::SageMaker::ModelPackage', risk: 'model-drift', severity: 'medium',
    title: 'A version was approved without a word by anybody',
    why: 'A pipeline that approves what it made lets a poisoned model through to production.',
    fix: { text: 'Register versions as PendingManualApproval, and say on approval who looked at what in ApprovalDescription.' },
    also: ['awsaiml:SM-22', 'awsaiml:FS-19'],
    when: (version) => version.ModelApprovalStatus === 'Approved',
    requires: (version) => version.ApprovalDescription !== undefined && version.ApprovalDescription !== '',
    fails: [reviewed],
    passes: [{ ...reviewed, ApprovalDescription: 'Metrics and bias report checked by A. Lovelace' }],
  }),
  defineCheck({
    id: 'sagemaker-registry-not-used', on: 'AWS::SageMaker::ModelPackageGroup', risk: 'model-drift', severity: 'low',
    title: 'No version of any model is approved, though endpoints answer',
    why: 'What is served was not approved through the registry.',
    fix: { text: 'Approve a version after review, and deploy it from the registry.' },
    also: ['prowler:sagemaker_models_registry_in_use', 'awsaiml:SM-08'],
    when: (_group, estate) => !estate.isTemplate && estate.all('AWS::SageMaker::Endpoint').length > 0,
    requires: (_group, estate) => some(estate.all('AWS::SageMaker::ModelPackage'), ({ properties }) => properties.ModelApprovalStatus === 'Approved'),
    fails: [{ ModelPackageGroupName: 'churn', given: [endpoint, registered('PendingManualApproval')] }],
    passes: [
      { ModelPackageGroupName: 'churn', given: [endpoint, registered('Approved')] },
      { ModelPackageGroupName: 'drafts', given: [endpoint, registered('Approved')] },
    ],
  }),
  defineCheck({
    id: 'sagemaker-endpoint-no-monitor', on: 'AWS::SageMaker::Endpoint', risk: 'model-drift', severity: 'low',
    title: 'Nothing watches the endpoint for drift',
    why: 'Answers get worse, or are steered, and nobody notices.',
    fix: { text: 'Capture data at the endpoint and give it a monitoring schedule.' },
    also: ['prowler:sagemaker_models_monitor_enabled', 'awsaiml:SM-07', 'awsaiml:SM-23', 'awsaiml:FS-17', 'awsaiml:FS-18'],
    requires: (_endpoint, estate) => isScheduled(estate),
    fails: [
      { EndpointName: 'churn', EndpointConfigName: 'churn' },
      { EndpointName: 'churn', EndpointConfigName: 'churn', given: [schedule('Stopped')] },
      { EndpointName: 'churn', EndpointConfigName: 'churn', given: [definition] },
    ],
    passes: [
      { EndpointName: 'churn', EndpointConfigName: 'churn', given: [schedule('Scheduled')] },
      { EndpointName: 'churn', EndpointConfigName: 'churn', given: [definition, runs(definition)] },
    ],
  }),
  defineCheck({
    id: 'sagemaker-monitoring-schedule-inactive', on: 'AWS::SageMaker::MonitoringSchedule', risk: 'model-drift', severity: 'low',
    title: 'The monitoring schedule does not run',
    why: 'Answers get worse, or are steered, and nobody notices.',
    fix: { text: 'Mend what made it fail and start the schedule again, or delete it.' },
    also: ['prowler:sagemaker_models_monitor_enabled', 'awsaiml:SM-07', 'awsaiml:FS-17'],
    requires: (found) => found.MonitoringScheduleStatus !== 'Stopped' && found.MonitoringScheduleStatus !== 'Failed',
    fails: [monitored('Stopped'), monitored('Failed')],
    passes: [monitored('Scheduled')],
  }),
  defineCheck({
    id: 'sagemaker-model-card-missing', on: 'AWS::SageMaker::Model', risk: 'model-drift', severity: 'info',
    title: 'A served model has no approved model card',
    why: 'Nobody can tell what the model is for, what it was made from and what it must not be used for.',
    fix: { text: 'Write a model card that names the model, and approve it.' },
    also: ['awsaiml:FS-42'],
    when: (_model, estate) => !estate.isTemplate && isServed(estate),
    requires: (_model, estate) => some(estate.all('AWS::SageMaker::ModelCard'), ({ properties }) => properties.ModelCardStatus === 'Approved' && JSON.stringify(properties.Content).includes(estate.self.name)),
    fails: [{ ...byHand, given: [config] }],
    passes: [{ ...byHand, given: [config, { type: 'AWS::SageMaker::ModelCard', properties: { ModelCardName: 'churn', ModelCardStatus: 'Approved', Content: { ModelOverview: { ModelName: 'churn' } } } }] }],
  }),
  defineCheck({
    id: 'sagemaker-clarify-not-used', on: 'AWS::SageMaker::Model', risk: 'model-drift', severity: 'info',
    title: 'A model is served in a region where nothing was ever examined for bias',
    why: 'Nobody has looked whether the model treats people differently, or why it decides as it does.',
    fix: { text: 'Run a SageMaker Clarify processing job on the model, or schedule bias and explainability monitoring.' },
    also: ['prowler:sagemaker_clarify_exists', 'awsaiml:SM-06', 'awsaiml:FS-39', 'awsaiml:FS-41'],
    when: (_model, estate) => !estate.isTemplate && isServed(estate),
    requires: (_model, estate) => some([
      () => some(estate.all('AWS::SageMaker::ProcessingJob'), ({ properties }) => properties.AppSpecification.ImageUri.includes('clarify')),
      () => estate.all('AWS::SageMaker::ModelBiasJobDefinition').length > 0,
      () => estate.all('AWS::SageMaker::ModelExplainabilityJobDefinition').length > 0,
    ], (look) => look()),
    fails: [{ ...byHand, given: [config] }],
    passes: [{ ...byHand, given: [config, {
      type: 'AWS::SageMaker::ProcessingJob', id: sagemaker('processing-job/bias'),
      properties: {
        AppSpecification: { ImageUri: '205585389593.dkr.ecr.us-east-1.amazonaws.com/sagemaker-clarify-processing:1.0' }, RoleArn: ROLE,
        ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 30 } },
      },
    }] }],
  }),
  defineCheck({
    id: 'sagemaker-lineage-not-used', on: 'AWS::SageMaker::Model', risk: 'model-drift', severity: 'info',
    title: 'A model is served in a region where no experiment was ever tracked',
    why: 'Which data, code and parameters made the model cannot be told.',
    fix: { text: 'Track training in experiments or MLflow, and register models from there.' },
    also: ['awsaiml:SM-05', 'awsaiml:SM-25'],
    when: (_model, estate) => !estate.isTemplate && isServed(estate),
    requires: (_model, estate) => some(['AWS::SageMaker::Experiment', 'AWS::SageMaker::TrialComponent', 'AWS::SageMaker::MlflowTrackingServer', 'AWS::SageMaker::MlflowApp'] as const, (type) => estate.all(type).length > 0),
    fails: [{ ...byHand, given: [config] }],
    passes: [{ ...byHand, given: [config, { type: 'AWS::SageMaker::Experiment', id: sagemaker('experiment/churn'), properties: { ExperimentName: 'churn' } }] }],
  }),
]
