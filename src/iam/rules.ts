import type { Frame } from './frame.ts'
import type { Subject } from './subject.ts'

/** A decision that no policy can change, and why. */
export interface Rule { readonly allowed: boolean, readonly text: string }

const allow = (text: string): Rule => ({ allowed: true, text })
const deny = (text: string): Rule => ({ allowed: false, text })

/** What AWS decides before it reads any policy; undefined for all other requests. */
export const ruleOf = (frame: Frame): Rule | undefined => {
  if (frame.subject.kind === 'provider' && !forTokens.has(frame.action.name)) return onlyTokens
  switch (frame.action.service) {
    case 'sts': return stsRule(frame)
    case 'iam': return iamRule(frame)
    default: return undefined
  }
}

/** What the bearer of a provider's token can call before it has a session. */
const forTokens = new Set(['sts:assumerolewithwebidentity', 'sts:assumerolewithsaml', 'sts:tagsession', 'sts:setsourceidentity'])
const tokenExchange = new Set(['sts:assumerolewithwebidentity', 'sts:assumerolewithsaml'])
const needsToken = deny('the call is made with a token of a provider, not with AWS credentials')
const onlyTokens = deny('with a token of a provider one can only assume a role')
const unsigned = deny('the service takes signed requests only')
const identityCall = allow('sts:GetCallerIdentity needs no permission and cannot be denied')
const sessionToken = allow('sts:GetSessionToken needs no permission and policies cannot control it')
const noTokens = deny('temporary credentials of a role cannot call GetSessionToken or GetFederationToken')
const federated = deny('a federated user can call nothing of STS but GetCallerIdentity')
const rootAssumes = deny('a root user cannot assume a role')
const passesAbroad = deny('a role can only be passed within its own account')
const passesLinked = deny('a service-linked role cannot be passed')
const changesLinked = deny('only its service can change a service-linked role')
const changesReserved = deny('only IAM Identity Center can change a role under aws-reserved')
const changesManaged = deny('an AWS managed policy cannot be changed')

const stsRule = ({ action, subject }: Frame): Rule | undefined => {
  if (tokenExchange.has(action.name) && subject.kind !== 'provider') return needsToken
  if (action.name === 'sts:getcalleridentity') return subject.kind === 'anonymous' ? undefined : identityCall
  if (subject.kind === 'federated-user') return federated
  switch (action.name) {
    case 'sts:getsessiontoken': return subject.kind === 'user' || subject.kind === 'root' ? sessionToken : hasRole(subject) ? noTokens : undefined
    case 'sts:getfederationtoken': return hasRole(subject) ? noTokens : undefined
    case 'sts:assumerole': return subject.kind === 'root' ? rootAssumes : subject.kind === 'anonymous' ? unsigned : undefined
    default: return undefined
  }
}

const hasRole = ({ kind }: Subject): boolean => kind === 'role' || kind === 'session'

/** Changes to what a role may do or who may use it. */
const roleChange = new Set([
  'iam:attachrolepolicy', 'iam:detachrolepolicy', 'iam:putrolepolicy', 'iam:deleterolepolicy', 'iam:updateassumerolepolicy',
  'iam:putrolepermissionsboundary', 'iam:deleterolepermissionsboundary', 'iam:deleterole', 'iam:updaterole',
])
const policyChange = new Set([
  'iam:createpolicyversion', 'iam:deletepolicyversion', 'iam:setdefaultpolicyversion', 'iam:deletepolicy', 'iam:tagpolicy', 'iam:untagpolicy',
])

const iamRule = ({ action, subject, target, resource }: Frame): Rule | undefined => {
  if (action.name === 'iam:passrole') {
    if (/:role\/aws-service-role\//.test(resource)) return passesLinked
    return /^\d{12}$/.test(target.account) && subject.account !== '' && target.account !== subject.account ? passesAbroad : undefined
  }
  if (roleChange.has(action.name)) {
    if (/:role\/aws-service-role\//.test(resource)) return changesLinked
    if (/:role\/aws-reserved\//.test(resource)) return changesReserved
  }
  return policyChange.has(action.name) && /^arn:[a-z-]+:iam::aws:policy\//.test(resource) ? changesManaged : undefined
}
