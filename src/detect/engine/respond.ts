import type { Detection } from '../detection.ts'
import type { OpenAlert } from './open.ts'

/** A value quoted for a POSIX shell; log text is hostile, so control characters go as well. */
export const quoted = (value: string): string => `'${value.replace(/\p{Cc}/gu, '').replaceAll("'", `'\\''`)}'`

/** Commands that cut off whoever an alert is about, then the detection's own; a command whose values are not known is left out. */
export const commandsFor = (detection: Detection, alert: OpenAlert): string[] => {
  const last = alert.evidence.at(-1)
  const values: Record<string, string> = {
    principal: alert.principal,
    role: nameIn(alert.role, 'role'),
    user: nameIn(alert.principal, 'user'),
    accessKey: last?.accessKey ?? '',
    account: last?.account ?? '',
    region: last?.awsRegion ?? '',
    target: last?.target ?? '',
    model: last?.model ?? '',
  }
  return [...new Set([...cutOff(values), ...detection.respond])].flatMap((template) => filled(template, values))
}

const cutOff = (values: Readonly<Record<string, string>>): string[] => {
  if (values['user']!.startsWith('BedrockAPIKey-')) {
    return ['aws iam list-service-specific-credentials --user-name {user}', 'aws iam delete-user-policy --user-name {user} --policy-name AmazonBedrockLimitedAccess']
  }
  if (values['user'] !== '') return ['aws iam update-access-key --user-name {user} --access-key-id {accessKey} --status Inactive']
  if (values['role']!.startsWith('AWSReservedSSO_')) return ['# sessions of {role} are issued by IAM Identity Center: disable the person there, and delete the active sessions']
  if (values['role'] !== '') {
    return [`aws iam put-role-policy --role-name {role} --policy-name RevokeOlderSessions --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"DateLessThan":{"aws:TokenIssueTime":"'"$(date -u +%FT%TZ)"'"}}}]}'`]
  }
  return []
}

const filled = (template: string, values: Readonly<Record<string, string>>): string[] => {
  let missing = false
  const text = template.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) => {
    const value = values[name]
    if (value === undefined) return whole
    if (value === '') missing = true
    return quoted(value)
  })
  return missing ? [] : [text]
}

const nameIn = (arn: string, kind: 'role' | 'user'): string => {
  const at = arn.indexOf(`:${kind}/`)
  return at < 0 ? '' : arn.slice(arn.lastIndexOf('/') + 1)
}
