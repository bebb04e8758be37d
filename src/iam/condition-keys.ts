/**
 * What is known of condition keys, as AWS's documentation of global and service condition keys says. Names are lower case.
 * Kinds: `principal`, `resource` and `request` keys are derived when the request does not give them; `caller` keys are the
 * caller's to choose; `environment` keys are set by where, when and how the call is made.
 */
export type KeyKind = 'principal' | 'resource' | 'request' | 'caller' | 'environment'

const environment = new Set([
  'aws:currenttime', 'aws:epochtime', 'aws:sourceip', 'aws:vpcsourceip', 'aws:sourcevpc', 'aws:sourcevpcarn', 'aws:sourcevpce',
  'aws:vpceaccount', 'aws:vpceorgid', 'aws:vpceorgpaths', 'aws:multifactorauthpresent', 'aws:multifactorauthage',
  'aws:tokenissuetime', 'aws:ec2instancesourcevpc', 'aws:ec2instancesourceprivateipv4', 'ec2:sourceinstancearn',
  'ec2:roledelivery', 'lambda:sourcefunctionarn', 'ssm:sourceinstancearn', 'glue:roleassumedby', 'glue:credentialissuingservice',
  'codebuild:buildarn', 'codebuild:projectarn', 'aws:chatbotsourcearn', 'identitystore:userid', 'aws:signinsessionarn', 's3:signatureage',
])

const principal = new Set([
  'aws:principalarn', 'aws:principalaccount', 'aws:principalorgid', 'aws:principalorgpaths', 'aws:principaltype', 'aws:userid',
  'aws:username', 'aws:principalisawsservice', 'aws:principalservicename', 'aws:principalservicenameslist',
  'aws:federatedprovider', 'aws:assumedroot', 'aws:sourceidentity', 'kms:calleraccount',
])

const resource = new Set(['aws:resourceaccount', 'aws:resourceorgid', 'aws:resourceorgpaths', 's3:resourceaccount'])

const request = new Set([
  'aws:requestedregion', 'aws:viaawsservice', 'aws:calledvia', 'aws:calledviafirst', 'aws:calledvialast', 'aws:sourcearn',
  'aws:sourceaccount', 'aws:sourceorgid', 'aws:sourceorgpaths', 's3:dataaccesspointarn', 's3:dataaccesspointaccount',
  's3:accesspointnetworkorigin',
])

/** Claims that an identity provider writes: `token.actions.githubusercontent.com:sub`, `saml:aud`. */
const isClaim = (key: string): boolean => key.startsWith('saml:') || key.startsWith('cognito-identity.') || /^[^:]*\.[^:]*:/.test(key)

export const kindOf = (key: string): KeyKind => {
  if (environment.has(key)) return 'environment'
  if (principal.has(key) || key.startsWith('aws:principaltag/')) return 'principal'
  if (resource.has(key) || key.includes(':resourcetag/') || key.startsWith('s3:existingobjecttag/') || key.startsWith('s3:buckettag/')) return 'resource'
  if (request.has(key)) return 'request'
  return isClaim(key) ? 'environment' : 'caller'
}

/** Keys that every request has. */
export const alwaysPresent: ReadonlySet<string> = new Set(['aws:currenttime', 'aws:epochtime', 'aws:securetransport'])

/** Global keys with many values; the catalogue knows those of services by a type that begins with `ArrayOf`. */
export const multivalued: ReadonlySet<string> = new Set([
  'aws:calledvia', 'aws:principalorgpaths', 'aws:resourceorgpaths', 'aws:sourceorgpaths', 'aws:vpceorgpaths', 'aws:tagkeys',
  'aws:principalservicenameslist', 'sts:transitivetagkeys', 'kms:encryptioncontextkeys',
])

/** Global keys that are true or false and nothing else. */
export const booleans: ReadonlySet<string> = new Set([
  'aws:securetransport', 'aws:multifactorauthpresent', 'aws:viaawsservice', 'aws:principalisawsservice', 'aws:assumedroot',
  'aws:viaawsmcpservice', 'aws:ismcpserviceaction',
])
