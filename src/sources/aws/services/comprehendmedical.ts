import { call, defineCollector } from '../collector.ts'
import type { Row } from '../collector.ts'

const job = (kind: string): Row => ({
  type: `AWS::ComprehendMedical::${kind}`, list: call(`List${kind}s`), items: 'ComprehendMedicalAsyncJobPropertiesList', id: ['JobId'], name: 'JobName', createdAt: 'SubmitTime',
})

export default defineCollector({
  id: 'comprehendmedical',
  prefix: 'comprehendmedical',
  scope: 'region',
  client: () => import('@aws-sdk/client-comprehendmedical'),
  page: { MaxResults: 500 },
  resources: ['EntitiesDetectionV2Job', 'PHIDetectionJob', 'ICD10CMInferenceJob', 'RxNormInferenceJob', 'SNOMEDCTInferenceJob'].map(job),
})
