/** Columns of CloudTrail's table in Athena that a question needs, as AWS documents the table. */
const text = (name: string): string => `coalesce(${name}, '')`

/** Whether an error code says something, in the words of the reader: the same patterns, in the same order. */
const outcome = `case when ${text('errorcode')} = '' then 'success'
 when regexp_like(errorcode, '(?i)accessdenied|unauthorized|notauthorized|forbidden') then 'denied'
 when regexp_like(errorcode, '(?i)thrott|servicequotaexceeded|toomanyrequests|limitexceeded|requestlimit') then 'throttled'
 when regexp_like(errorcode, '(?i)validation|malformed|invalidparameter|invalidrequest|badrequest') then 'invalid'
 when regexp_like(errorcode, '(?i)notfound|nosuch|unknownoperation|doesnotexist') then 'missing' else 'error' end`

const principal = `coalesce(nullif(useridentity.arn, ''), nullif(useridentity.invokedby, ''), nullif(useridentity.principalid, ''), nullif(useridentity.accountid, ''), 'unknown')`
const modelId = `coalesce(json_extract_scalar(requestparameters, '$.modelId'), '')`
const model = `regexp_replace(regexp_replace(${modelId}, '^arn:.*/', ''), '^(us|eu|apac|global|us-gov|jp|au|ca|sa|me|af)[.]', '')`

const keyType = `case when json_extract_scalar(additionaleventdata, '$.callWithBearerToken') = 'true' then 'bearer'
 when starts_with(${text('useridentity.accesskeyid')}, 'AKIA') then 'long-term' when ${text('useridentity.accesskeyid')} = '' then 'none' else 'temporary' end`

const caller = `case when useridentity.invokedby = 'cloudformation.amazonaws.com' or sourceipaddress = 'cloudformation.amazonaws.com' then 'automation'
 when ${text('useridentity.invokedby')} <> '' or useridentity.type = 'AWSService' or regexp_like(${text('sourceipaddress')}, '[.]amazonaws[.]com$') then 'service'
 when regexp_like(${text('useragent')}, '(?i)^(Mozilla/|signin[.]amazonaws[.]com|console[.]|AWS[- ]Console|S3Console)') then 'console'
 when regexp_like(${text('useragent')}, '(?i)terraform|pulumi|cloudformation|aws-cdk|cdk-assets|crossplane|opentofu|ansible') then 'automation' else 'program' end`

const price = `case when regexp_like(${model}, 'claude.*opus|claude-v1|claude-v2') then 30e0
 when regexp_like(${model}, 'claude.*(sonnet|fable|mythos)|nova-premier|llama3-1-405b|mistral-large|command-r-plus|jamba.*large|deepseek[.]r1') then 15e0
 when regexp_like(${model}, 'haiku-4|claude.*haiku|nova-pro|llama.*(70b|90b)|command-r|mixtral|pixtral') then 5e0 when ${modelId} = '' then 0e0 else 5e0 end`

/** The part of a record that paths reach into, put together again from the table's columns. */
const record = `concat('{"eventSource":', json_format(cast(${text('eventsource')} as json)), ',"eventName":', json_format(cast(${text('eventname')} as json)), ',"errorMessage":', json_format(cast(${text('errormessage')} as json)),
 ',"userAgent":', json_format(cast(${text('useragent')} as json)), ',"eventType":', json_format(cast(${text('eventtype')} as json)), ',"errorCode":', json_format(cast(${text('errorcode')} as json)),
 ',"userIdentity":{"type":', json_format(cast(${text('useridentity.type')} as json)), ',"userName":', json_format(cast(${text('useridentity.username')} as json)), '}',
 ',"requestParameters":', coalesce(nullif(requestparameters, ''), 'null'), ',"responseElements":', coalesce(nullif(responseelements, ''), 'null'), ',"additionalEventData":', coalesce(nullif(additionaleventdata, ''), 'null'), '}')`

/** The table `events` as a SELECT over CloudTrail's table in Athena or Trino (`table` is checked: it stands in SQL). */
export const eventsView = (table: string): string => {
  if (!/^\w+(?:\.\w+){0,2}$/.test(table)) throw new RangeError(`${table} is not the name of a table`)
  return `select 'cloudtrail' log, eventid id, cast(to_unixtime(from_iso8601_timestamp(eventtime)) * 1000 as bigint) t, eventsource, eventname, awsregion,
 coalesce(recipientaccountid, useridentity.accountid, '') account, ${text('useridentity.accountid')} calleraccount, ${principal} principal,
 coalesce(nullif(useridentity.sessioncontext.sessionissuer.arn, ''), ${principal}) role,
 case when eventsource = 'iam.amazonaws.com' and json_extract_scalar(requestparameters, '$.userName') is not null then concat('arn:aws:iam::', ${text('useridentity.accountid')}, ':user/', json_extract_scalar(requestparameters, '$.userName')) else ${principal} end subject,
 ${text('useridentity.accesskeyid')} accesskey, ${keyType} keytype, ${caller} caller, ${text('sourceipaddress')} ip, regexp_replace(${text('sourceipaddress')}, '[.][0-9]+$', '.0/24') network, ${outcome} outcome, ${model} model,
 regexp_extract(${model}, '^[a-z0-9]+[.][a-z]+[0-9]*') family, ${price} price, regexp_like(${modelId}, '^(us|eu|apac|global|us-gov|jp|au|ca|sa|me|af)[.]') crossregion,
 coalesce(json_extract_scalar(requestparameters, '$.agentId'), json_extract_scalar(requestparameters, '$.endpointName'), json_extract_scalar(requestparameters, '$.modelId'), '') target, '{}' extra, ${record} record
 from ${table} where regexp_like(eventsource, 'bedrock|sagemaker|agreement-marketplace|iam[.]|sts[.]|servicequotas|cloudtrail[.]')`
}

/** A table definition for CloudTrail's files with partition projection, to be run once in Athena. */
export const tableDefinition = (table: string, bucket: string, account: string, regions: readonly string[]): string => `CREATE EXTERNAL TABLE ${table} (
 eventversion STRING, useridentity STRUCT<type: STRING, principalid: STRING, arn: STRING, accountid: STRING, invokedby: STRING, accesskeyid: STRING, username: STRING, sessioncontext: STRUCT<attributes: STRUCT<mfaauthenticated: STRING, creationdate: STRING>, sessionissuer: STRUCT<type: STRING, principalid: STRING, arn: STRING, accountid: STRING, username: STRING>>>,
 eventtime STRING, eventsource STRING, eventname STRING, awsregion STRING, sourceipaddress STRING, useragent STRING, errorcode STRING, errormessage STRING, requestparameters STRING, responseelements STRING, additionaleventdata STRING,
 requestid STRING, eventid STRING, readonly STRING, eventtype STRING, recipientaccountid STRING, vpcendpointid STRING, eventcategory STRING
)
PARTITIONED BY (region STRING, day STRING)
ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'
STORED AS INPUTFORMAT 'com.amazon.emr.cloudtrail.CloudTrailInputFormat' OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION 's3://${bucket}/AWSLogs/${account}/CloudTrail/'
TBLPROPERTIES ('projection.enabled'='true', 'projection.region.type'='enum', 'projection.region.values'='${regions.join(',')}', 'projection.day.type'='date', 'projection.day.format'='yyyy/MM/dd', 'projection.day.range'='2020/01/01,NOW', 'storage.location.template'='s3://${bucket}/AWSLogs/${account}/CloudTrail/\${region}/\${day}')
`
