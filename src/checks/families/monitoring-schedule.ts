import type { EstateView } from '../../graph/view.ts'
import type { ResourceTypes } from '../../model/types.gen.ts'
import type { Check, Given } from '../check.ts'
import { defineCheck } from '../check.ts'
import type { Switch } from './flag.ts'
import { dataQuality } from './monitoring-jobs.ts'
import { IMAGE, ROLE } from './values.ts'

type Schedule = ResourceTypes['AWS::SageMaker::MonitoringSchedule']

const definitions = {
  DataQuality: 'AWS::SageMaker::DataQualityJobDefinition',
  ModelQuality: 'AWS::SageMaker::ModelQualityJobDefinition',
  ModelBias: 'AWS::SageMaker::ModelBiasJobDefinition',
  ModelExplainability: 'AWS::SageMaker::ModelExplainabilityJobDefinition',
} as const

/** The job that a schedule runs: written in the schedule, or a definition that it names; undefined when that is gone. */
const jobOf = ({ MonitoringScheduleConfig: config }: Schedule, estate: EstateView): { readonly NetworkConfig?: NetworkConfig } | undefined => {
  if (config.MonitoringJobDefinition !== undefined) return config.MonitoringJobDefinition
  return estate.find(definitions[config.MonitoringType ?? 'DataQuality'], config.MonitoringJobDefinitionName)?.properties
}

type NetworkConfig = NonNullable<ResourceTypes['AWS::SageMaker::DataQualityJobDefinition']['NetworkConfig']>

type Flag = 'EnableNetworkIsolation' | 'EnableInterContainerTrafficEncryption'

const input = { EndpointInput: { EndpointName: 'churn', LocalPath: '/opt/ml/processing/input' } }
const output = { MonitoringOutputs: [{ S3Output: { LocalPath: '/opt/ml/processing/output', S3Uri: 's3://reports/churn' } }] }

const written = (NetworkConfig?: NetworkConfig) => ({
  MonitoringScheduleName: 'churn',
  MonitoringScheduleConfig: {
    MonitoringJobDefinition: {
      RoleArn: ROLE, MonitoringAppSpecification: { ImageUri: IMAGE }, MonitoringInputs: [input], MonitoringOutputConfig: output,
      MonitoringResources: dataQuality.JobResources, ...(NetworkConfig === undefined ? {} : { NetworkConfig }),
    },
  },
})

const named = (NetworkConfig: NetworkConfig) => ({
  MonitoringScheduleName: 'churn',
  MonitoringScheduleConfig: { MonitoringJobDefinitionName: 'churn-data', MonitoringType: 'DataQuality' as const },
  given: [{
    type: definitions.DataQuality, id: 'arn:aws:sagemaker:us-east-1:111122223333:data-quality-job-definition/churn-data',
    properties: { ...dataQuality, JobDefinitionName: 'churn-data', NetworkConfig },
  } satisfies Given],
})

/** A check that a switch of the network is on for what a monitoring schedule runs. */
export const scheduleSwitchedOn = ({ risk, why, title, fix }: Switch, id: string, flag: Flag, also: readonly string[]): Check => defineCheck({
  id, risk, why, also,
  severity: 'medium',
  on: 'AWS::SageMaker::MonitoringSchedule',
  title: title('monitoring schedule'),
  fix: { text: fix('job of the monitoring schedule') },
  when: (schedule, estate) => jobOf(schedule, estate) !== undefined,
  requires: (schedule, estate) => jobOf(schedule, estate)?.NetworkConfig?.[flag] === true,
  fails: [written(), named({ [flag]: false })],
  passes: [written({ [flag]: true }), named({ [flag]: true })],
})
