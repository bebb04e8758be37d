import { BartizanError } from '../../core/errors.ts'
import { prices } from '../models.ts'
import { automation, browser, outcomes, targets } from '../read/cloudtrail.ts'
import { literal } from './predicate.ts'

/** Columns of CloudTrail's table in Athena that a question needs, as AWS documents the table. */
const text = (name: string): string => `coalesce(${name}, '')`

/** A pattern of the reader in the words of SQL: Trino and DuckDB escape no slashes. */
const like = (value: string, { source, ignoreCase }: RegExp): string => `regexp_like(${value}, ${literal(`${ignoreCase ? '(?i)' : ''}${source.replaceAll(String.raw`\/`, '/')}`)})`

const outcome = `case when ${text('errorcode')} = '' then 'success'
 ${outcomes.map(([pattern, name]) => `when ${like('errorcode', pattern)} then '${name}'`).join(' ')} else 'error' end`

const principal = `coalesce(nullif(useridentity.arn, ''), nullif(useridentity.invokedby, ''), nullif(useridentity.principalid, ''), nullif(useridentity.accountid, ''), 'unknown')`
const modelId = `coalesce(json_extract_scalar(requestparameters, '$.modelId'), '')`
const model = `regexp_replace(regexp_replace(${modelId}, '^arn:.*/', ''), '^(us|eu|apac|global|us-gov|jp|au|ca|sa|me|af)[.]', '')`

const keyType = `case when json_extract_scalar(additionaleventdata, '$.callWithBearerToken') = 'true' then 'bearer'
 when starts_with(${text('useridentity.accesskeyid')}, 'AKIA') then 'long-term' when ${text('useridentity.accesskeyid')} = '' then 'none' else 'temporary' end`

const caller = `case when useridentity.invokedby = 'cloudformation.amazonaws.com' or sourceipaddress = 'cloudformation.amazonaws.com' then 'automation'
 when ${text('useridentity.invokedby')} <> '' or useridentity.type = 'AWSService' or regexp_like(${text('sourceipaddress')}, '[.]amazonaws[.]com$') then 'service'
 when ${like(text('useragent'), browser)} and not starts_with(${text('useridentity.accesskeyid')}, 'AKIA') then 'console' when ${like(text('useragent'), automation)} then 'automation' else 'program' end`

const price = `case when ${modelId} = '' then 0e0 ${prices.map(([pattern, weight]) => `when ${like(model, pattern)} then ${weight}e0`).join(' ')} else 5e0 end`

const target = `coalesce(${targets.map((name) => `nullif(json_extract_scalar(requestparameters, '$.${name}'), '')`).join(', ')}, '')`

/** The part of a record that paths reach into, put together again from the table's columns. */
const record = `concat('{"eventSource":', json_format(cast(${text('eventsource')} as json)), ',"eventName":', json_format(cast(${text('eventname')} as json)), ',"errorMessage":', json_format(cast(${text('errormessage')} as json)),
 ',"userAgent":', json_format(cast(${text('useragent')} as json)), ',"eventType":', json_format(cast(${text('eventtype')} as json)), ',"errorCode":', json_format(cast(${text('errorcode')} as json)),
 ',"userIdentity":{"type":', json_format(cast(${text('useridentity.type')} as json)), ',"userName":', json_format(cast(${text('useridentity.username')} as json)), '}',
 ',"requestParameters":', coalesce(nullif(requestparameters, ''), 'null'), ',"responseElements":', coalesce(nullif(responseelements, ''), 'null'), ',"additionalEventData":', coalesce(nullif(additionaleventdata, ''), 'null'), '}')`

/** The table `events` as a SELECT over CloudTrail's table in Athena or Trino (`table` is checked: it stands in SQL). */
export const eventsView = (table: string): string => {
  if (!/^\w+(?:\.\w+){0,2}$/.test(table)) throw new BartizanError('BZ002', `"${table}" is not the name of a table: write name, schema.name or catalog.schema.name`)
  return `select 'cloudtrail' log, eventid id, cast(to_unixtime(from_iso8601_timestamp(eventtime)) * 1000 as bigint) t, eventsource, eventname, awsregion,
 coalesce(recipientaccountid, useridentity.accountid, '') account, ${text('useridentity.accountid')} calleraccount, ${principal} principal,
 coalesce(nullif(useridentity.sessioncontext.sessionissuer.arn, ''), ${principal}) role,
 case when eventsource = 'iam.amazonaws.com' and json_extract_scalar(requestparameters, '$.userName') is not null then concat('arn:aws:iam::', ${text('useridentity.accountid')}, ':user/', json_extract_scalar(requestparameters, '$.userName')) else ${principal} end subject,
 ${text('useridentity.accesskeyid')} accesskey, ${keyType} keytype, ${caller} caller, ${text('sourceipaddress')} ip, regexp_replace(${text('sourceipaddress')}, '[.][0-9]+$', '.0/24') network, ${outcome} outcome, ${model} model,
 regexp_extract(${model}, '^[a-z0-9]+[.][a-z]+[0-9]*') family, ${price} price, regexp_like(${modelId}, '^(us|eu|apac|global|us-gov|jp|au|ca|sa|me|af)[.]') crossregion,
 ${target} target, '{}' extra, ${record} record
 from ${table}`
}

// commercial regions; a region without files costs a query nothing
const regions = ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'ca-west-1', 'mx-central-1', 'sa-east-1', 'eu-central-1', 'eu-central-2', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'il-central-1',
  'me-central-1', 'me-south-1', 'af-south-1', 'ap-east-1', 'ap-east-2', 'ap-south-1', 'ap-south-2', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3']

/**
 * A table definition for CloudTrail's files with partition projection, to be run once in Athena. `place` is where one account's
 * files are: `s3://bucket/AWSLogs/111122223333`, with the organisation's id before the account where there is one. Both stand in
 * SQL, so that anything else is refused with a BZ002.
 */
export const tableDefinition = (table: string, place: string): string => {
  if (!/^\w+(?:\.\w+)?$/.test(table)) throw new BartizanError('BZ002', `"${table}" is not the name of a table: write name or database.name`)
  const folder = /^(s3:\/\/[a-z0-9.-]+(?:\/[\w.-]+)*\/\d{12})\/?(?:CloudTrail\/?)?$/.exec(place)?.[1]
  if (folder === undefined) throw new BartizanError('BZ002', `"${place}" is not where CloudTrail writes for one account: write s3://bucket/AWSLogs/111122223333`)
  return `CREATE EXTERNAL TABLE ${table} (
 eventversion STRING, useridentity STRUCT<type: STRING, principalid: STRING, arn: STRING, accountid: STRING, invokedby: STRING, accesskeyid: STRING, username: STRING, sessioncontext: STRUCT<attributes: STRUCT<mfaauthenticated: STRING, creationdate: STRING>, sessionissuer: STRUCT<type: STRING, principalid: STRING, arn: STRING, accountid: STRING, username: STRING>>>,
 eventtime STRING, eventsource STRING, eventname STRING, awsregion STRING, sourceipaddress STRING, useragent STRING, errorcode STRING, errormessage STRING, requestparameters STRING, responseelements STRING, additionaleventdata STRING,
 requestid STRING, eventid STRING, readonly STRING, eventtype STRING, recipientaccountid STRING, vpcendpointid STRING, eventcategory STRING
)
PARTITIONED BY (region STRING, day STRING)
ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'
STORED AS INPUTFORMAT 'com.amazon.emr.cloudtrail.CloudTrailInputFormat' OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION '${folder}/CloudTrail/'
TBLPROPERTIES ('projection.enabled'='true', 'projection.region.type'='enum', 'projection.region.values'='${regions.join(',')}', 'projection.day.type'='date', 'projection.day.format'='yyyy/MM/dd', 'projection.day.range'='2020/01/01,NOW', 'storage.location.template'='${folder}/CloudTrail/\${region}/\${day}')
`
}
