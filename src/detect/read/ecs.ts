import { objectOf, textOf, type LogRecord } from '../event.ts'
import { parsed } from './envelopes.ts'
import { structure } from './structure.ts'

/** Whether a value is a CloudTrail record in the Elastic Common Schema, as Elastic's integration and Filebeat write it. */
export const isEcs = (value: LogRecord): boolean => Object.keys(objectOf(objectOf(value['aws'])['cloudtrail'])).length > 0

/** A CloudTrail record of the Elastic Common Schema as it was (https://www.elastic.co/docs/reference/beats/filebeat/exported-fields-aws). */
export const cloudTrailOfEcs = (document: LogRecord): LogRecord => {
  const own = objectOf(objectOf(document['aws'])['cloudtrail'])
  if (typeof own['eventName'] === 'string') return { eventTime: document['@timestamp'], ...own }
  const one = (...path: readonly string[]): unknown => {
    let at: unknown = document
    for (const name of path) at = objectOf(only(at))[name]
    return only(at)
  }
  const trail = (name: string): unknown => one('aws', 'cloudtrail', name)
  const identity = (...path: readonly string[]): unknown => one('aws', 'cloudtrail', 'user_identity', ...path)
  const parameters = (name: string): unknown => {
    const flat = one('aws', 'cloudtrail', 'flattened', name)
    if (typeof flat === 'object') return flat
    const text = textOf(trail(name))
    return parsed(text) ?? structure(text)
  }
  return {
    eventVersion: trail('event_version'), eventTime: one('@timestamp') ?? trail('event_time'), eventSource: one('event', 'provider') ?? trail('event_source'), eventName: one('event', 'action') ?? trail('event_name'),
    eventID: one('event', 'id'), awsRegion: one('cloud', 'region') ?? trail('aws_region'), sourceIPAddress: one('source', 'ip') ?? one('source', 'address') ?? trail('source_ip_address'),
    userAgent: one('user_agent', 'original') ?? trail('user_agent'),
    errorCode: trail('error_code') ?? one('error', 'code'), errorMessage: trail('error_message') ?? one('error', 'message'), requestID: trail('request_id'), eventType: trail('event_type'), eventCategory: trail('event_category'),
    readOnly: trail('read_only'), recipientAccountId: trail('recipient_account_id') ?? one('cloud', 'account', 'id'), vpcEndpointId: trail('vpc_endpoint_id'),
    requestParameters: parameters('request_parameters'), responseElements: parameters('response_elements'), additionalEventData: parameters('additional_eventdata'),
    sessionCredentialFromConsole: trail('session_credential_from_console'), resources: parameters('resources') ?? trail('resources'),
    tlsDetails: { clientProvidedHostHeader: one('tls', 'client', 'server_name') },
    userIdentity: {
      type: identity('type'), arn: identity('arn'), accessKeyId: identity('access_key_id'), accountId: identity('account_id') ?? one('cloud', 'account', 'id'), invokedBy: identity('invoked_by'),
      principalId: one('user', 'id'), userName: one('user', 'name') ?? identity('user_name'),
      sessionContext: { sessionIssuer: {
        arn: identity('session_context', 'session_issuer', 'arn'), type: identity('session_context', 'session_issuer', 'type'),
        principalId: identity('session_context', 'session_issuer', 'principal_id'), accountId: identity('session_context', 'session_issuer', 'account_id'), userName: one('user', 'name') } },
    },
  }
}

// a search that asks for fields answers with a list for each
const only = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value)
