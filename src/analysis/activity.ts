import { partitionOf } from '../core/arn.ts'
import { BartizanError } from '../core/errors.ts'
import { objectOf, textOf, type LogEvent } from '../detect/event.ts'
import { listLogFiles } from '../detect/read/files.ts'
import { allOf } from '../detect/read/needles.ts'
import { createReader } from '../detect/read/reader.ts'
import { actionsOfEvent } from '../iam/index.ts'
import type { Activity } from '../iam/index.ts'

/**
 * What CloudTrail files show was done: principal, action and resource of each call that succeeded. A call that names a role passes it, which
 * CloudTrail does not log as an event of its own. Files that hold no record at all are a BZ002.
 */
export const activityOf = async (path: string): Promise<Activity[]> => {
  const activity: Activity[] = []
  const reader = createReader(allOf, (event) => activity.push(...activityIn(event)))
  await reader.files(await listLogFiles([path]))
  const [trouble] = reader.counts.skipped
  if (reader.counts.events === 0 && trouble !== undefined) throw new BartizanError('BZ002', `${trouble.file} is not a CloudTrail file: ${trouble.kind}, ${trouble.detail}`)
  return activity
}

const activityIn = ({ log, raw, eventSource, eventName, outcome }: LogEvent): Activity[] => {
  const by = objectOf(raw['userIdentity'])
  const principal = textOf(objectOf(objectOf(by['sessionContext'])['sessionIssuer'])['arn']) || textOf(by['arn']) || (by['type'] === 'AWSService' ? textOf(by['invokedBy']) : '')
  if (log !== 'cloudtrail' || principal === '' || outcome !== 'success') return []
  const listed = raw['resources']
  const named = (Array.isArray(listed) ? listed : []).map((resource) => textOf(objectOf(resource)['ARN'])).filter((arn) => arn !== '')
  const resources = named.length === 0 ? modelIn(raw) : named
  const passed = eventSource === 'sts.amazonaws.com' ? [] : rolesIn(raw['requestParameters']).map((resource) => ({ principal, action: 'iam:PassRole', resource }))
  const done = actionsOfEvent(eventSource, eventName).flatMap((action) => (resources.length === 0 ? ['*'] : resources).map((resource) => ({ principal, action, resource })))
  return [...passed, ...done]
}

/** The model that a call of Bedrock names; of one through an inference profile it is not said which models stand behind it. */
const modelIn = (raw: Readonly<Record<string, unknown>>): string[] => {
  const [model, region] = [textOf(objectOf(raw['requestParameters'])['modelId']), textOf(raw['awsRegion'])]
  if (raw['eventSource'] !== 'bedrock.amazonaws.com' || model.includes(':inference-profile/')) return []
  if (model.startsWith('arn:')) return [model]
  const isModel = /^[a-z0-9-]+\.[\w.:-]+$/.test(model) && !/^(us|us-gov|eu|apac|jp|au|ca|global)\./.test(model)
  return isModel && region !== '' ? [`arn:${partitionOf(region)}:bedrock:${region}::foundation-model/${model}`] : []
}

/** The roles that a call hands to its service: parameters named after roles, whatever their depth. */
const rolesIn = (parameters: unknown): string[] => (typeof parameters !== 'object' || parameters === null ? [] : Object.entries(parameters).flatMap(([name, value]) =>
  (typeof value === 'string' ? (/role/i.test(name) && /^arn:[^:]+:iam::\d{12}:role\//.test(value) ? [value] : []) : rolesIn(value))))
