import { objectOf, textOf, type LogRecord } from '../event.ts'
import { parsed } from './envelopes.ts'

/** Whether a value is an API Activity of OCSF, as Security Lake holds CloudTrail: class 6003, in the first release 3005. */
export const isOcsf = ({ class_uid: kind, api }: LogRecord): boolean => (Number(kind) === 6003 || Number(kind) === 3005) && textOf(objectOf(api)['operation']) !== ''

/** An API Activity of OCSF (https://schema.ocsf.io/classes/api_activity) as the CloudTrail record that it was made from. */
export const cloudTrailOfOcsf = (activity: LogRecord): LogRecord => {
  const [api, actor, cloud] = [objectOf(activity['api']), objectOf(activity['actor']), objectOf(activity['cloud'])]
  const [user, session, request, response] = [objectOf(actor['user']), objectOf(actor['session']), objectOf(api['request']), objectOf(api['response'])]
  const account = textOf(objectOf(user['account'])['uid']) || textOf(user['account_uid'])
  const names = ['uid', 'uuid', 'uid_alt'].map((name) => textOf(user[name]))
  const error = textOf(response['error'])
  return {
    eventTime: activity['time'], eventSource: objectOf(api['service'])['name'], eventName: api['operation'], eventID: objectOf(activity['metadata'])['uid'],
    awsRegion: cloud['region'], sourceIPAddress: textOf(objectOf(activity['src_endpoint'])['ip']) || objectOf(activity['src_endpoint'])['domain'],
    userAgent: objectOf(activity['http_request'])['user_agent'], requestID: request['uid'],
    ...(error !== '' && { errorCode: error, errorMessage: response['message'] }),
    requestParameters: bodyOf(request['data'] ?? objectOf(activity['unmapped'])['requestParameters']), responseElements: bodyOf(response['data'] ?? objectOf(activity['unmapped'])['responseElements']),
    recipientAccountId: textOf(objectOf(activity['unmapped'])['recipientAccountId']) || textOf(objectOf(cloud['account'])['uid']) || cloud['account_uid'],
    userIdentity: {
      type: user['type'], userName: user['name'], arn: names.find((name) => name.startsWith('arn:')), principalId: names.find((name) => name !== '' && !name.startsWith('arn:')),
      accountId: account, accessKeyId: user['credential_uid'], ...(textOf(actor['invoked_by']) !== '' && { invokedBy: actor['invoked_by'] }),
      ...(textOf(session['issuer']) !== '' && { sessionContext: { sessionIssuer: { arn: session['issuer'] } } }),
    },
  }
}

const bodyOf = (data: unknown): unknown => (typeof data === 'string' ? parsed(data) : data)
