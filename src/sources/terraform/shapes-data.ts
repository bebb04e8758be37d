import { isUnknown } from '../../core/unknown.ts'
import { blocks, first, listed, present, set, under, without } from './blocks.ts'
import type { Reshape, Values } from './blocks.ts'

const bucket: Reshape = ({ acl, versioning, server_side_encryption_configuration: encryption, logging, website, ...values }) => ({
  ...values,
  ...acl === undefined || acl === null ? {} : { AccessControl: typeof acl === 'string' ? accessControl(acl) : acl },
  ...values['versioning_configuration'] === undefined ? set('versioning_configuration', versioning, ({ enabled }) => (isUnknown(enabled) ? enabled : { status: enabled === true ? 'Enabled' : 'Suspended' })) : {},
  ...values['bucket_encryption'] === undefined ? set('bucket_encryption', encryption, bucketEncryption) : {},
  ...values['logging_configuration'] === undefined ? set('logging_configuration', logging, (block) => ({ destination_bucket_name: block['target_bucket'], log_file_prefix: block['target_prefix'] })) : {},
  ...values['website_configuration'] === undefined ? under('website_configuration', website) : {},
})

/** `public-read` is `PublicRead`. */
export const accessControl = (acl: string): string => acl.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')

/** Rules of a bucket's encryption as CloudFormation has them. */
export const bucketEncryption = (configuration: unknown): Values => {
  const { rule } = first(configuration)
  return {
    server_side_encryption_configuration: isUnknown(rule) ? rule : blocks(rule).map((each) => {
      const given = each['apply_server_side_encryption_by_default']
      const standard = first(given)
      return {
        bucket_key_enabled: each['bucket_key_enabled'],
        server_side_encryption_by_default: isUnknown(given) ? given : { SSEAlgorithm: standard['sse_algorithm'], KMSMasterKeyID: standard['kms_master_key_id'] },
      }
    }),
  }
}

const table: Reshape = ({ attribute, hash_key: hash, range_key: range, point_in_time_recovery: recovery, stream_enabled: stream, stream_view_type: view, ...values }) => ({
  ...values,
  ...set('AttributeDefinitions', attribute, (_first, all) => all.map(({ name, type }) => ({ AttributeName: name, AttributeType: type }))),
  ...set('PointInTimeRecoverySpecification', recovery, ({ enabled }) => ({ PointInTimeRecoveryEnabled: enabled })),
  ...stream === true ? { StreamSpecification: { StreamViewType: view } } : {},
  KeySchema: [{ AttributeName: hash, KeyType: 'HASH' }, ...range === undefined || range === null ? [] : [{ AttributeName: range, KeyType: 'RANGE' }]],
})

/** Passwords are not kept: that there is one is. */
const database: Reshape = ({ password, master_password: master, enabled_cloudwatch_logs_exports: logs, ...values }) => ({
  ...values, ...present({ EnableCloudwatchLogsExports: logs }), ...(password ?? master) == null ? {} : { MasterUserPassword: { $unknown: 'it is a secret' } },
})

const budget: Reshape = ({ notification, resource_tags: tags, name, budget_type: type, time_unit: unit, limit_amount: amount, limit_unit: currency }) => ({
  ...present({ resource_tags: tags }),
  Budget: { BudgetName: name, BudgetType: type, TimeUnit: unit, ...amount == null ? {} : { BudgetLimit: { Amount: amount, Unit: currency } } },
  ...set('NotificationsWithSubscribers', notification, (_first, all) => all.map((each) => ({
    Notification: { ComparisonOperator: each['comparison_operator'], Threshold: each['threshold'], ThresholdType: each['threshold_type'], NotificationType: each['notification_type'] },
    Subscribers: [['EMAIL', each['subscriber_email_addresses']], ['SNS', each['subscriber_sns_topic_arns']]]
      .flatMap(([kind, given]) => (Array.isArray(given) ? given as unknown[] : given == null ? [] : [given]).map((address) => ({ SubscriptionType: kind, Address: address }))),
  }))),
})

const flowLog: Reshape = ({ vpc_id: vpc, subnet_id: subnet, eni_id: eni, transit_gateway_id: transit, iam_role_arn: role, ...values }) => {
  const [kind, id] = [['VPC', vpc], ['Subnet', subnet], ['NetworkInterface', eni], ['TransitGateway', transit]].find(([, given]) => given != null) ?? []
  return { ...values, ...present({ ResourceType: kind, ResourceId: id, DeliverLogsPermissionArn: role }) }
}

const stream: Reshape = ({ encryption_type: encryption, kms_key_id: key, ...values }) =>
  (isUnknown(encryption) ? { ...values, StreamEncryption: encryption } : { ...values, ...encryption === 'KMS' ? { StreamEncryption: { EncryptionType: 'KMS', KeyId: key } } : {} })

const firehose: Reshape = ({ extended_s3_configuration: s3, kinesis_source_configuration: source, server_side_encryption: encryption, opensearch_configuration: search, opensearchserverless_configuration: serverless, ...values }) => ({
  ...without(values, ['destination']), ...under('ExtendedS3DestinationConfiguration', s3), ...under('KinesisStreamSourceConfiguration', source),
  ...under('AmazonopensearchserviceDestinationConfiguration', search), ...under('AmazonOpenSearchServerlessDestinationConfiguration', serverless),
  ...set('DeliveryStreamEncryptionConfigurationInput', encryption, ({ enabled, key_type: type, key_arn: key }) => (enabled === false ? undefined : { KeyType: type, KeyARN: key })),
})

const domain: Reshape = ({ log_publishing_options: logs, auto_tune_options: _tuned, ...values }) => ({
  ...values,
  ...set('LogPublishingOptions', logs, (_first, all) => Object.fromEntries(all.map((log) => [String(log['log_type']), { CloudWatchLogsLogGroupArn: log['cloudwatch_log_group_arn'], Enabled: log['enabled'] ?? true }]))),
})

const principal = (value: unknown): Values => ({ DataLakePrincipalIdentifier: value })

const lakePermissions: Reshape = ({ principal: who, database: inDatabase, table: inTable, table_with_columns: columns, data_location: location, ...values }) => ({
  ...values, DataLakePrincipal: isUnknown(who) ? who : principal(who),
  Resource: {
    ...set('DatabaseResource', inDatabase, ({ name }) => ({ Name: name })), ...set('TableResource', inTable, ({ database_name: of, name, wildcard }) => ({ DatabaseName: of, Name: name, ...wildcard === true ? { TableWildcard: {} } : {} })),
    ...set('TableWithColumnsResource', columns, ({ database_name: of, name, column_names: names }) => ({ DatabaseName: of, Name: name, ColumnNames: names })), ...set('DataLocationResource', location, ({ arn }) => ({ S3Resource: arn })),
  },
})

const lakeSettings: Reshape = ({ admins, read_only_admins: readers, ...values }) => ({
  ...values, ...Object.fromEntries([['Admins', admins], ['ReadOnlyAdmins', readers]].filter(([, given]) => given != null).map(([name, given]) => [name, Array.isArray(given) ? given.map(principal) : given])),
})

/** Stores, streams and databases, arranged as CloudFormation has them. */
export const dataShapes: Readonly<Record<string, Reshape>> = {
  aws_s3_bucket: bucket,
  aws_dynamodb_table: table,
  aws_db_instance: database, aws_rds_cluster: database, aws_rds_cluster_instance: database, aws_docdb_cluster: database, aws_redshift_cluster: database, aws_neptune_cluster: database,
  aws_budgets_budget: budget,
  aws_flow_log: flowLog,
  aws_kinesis_stream: stream,
  aws_kinesis_firehose_delivery_stream: firehose,
  aws_opensearch_domain: domain, aws_elasticsearch_domain: domain,
  aws_lakeformation_permissions: lakePermissions,
  aws_lakeformation_data_lake_settings: lakeSettings,
  aws_fsx_lustre_file_system: ({ import_path: from, export_path: to, ...values }) => ({ ...values, FileSystemType: 'LUSTRE', LustreConfiguration: present({ ImportPath: from, ExportPath: to, DeploymentType: values['deployment_type'] }) }),
  aws_lambda_layer_version: ({ s3_bucket: from, s3_key: key, s3_object_version: version, filename: _file, ...values }) => ({ ...values, Content: from == null ? { $unknown: 'its content is a local file' } : { S3Bucket: from, S3Key: key, S3ObjectVersion: version } }),
  aws_glue_connection: ({ name, connection_type: type, connection_properties: properties, description, physical_connection_requirements: place, ...values }) => ({
    ...values, ConnectionInput: { ...present({ Name: name, ConnectionType: type ?? 'JDBC', Description: description }), ...properties == null ? {} : { ConnectionProperties: properties }, ...under('PhysicalConnectionRequirements', place) },
  }),
  aws_athena_workgroup: ({ configuration, ...values }) => ({ ...values, ...under('WorkGroupConfiguration', configuration) }),
  aws_launch_configuration: ({ image_id: image, key_name: key, ...values }) => ({ ...values, ...present({ ImageId: image, KeyName: key }) }),
  aws_connect_instance: ({ inbound_calls_enabled: inbound, outbound_calls_enabled: outbound, contact_flow_logs_enabled: logs, contact_lens_enabled: lens, ...values }) => ({ ...values, Attributes: present({ InboundCalls: inbound, OutboundCalls: outbound, ContactflowLogs: logs, ContactLens: lens }) }),
  aws_ecr_registry_policy: ({ policy, ...values }) => ({ ...values, PolicyText: policy }),
  aws_appautoscaling_target: ({ role_arn: role, ...values }) => ({ ...values, ...present({ RoleARN: role }) }),
  aws_kms_replica_key: ({ policy, ...values }) => ({ ...values, ...present({ KeyPolicy: policy }) }),
  aws_sfn_state_machine: ({ logging_configuration: logging, ...values }) => ({
    ...values,
    ...set('LoggingConfiguration', logging, ({ log_destination: group, ...rest }) => ({ ...rest, ...listed('Destinations', 'CloudWatchLogsLogGroup', group == null ? group : isUnknown(group) ? group : { LogGroupArn: group }) })),
  }),
}
