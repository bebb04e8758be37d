import { call, defineCollector } from '../collector.ts'
import type { Row } from '../collector.ts'

const named = (kind: string, by: string, rest: Partial<Row> = {}): Row => ({
  type: `AWS::Forecast::${kind}`, list: call(`List${kind}s`), items: `${kind}s`, describe: call(`Describe${kind}`, by), arn: by, tags: call('ListTagsForResource', { ResourceArn: by }), name: `${kind}Name`, ...rest,
})

export default defineCollector({
  id: 'forecast',
  prefix: 'forecast',
  scope: 'region',
  client: () => import('@aws-sdk/client-forecast'),
  page: { MaxResults: 100 },
  resources: [
    named('DatasetGroup', 'DatasetGroupArn'),
    named('Dataset', 'DatasetArn'),
    named('DatasetImportJob', 'DatasetImportJobArn'),
    named('Predictor', 'PredictorArn', { keep: ({ IsAutoPredictor }) => IsAutoPredictor !== true }),
    named('AutoPredictor', 'PredictorArn', { list: call('ListPredictors'), items: 'Predictors', keep: ({ IsAutoPredictor }) => IsAutoPredictor === true, name: 'PredictorName' }),
    named('Forecast', 'ForecastArn'),
    named('ForecastExportJob', 'ForecastExportJobArn'),
    named('Explainability', 'ExplainabilityArn', { list: call('ListExplainabilities'), items: 'Explainabilities' }),
    named('Monitor', 'MonitorArn'),
  ],
})
