import { IMAGE, ROLE } from './values.ts'

const report = { MonitoringOutputs: [{ S3Output: { LocalPath: '/opt/ml/processing/output', S3Uri: 's3://reports/churn' } }] }
const endpoint = { EndpointInput: { EndpointName: 'churn', LocalPath: '/opt/ml/processing/input' } }
const labels = { GroundTruthS3Input: { S3Uri: 's3://labels/churn' } }
const common = { JobResources: { ClusterConfig: { InstanceCount: 2, InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 30 } }, RoleArn: ROLE }

/** The four monitoring jobs of SageMaker with no more than they need, on two instances. */
export const dataQuality = {
  ...common, DataQualityAppSpecification: { ImageUri: IMAGE }, DataQualityJobInput: endpoint, DataQualityJobOutputConfig: report,
}

export const bias = {
  ...common, ModelBiasAppSpecification: { ImageUri: IMAGE, ConfigUri: 's3://models/bias.json' },
  ModelBiasJobInput: { ...endpoint, ...labels }, ModelBiasJobOutputConfig: report,
}

export const explainability = {
  ...common, ModelExplainabilityAppSpecification: { ImageUri: IMAGE, ConfigUri: 's3://models/shap.json' },
  ModelExplainabilityJobInput: endpoint, ModelExplainabilityJobOutputConfig: report,
}

export const quality = {
  ...common, ModelQualityAppSpecification: { ImageUri: IMAGE, ProblemType: 'Regression' as const },
  ModelQualityJobInput: { ...endpoint, ...labels }, ModelQualityJobOutputConfig: report,
}
