import { isUnknown } from '../../core/unknown.ts'
import { blocks, first, listed, present, set, under, without } from './blocks.ts'
import type { Reshape, Values } from './blocks.ts'

/** Whether each kind of data is logged; it is, where it is not said. */
const delivered = ['text', 'image', 'embedding', 'video'].map((kind) => `${kind}_data_delivery_enabled`)

/** What Terraform puts in a block, CloudFormation in the resource itself. */
const loggingConfiguration: Reshape = ({ logging_config: config, ...values }) => {
  if (isUnknown(config)) return { ...values, ...Object.fromEntries([...delivered, 's3_config', 'cloudwatch_config'].map((name) => [name, config])) }
  return { ...values, ...Object.fromEntries(delivered.map((name) => [name, true])), ...present(first(config)) }
}

const runtime: Reshape = ({ protocol_configuration: protocol, ...values }) =>
  ({ ...values, ...set('ProtocolConfiguration', protocol, (block) => block['server_protocol']) })

/** Each kind of credential is a block of its own. */
const gatewayTarget: Reshape = ({ credential_provider_configuration: credentials, ...values }) => ({
  ...values,
  ...set('CredentialProviderConfigurations', credentials, (_first, all) => all.map((block) => {
    const [key, oauth] = [first(block['api_key']), first(block['oauth'])]
    if (Object.keys(key).length > 0) return { CredentialProviderType: 'API_KEY', CredentialProvider: { ApiKeyCredentialProvider: key } }
    if (Object.keys(oauth).length > 0) return { CredentialProviderType: 'OAUTH', CredentialProvider: { OauthCredentialProvider: oauth } }
    return { CredentialProviderType: 'GATEWAY_IAM_ROLE' }
  })),
})

const lifecycleConfig: Reshape = ({ on_create: create, on_start: start, ...values }) => ({ ...values, ...listed('OnCreate', 'Content', create), ...listed('OnStart', 'Content', start) })

const pipeline: Reshape = ({ pipeline_definition: body, pipeline_definition_s3_location: place, ...values }) => ({
  ...values,
  PipelineDefinition: isUnknown(body) || isUnknown(place) ? body ?? place : body === undefined || body === null
    ? { PipelineDefinitionS3Location: { Bucket: first(place)['bucket'], Key: first(place)['object_key'], Version: first(place)['version_id'] } } : { PipelineDefinitionBody: body },
})

const workteam: Reshape = ({ member_definition: members, ...values }) => ({
  ...values,
  ...set('MemberDefinitions', members, (_first, all) => all.map((member) => {
    const [cognito, oidc] = [first(member['cognito_member_definition']), first(member['oidc_member_definition'])]
    return {
      ...Object.keys(cognito).length === 0 ? {} : { CognitoMemberDefinition: { CognitoClientId: cognito['client_id'], CognitoUserGroup: cognito['user_group'], CognitoUserPool: cognito['user_pool'] } },
      ...Object.keys(oidc).length === 0 ? {} : { OidcMemberDefinition: { OidcGroups: oidc['groups'] } },
    }
  })),
})

const streamProcessor: Reshape = ({ input, output, settings, ...values }) => {
  const sinks = blocks(output)
  return {
    ...values,
    KinesisVideoStream: isUnknown(input) ? input : first(input)['kinesis_video_stream'],
    KinesisDataStream: isUnknown(output) ? output : first(sinks.find((sink) => blocks(sink['kinesis_data_stream']).length > 0)?.['kinesis_data_stream']),
    S3Destination: isUnknown(output) ? output : bucketOf(first(sinks.find((sink) => blocks(sink['s3_destination']).length > 0)?.['s3_destination'])),
    FaceSearchSettings: isUnknown(settings) ? settings : first(settings)['face_search'],
    ConnectedHomeSettings: isUnknown(settings) ? settings : first(settings)['connected_home'],
  }
}

const bucketOf = ({ bucket, key_prefix: prefix }: Values): Values => ({ BucketName: bucket, ObjectKeyPrefix: prefix })

const kendraSource: Reshape = ({ configuration, ...values }) => ({ ...values, ...configuration === undefined ? {} : { DataSourceConfiguration: configuration } })

const faq: Reshape = ({ s3_path: path, source_s3_path: source, ...values }) => ({ ...values, ...under('S3Path', path), ...under('SourceS3Path', source) })

const crawler: Reshape = (values) => {
  const targets = Object.keys(values).filter((name) => name.endsWith('_target'))
  return { ...without(values, targets), Targets: Object.fromEntries(targets.map((name) => [name, values[name]])) }
}

const matching: Reshape = ({ parameters, input_record_tables: tables, ...values }) => ({ ...values, ...under('TransformParameters', parameters), ...set('InputRecordTables', tables, (_first, all) => ({ GlueTables: all })) })

/** AI types whose arguments are arranged otherwise than CloudFormation's properties. */
export const aiShapes: Readonly<Record<string, Reshape>> = {
  aws_bedrock_model_invocation_logging_configuration: loggingConfiguration,
  aws_bedrockagentcore_agent_runtime: runtime,
  aws_bedrockagentcore_gateway_target: gatewayTarget,
  aws_sagemaker_notebook_instance_lifecycle_configuration: lifecycleConfig,
  aws_sagemaker_pipeline: pipeline,
  aws_sagemaker_workteam: workteam,
  aws_rekognition_stream_processor: streamProcessor,
  aws_kendra_data_source: kendraSource,
  aws_kendra_faq: faq,
  aws_glue_crawler: crawler,
  aws_glue_ml_transform: matching,
}
