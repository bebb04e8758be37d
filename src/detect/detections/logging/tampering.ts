import { defineDetection, personEase, usualEases } from '../../detection.ts'
import { objectOf, textOf, valuesAt, type LogEvent } from '../../event.ts'
import type { Estate } from '../../estate.ts'
import { BEDROCK, SAGEMAKER } from '../../names.ts'
import { ACCOUNT, call, dataCall, FOREIGN, role, user } from '../../records.ts'

const thief = user('build-bot')
const put = (loggingConfig: Readonly<Record<string, unknown>>) =>
  call('bedrock', 'PutModelInvocationLoggingConfiguration', { as: thief, request: { loggingConfig } })
const toBucket = (bucketName: string) => ({ s3Config: { bucketName, keyPrefix: '' }, textDataDeliveryEnabled: true, imageDataDeliveryEnabled: true, embeddingDataDeliveryEnabled: true, videoDataDeliveryEnabled: true })
const logStore = { bucket: 'ai-logs', prefix: '', use: 'invocation log', of: { type: 'AWS::Bedrock::ModelInvocationLoggingConfiguration', id: `${ACCOUNT}/us-east-1` } } as const
const restore = 'aws bedrock get-model-invocation-logging-configuration --region {region}'

const goesElsewhere = (event: LogEvent, estate: Estate): boolean => {
  const config = objectOf(objectOf(event.raw['requestParameters'])['loggingConfig'])
  const bucket = textOf(objectOf(config['s3Config'])['bucketName'])
  const group = textOf(objectOf(config['cloudWatchConfig'])['logGroupName'])
  const known = estate.facts.stores.filter(({ use }) => use === 'invocation log').map((store) => store.bucket)
  return (bucket !== '' && known.length > 0 && !known.includes(bucket)) || (group !== '' && estate.facts.logGroups.length > 0 && !estate.facts.logGroups.includes(group))
}

const isDestination = (event: LogEvent, estate: Estate): boolean => {
  const parameters = objectOf(event.raw['requestParameters'])
  const stores = estate.stores(textOf(parameters['bucketName']), textOf(parameters['key']))
  if (stores.some(({ use }) => use === 'invocation log')) return true
  if (estate.facts.logGroups.includes(textOf(parameters['logGroupName']))) return true
  const key = textOf(parameters['keyId'])
  return key !== '' && estate.facts.keys.some(({ id }) => id === key || id.endsWith(`/${key}`))
}

const losesAi = (event: LogEvent): boolean => {
  const types = valuesAt(event.raw, ['requestParameters', 'advancedEventSelectors', 'fieldSelectors', 'equals'])
  return !types.some((type) => /^AWS::(?:Bedrock|BedrockAgentCore|SageMaker)::/.test(String(type)))
}

/** Settings of a trail that record regions, global services, accounts and the proof of its files. */
const trailSettings = ['isMultiRegionTrail', 'includeGlobalServiceEvents', 'isOrganizationTrail', 'enableLogFileValidation']

/** An Insights event as CloudTrail writes it: without an identity, and what it is about one level down. */
const insight = (eventName: string) => ({
  eventVersion: '1.11', eventTime: '2026-08-03T10:05:00Z', awsRegion: 'us-east-1', eventID: 'e1f2a3b4-0000-4000-8000-000000000001', eventType: 'AwsCloudTrailInsight', recipientAccountId: ACCOUNT,
  sharedEventID: 'e1f2a3b4-0000-4000-8000-000000000002', eventCategory: 'Insight',
  insightDetails: { state: 'Start', eventSource: BEDROCK, eventName, insightType: 'ApiCallRateInsight', insightContext: { statistics: { baseline: { average: 0.02 }, insight: { average: 31.4 } } } },
})

/** What takes the light away before, or after, an attack. */
export default [
  defineDetection({
    id: 'bedrock-invocation-logging-deleted',
    title: 'Model-invocation logging deleted',
    risk: 'model-misuse', severity: 'high', techniques: ['T1562.008', 'T1685', 'T1562.003'],
    why: 'Without it nobody can tell what was asked of the models and by whom.',
    respond: [restore],
    when: { kind: 'event', match: { eventSource: BEDROCK, eventName: 'DeleteModelInvocationLoggingConfiguration' } },
    fires: [[call('bedrock', 'DeleteModelInvocationLoggingConfiguration', { as: thief })]],
    quiet: [[call('bedrock', 'GetModelInvocationLoggingConfiguration', { as: thief })], [put(toBucket('ai-logs'))]],
  }),
  defineDetection({
    id: 'bedrock-invocation-logging-narrowed',
    title: 'Model-invocation logging narrowed by a put',
    risk: 'model-misuse', severity: 'high', techniques: ['T1562.008', 'T1685'],
    why: 'A put that leaves text out is as good as a deletion, and no rule for deletions sees it.',
    respond: [restore],
    when: { kind: 'event', match: { eventSource: BEDROCK, eventName: 'PutModelInvocationLoggingConfiguration', 'requestParameters.loggingConfig.textDataDeliveryEnabled': false } },
    fires: [[put({ ...toBucket('ai-logs'), textDataDeliveryEnabled: false })]],
    quiet: [[put(toBucket('ai-logs'))], [put({ ...toBucket('ai-logs'), videoDataDeliveryEnabled: false })]],
  }),
  defineDetection({
    id: 'bedrock-invocation-logging-redirected',
    title: 'Model-invocation logging sent elsewhere',
    risk: 'model-misuse', severity: 'high', techniques: ['T1562.008', 'T1685', 'T1537'],
    why: 'Logs with every prompt now go to a place that the estate does not know.',
    respond: [restore],
    when: { kind: 'event', match: { eventSource: BEDROCK, eventName: 'PutModelInvocationLoggingConfiguration' }, where: goesElsewhere },
    fires: [{ records: [put(toBucket('attacker-logs'))], facts: { stores: [logStore] } }],
    quiet: [{ records: [put(toBucket('ai-logs'))], facts: { stores: [logStore] } }, [put(toBucket('attacker-logs'))]],
  }),
  defineDetection({
    id: 'bedrock-invocation-logging-changed',
    title: 'Model-invocation logging changed',
    risk: 'model-misuse', severity: 'low', techniques: ['T1562.008', 'T1685'],
    why: 'A change to be known, whichever way it goes.',
    when: { kind: 'event', match: { eventSource: BEDROCK, eventName: 'PutModelInvocationLoggingConfiguration' } },
    fires: [[put(toBucket('ai-logs'))]],
    quiet: [[call('bedrock', 'GetModelInvocationLoggingConfiguration')]],
  }),
  defineDetection({
    id: 'ai-log-destination-tampered',
    title: 'Destination of model-invocation logs tampered with',
    risk: 'model-misuse', severity: 'high', techniques: ['T1562.008', 'T1070', 'T1685'],
    why: 'Logging looks switched on while what it writes is deleted, expires at once or cannot be decrypted.',
    when: {
      kind: 'event', where: isDestination,
      match: { eventName: ['DeleteBucket', 'PutBucketLifecycle', 'PutBucketLifecycleConfiguration', 'DeleteObject', 'DeleteObjects', 'PutBucketPolicy', 'DeleteLogGroup', 'DeleteLogStream', 'PutRetentionPolicy', 'ScheduleKeyDeletion', 'DisableKey'], outcome: 'success' },
    },
    byEstate: true,
    fires: [
      { records: [call('s3', 'DeleteBucket', { as: thief, request: { bucketName: 'ai-logs' } })], facts: { stores: [logStore] } },
      { records: [call('logs', 'DeleteLogGroup', { as: thief, request: { logGroupName: '/bedrock/calls' } })], facts: { logGroups: ['/bedrock/calls'] } },
    ],
    quiet: [{ records: [call('s3', 'DeleteBucket', { as: thief, request: { bucketName: 'scratch' } })], facts: { stores: [logStore] } }],
  }),
  defineDetection({
    id: 'trail-blinded-for-ai',
    title: 'Trail no longer records AI data events',
    risk: 'model-misuse', severity: 'high', techniques: ['T1562.008', 'T1685'],
    why: 'New selectors leave out every AI resource type, so agents, knowledge bases and endpoints are used unseen.',
    respond: ['aws cloudtrail get-event-selectors --trail-name {target} --region {region}'],
    when: { kind: 'event', match: { eventSource: 'cloudtrail.amazonaws.com', eventName: 'PutEventSelectors', outcome: 'success', 'requestParameters.advancedEventSelectors': { present: true } }, where: losesAi },
    eases: [...usualEases, personEase],
    fires: [[call('cloudtrail', 'PutEventSelectors', { as: thief, request: { trailName: 'org', advancedEventSelectors: [{ fieldSelectors: [{ field: 'eventCategory', equals: ['Management'] }] }] } })]],
    quiet: [[call('cloudtrail', 'PutEventSelectors', { as: thief, request: { trailName: 'org', advancedEventSelectors: [{ fieldSelectors: [{ field: 'resources.type', equals: ['AWS::Bedrock::AgentAlias'] }] }] } })]],
  }),
  defineDetection({
    id: 'trail-disrupted',
    title: 'CloudTrail logging stopped or deleted',
    risk: 'model-misuse', severity: 'high', techniques: ['T1562.008', 'T1685'],
    why: 'From here on no detection over the trail can fire.',
    respond: ['aws cloudtrail start-logging --name {target} --region {region}'],
    when: { kind: 'event', match: { eventSource: 'cloudtrail.amazonaws.com', eventName: ['StopLogging', 'DeleteTrail', 'StopEventDataStoreIngestion', 'DeleteEventDataStore'], outcome: 'success' } },
    fires: [[call('cloudtrail', 'StopLogging', { as: thief, request: { name: 'org' } })]],
    quiet: [[call('cloudtrail', 'StopLogging', { as: thief, error: 'AccessDenied' })], [call('cloudtrail', 'StartLogging', { as: thief })]],
  }),
  defineDetection({
    id: 'trail-narrowed',
    title: 'Trail narrowed by an update',
    risk: 'model-misuse', severity: 'medium', techniques: ['T1562.008', 'T1685'],
    why: 'The trail looks switched on, and yet other regions, global services or accounts are no longer recorded, or its files can be changed unnoticed.',
    respond: ['aws cloudtrail describe-trails --trail-name-list {target} --region {region}'],
    when: { kind: 'event', match: trailSettings.map((setting) => ({ eventSource: 'cloudtrail.amazonaws.com', eventName: 'UpdateTrail', outcome: 'success', [`requestParameters.${setting}`]: false })) },
    eases: [...usualEases, personEase],
    fires: [
      [call('cloudtrail', 'UpdateTrail', { as: thief, request: { name: 'org', isMultiRegionTrail: false } })],
      [call('cloudtrail', 'UpdateTrail', { as: thief, request: { name: 'org', enableLogFileValidation: false } })],
    ],
    quiet: [
      [call('cloudtrail', 'UpdateTrail', { as: thief, request: { name: 'org', isMultiRegionTrail: true } })],
      [call('cloudtrail', 'UpdateTrail', { as: thief, error: 'AccessDenied', request: { name: 'org', isMultiRegionTrail: false } })],
    ],
  }),
  defineDetection({
    id: 'cloudtrail-insight',
    title: 'CloudTrail Insights saw an unusual rate of AI calls',
    risk: 'model-misuse', severity: 'low', techniques: ['T1496.004'],
    why: 'CloudTrail itself found the rate of calls or errors unlike the week before.',
    services: true,
    when: { kind: 'event', match: { eventType: 'AwsCloudTrailInsight', eventSource: [BEDROCK, SAGEMAKER] }, by: ['account', 'eventName'] },
    fires: [[insight('InvokeModel')]],
    quiet: [[call('bedrock', 'InvokeModel')]],
  }),
  defineDetection({
    id: 'sagemaker-data-capture-disabled',
    title: 'Endpoint data capture or monitoring switched off',
    risk: 'model-drift', severity: 'medium', techniques: ['T1562.008', 'T1685'],
    why: 'What is sent to the model, and how its answers drift, is no longer recorded.',
    when: {
      kind: 'event', match: [
        { eventSource: SAGEMAKER, eventName: 'CreateEndpointConfig', 'requestParameters.dataCaptureConfig.enableCapture': false },
        { eventSource: SAGEMAKER, eventName: ['DeleteMonitoringSchedule', 'StopMonitoringSchedule', 'DeleteDataQualityJobDefinition', 'DeleteModelQualityJobDefinition', 'DeleteModelBiasJobDefinition'], outcome: 'success' }],
    },
    fires: [[call('sagemaker', 'StopMonitoringSchedule', { as: thief, request: { monitoringScheduleName: 'drift' } })], [call('sagemaker', 'CreateEndpointConfig', { as: thief, request: { endpointConfigName: 'fraud-2', dataCaptureConfig: { enableCapture: false } } })]],
    quiet: [[call('sagemaker', 'CreateEndpointConfig', { as: thief, request: { endpointConfigName: 'fraud-2', dataCaptureConfig: { enableCapture: true } } })], [dataCall('sagemaker', 'InvokeEndpoint', 'AWS::SageMaker::Endpoint', 'arn:aws:sagemaker:us-east-1:111122223333:endpoint/fraud', { as: role('App') })]],
  }),
  defineDetection({
    id: 'bedrock-vpc-endpoint-denied',
    title: 'Bedrock call refused by a VPC endpoint policy',
    risk: 'insecure-api', severity: 'medium', techniques: ['T1090', 'T1567'], source: 'network activity',
    why: 'Someone inside the network called AI in a way that the endpoint forbids: with foreign credentials, or for a model not allowed.',
    when: { kind: 'event', match: { eventSource: [BEDROCK, SAGEMAKER], errorCode: 'VpceAccessDenied' } },
    fires: [[call('bedrock', 'InvokeModel', { as: role('App', 's', { account: FOREIGN }), error: 'VpceAccessDenied', fields: { eventCategory: 'NetworkActivity', eventType: 'AwsVpceEvent', vpcEndpointId: 'vpce-0a1b2c3d' } })]],
    quiet: [[call('bedrock', 'InvokeModel', { error: 'AccessDenied' })]],
  }),
]
