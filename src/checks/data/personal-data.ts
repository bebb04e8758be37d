import { every, none, some } from '../../core/unknown.ts'
import type { ResourceTypes } from '../../model/types.gen.ts'
import { defineCheck } from '../check.ts'
import type { Given } from '../check.ts'
import { trainsOn } from '../families/ai-use.ts'
import { bucketCheck } from '../families/bucket-check.ts'
import { notReadOutside, notWrittenOutside } from '../families/bucket-traits.ts'
import { ACCOUNT, REGION, STRANGER, roleArn } from '../families/examples.ts'
import { everyAt, someAt } from '../families/places.ts'
import { ownTags } from '../families/tagged.ts'
import { KEY, ROLE } from '../families/values.ts'

type Filter = ResourceTypes['AWS::QBusiness::DataAccessor']['ActionConfigurations'][number]['FilterConfiguration']
type Redaction = ResourceTypes['AWS::Transcribe::TranscriptionJob']['ContentRedaction']

const processor = { RoleArn: ROLE, KinesisVideoStream: { Arn: `arn:aws:kinesisvideo:${REGION}:${ACCOUNT}:stream/door/1` } }
const transcription = (ContentRedaction?: Redaction) => ({ TranscriptionJobName: 'calls', ...(ContentRedaction === undefined ? {} : { ContentRedaction }) })
const project = (DetectionMode: string) => ({
  ProjectName: 'invoices', OverrideConfiguration: { Document: { SensitiveDataConfiguration: { DetectionMode: DetectionMode as 'DETECTION' } } },
})
const groupArn = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:bot`
const textLog = { Enabled: true, Destination: { CloudWatch: { CloudWatchLogGroupArn: groupArn, LogPrefix: 'bot' } } }
const audioLog = (key: object) => ({ Enabled: true, Destination: { S3Bucket: { S3BucketArn: 'arn:aws:s3:::calls', LogPrefix: 'bot', ...key } } })
const alias = (ConversationLogSettings: object) => ({ BotAliasName: 'live', BotId: 'BOT1234567', ConversationLogSettings })
const logGroup = (properties: object): Given => ({ type: 'AWS::Logs::LogGroup', id: groupArn, properties: { LogGroupName: 'bot', ...properties } })
const accessor = (FilterConfiguration?: Filter) => ({
  ApplicationId: '12345678-1234-1234-1234-123456789012', DisplayName: 'assistant', Principal: `arn:aws:iam::${STRANGER}:root`,
  ActionConfigurations: [{ Action: 'qbusiness:SearchRelevantContent', ...(FilterConfiguration === undefined ? {} : { FilterConfiguration }) }],
})
const permission = (Principal: string) => ({ ApplicationId: '12345678-1234-1234-1234-123456789012', StatementId: 'search', Actions: ['qbusiness:SearchRelevantContent'], Principal })
const accountOf = (principal: string): string => (principal.startsWith('arn:') ? principal.split(':')[4] ?? '' : principal)
const learns = trainsOn('place')

export default [
  defineCheck({
    id: 'rekognition-data-sharing-optin', on: 'AWS::Rekognition::StreamProcessor', risk: 'privacy-violation', severity: 'medium',
    title: 'Video from homes is shared with AWS to train its models',
    why: 'Pictures of people at home are stored and looked at to improve a service.',
    fix: { text: 'Set DataSharingPreference.OptIn to false.', set: { DataSharingPreference: { OptIn: false } } },
    requires: (stream) => stream.DataSharingPreference?.OptIn !== true,
    fails: [{ ...processor, DataSharingPreference: { OptIn: true } }],
    passes: [processor, { ...processor, DataSharingPreference: { OptIn: false } }],
  }),
  defineCheck({
    id: 'rekognition-face-collection-governance', on: 'AWS::Rekognition::Collection', risk: 'privacy-violation', severity: 'medium',
    title: 'A collection of faces has no owner',
    why: 'Biometric data needs somebody who answers for its purpose and its deletion.',
    fix: { text: 'Tag the collection with its owner and the classification of its data.' },
    requires: (collection, estate) => ownTags(collection, estate).length > 0,
    fails: [{ CollectionId: 'visitors' }],
    passes: [{ CollectionId: 'visitors', tagged: { owner: 'reception' } }],
  }),
  defineCheck({
    id: 'transcribe-no-pii-redaction', on: 'AWS::Transcribe::TranscriptionJob', risk: 'privacy-violation', severity: 'low',
    title: 'Personal data is not redacted from the transcript',
    why: 'Names, numbers and addresses that were spoken stand in the transcript in a form that can be searched.',
    fix: { text: 'Run the next job with ContentRedaction of type PII and RedactionOutput redacted.' },
    requires: (job) => job.ContentRedaction?.RedactionOutput === 'redacted',
    fails: [transcription(), transcription({ RedactionType: 'PII', RedactionOutput: 'redacted_and_unredacted' })],
    passes: [transcription({ RedactionType: 'PII', RedactionOutput: 'redacted' })],
  }),
  bucketCheck({
    id: 'comprehend-pii-job-no-redaction', on: 'AWS::Comprehend::PiiEntitiesDetectionJob', risk: 'privacy-violation', severity: 'low',
    title: 'Somebody outside can read where the personal data stands',
    why: 'The job lists personal data without redacting it, which makes a map of it for whoever reads the output.',
    fix: 'Run the job in mode ONLY_REDACTION, and take foreign or public principals out of the bucket policy.',
    at: ['OutputDataConfig/S3Uri'], traits: [notReadOutside], when: (job) => job.Mode !== 'ONLY_REDACTION',
    example: (bucket) => ({ JobName: 'tickets', Mode: 'ONLY_OFFSETS', OutputDataConfig: { S3Uri: `s3://${bucket}/pii`, KmsKeyId: KEY } }),
  }),
  defineCheck({
    id: 'bedrock-bda-pii-not-redacted', on: 'AWS::Bedrock::DataAutomationProject', risk: 'privacy-violation', severity: 'medium',
    title: 'Personal data is not redacted from what data automation extracts',
    why: 'What is extracted goes on into indexes and prompts, with the personal data in it.',
    fix: { text: 'Set SensitiveDataConfiguration.DetectionMode to DETECTION_AND_REDACTION for each kind of input.' },
    requires: ({ OverrideConfiguration: override }) =>
      someAt(override, '*/SensitiveDataConfiguration') && everyAt(override, '*/SensitiveDataConfiguration', (config) => someAt(config, 'DetectionMode', (mode) => mode === 'DETECTION_AND_REDACTION')),
    fails: [{ ProjectName: 'invoices' }, project('DETECTION')],
    passes: [project('DETECTION_AND_REDACTION')],
  }),
  defineCheck({
    id: 'bedrock-custom-model-training-data-unmasked-logs', on: 'AWS::Bedrock::CustomModel', risk: 'privacy-violation', severity: 'medium',
    title: 'The custom model learned from logged prompts and answers as they were',
    why: 'What people typed in confidence can come back in the answers of the model.',
    fix: { text: 'Distill from prompts that were cleaned of personal data, or from your own dataset.' },
    requires: (model) => model.TrainingDataConfig?.InvocationLogsConfig?.UsePromptResponse !== true,
    fails: [{ ModelName: 'support', TrainingDataConfig: { InvocationLogsConfig: { UsePromptResponse: true } } }],
    passes: [{ ModelName: 'support', TrainingDataConfig: { S3Uri: 's3://distill/clean.jsonl' } }],
  }),
  defineCheck({
    id: 'bedrock-cross-region-inference-residency', on: 'AWS::Bedrock::ApplicationInferenceProfile', risk: 'privacy-violation', severity: 'medium',
    title: 'The inference profile sends prompts to any region of the world',
    why: 'Prompts leave the geography that laws or contracts keep the data in.',
    fix: { text: 'Copy the profile from a geographic one, such as eu., or from a model in one region.' },
    when: (profile) => profile.ModelSource !== undefined,
    requires: (profile) => someAt(profile, 'ModelSource/CopyFrom', (source) => !(source as string).includes('inference-profile/global.')),
    fails: [{ InferenceProfileName: 'support', ModelSource: { CopyFrom: `arn:aws:bedrock:${REGION}:${ACCOUNT}:inference-profile/global.anthropic.claude-sonnet-4-20250514-v1:0` } }],
    passes: [{ InferenceProfileName: 'support', ModelSource: { CopyFrom: `arn:aws:bedrock:${REGION}:${ACCOUNT}:inference-profile/us.anthropic.claude-sonnet-4-20250514-v1:0` } }],
  }),
  defineCheck({
    id: 'lex-conversation-logs-insecure', on: 'AWS::Lex::BotAlias', risk: 'insufficient-encryption', severity: 'medium',
    title: 'Conversations with the bot are not logged, or without a KMS key',
    why: 'Without a log nobody can look into an abuse; an open one gives away what callers said and typed, account numbers included.',
    fix: { text: 'Turn on text logs, obfuscate slots, name a KMS key for the audio log in KmsKeyArn, and associate one with the log group of the text log.' },
    also: ['cdknag:AwsSolutions-LEX4', 'cloudsploit:lexAudioLogsEncrypted'],
    // the alias that every bot has for trying it out; only live aliases have users
    when: ({ BotAliasName }) => !/^test(?:botalias)?$/i.test(BotAliasName),
    requires: ({ ConversationLogSettings: logs }, estate) => every([
      () => some([...(logs?.AudioLogSettings ?? []), ...(logs?.TextLogSettings ?? [])], ({ Enabled }) => Enabled),
      () => every(logs?.AudioLogSettings, (log) => !log.Enabled || log.Destination.S3Bucket.KmsKeyArn !== undefined),
      () => every(logs?.TextLogSettings, (log) => {
        const group = log.Enabled ? estate.find('AWS::Logs::LogGroup', log.Destination.CloudWatch.CloudWatchLogGroupArn) : undefined
        return group === undefined || group.properties.KmsKeyId !== undefined
      }),
    ], (holds) => holds()),
    fails: [alias({ AudioLogSettings: [audioLog({})] }), { ...alias({ TextLogSettings: [textLog] }), given: [logGroup({})] }, { BotAliasName: 'live', BotId: 'BOT1234567' }],
    passes: [{ ...alias({ AudioLogSettings: [audioLog({ KmsKeyArn: KEY })], TextLogSettings: [textLog] }), given: [logGroup({ KmsKeyId: KEY })] }],
  }),
  defineCheck({
    id: 'qbusiness-data-accessor-external', on: 'AWS::QBusiness::DataAccessor', risk: 'privacy-violation', severity: 'high',
    title: 'Another company can search the whole index',
    why: 'Whatever was indexed can be read by the vendor, and by whoever breaks into it.',
    fix: { text: 'Give each action a FilterConfiguration that lets through only the documents meant for the vendor.' },
    when: (found, estate) => !estate.isOurs(accountOf(found.Principal)),
    requires: (found) => every(found.ActionConfigurations, (action) => action.FilterConfiguration !== undefined),
    fails: [accessor()],
    passes: [accessor({ DocumentAttributeFilter: { EqualsTo: { Name: 'audience', Value: { StringValue: 'public' } } } })],
  }),
  defineCheck({
    id: 'qbusiness-data-accessor-external', on: 'AWS::QBusiness::Permission', risk: 'privacy-violation', severity: 'high',
    title: 'A principal of another account may use the application',
    why: 'Whatever was indexed can be asked for from outside.',
    fix: { text: 'Remove the permission, or give it to a role of your own.' },
    requires: (found, estate) => found.Conditions !== undefined || estate.isOurs(accountOf(found.Principal)),
    fails: [permission(`arn:aws:iam::${STRANGER}:role/search`)],
    passes: [permission(roleArn('search'))],
  }),
  bucketCheck({
    id: 'novaact-export-bucket', on: 'AWS::NovaAct::WorkflowDefinition', risk: 'privacy-violation', severity: 'medium',
    title: 'Somebody outside can reach what the workflow exports',
    why: 'The export shows every page that the workflow opened and what it typed.',
    fix: 'Take the foreign or public principals out of the bucket policy.',
    at: ['ExportConfig/S3BucketName'], traits: [notReadOutside, notWrittenOutside],
    example: (bucket) => ({ Name: 'booking', ExportConfig: { S3BucketName: bucket } }),
  }),
  defineCheck({
    id: 'ai-data-sensitive-unscanned', on: 'AWS::Macie::Session', risk: 'privacy-violation', severity: 'medium',
    title: 'Macie does not look for sensitive data, though AI learns or answers from S3 here',
    why: 'Nobody knows what personal data and secrets models are taught or given to read.',
    fix: { text: 'Enable Macie, and its automated sensitive data discovery.', set: { Status: 'ENABLED' } },
    also: ['prowler:macie_is_enabled', 'prowler:macie_automated_sensitive_data_discovery_enabled', 'awsaiml:FS-44'],
    when: (_session, estate) => some(['AWS::Bedrock::DataSource', 'AWS::SageMaker::TrainingJob', 'AWS::Bedrock::CustomModel'] as const, (type) => estate.all(type).length > 0),
    requires: (session, estate) => session.Status === 'ENABLED' && session.AutomatedDiscoveryStatus !== 'DISABLED' &&
      none(estate.all('AWS::Macie::AutomatedDiscoveryConfiguration'), ({ properties }) => properties.Status === 'DISABLED'),
    fails: [{ given: [learns] }, { Status: 'PAUSED', given: [learns] }, { Status: 'ENABLED', AutomatedDiscoveryStatus: 'DISABLED', given: [learns] }],
    passes: [{ Status: 'ENABLED', AutomatedDiscoveryStatus: 'ENABLED', given: [learns] }],
  }),
]
