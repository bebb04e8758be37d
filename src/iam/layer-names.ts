import type { Layer, SecondAuthorization } from './model.ts'

/** What a layer is, in the words of AWS. */
export const layerNames: Readonly<Record<Layer, string>> = {
  identity: 'Identity policies', boundary: 'Permissions boundary', session: 'Session policies', resource: 'Resource policy',
  trust: 'Trust policy', scp: 'Service control policies', rcp: 'Resource control policies', endpoint: 'VPC endpoint policy',
  'access-point': 'Access point policy', acl: 'Access control list', grant: 'KMS grants', 'public-access-block': 'S3 Block Public Access',
  root: 'Root user', rule: 'Rule of AWS', second: 'Second authorization system',
}

/** A layer as it stands in a sentence. */
export const layerPhrases: Readonly<Record<Layer, string>> = {
  identity: 'an identity policy', boundary: 'the permissions boundary', session: 'a session policy', resource: 'the resource policy',
  trust: 'the trust policy', scp: 'an SCP', rcp: 'an RCP', endpoint: 'the VPC endpoint policy', 'access-point': 'the access point policy',
  acl: 'the ACL', grant: 'a KMS grant', 'public-access-block': 'S3 Block Public Access', root: 'the root user', rule: 'a rule of AWS', second: 'a second authorization system',
}

/** Layers whose names are plurals. */
export const plural: ReadonlySet<Layer> = new Set(['identity', 'session', 'scp', 'rcp', 'grant'])

/** Why a layer that does not allow something denies it. */
export const silentPhrases: Readonly<Partial<Record<Layer, string>>> = {
  identity: 'no identity policy allows it', scp: 'the SCPs of some level do not allow it', session: 'no session policy allows it',
}

/** Systems that decide after IAM, as people call them. */
export const systemNames: Readonly<Record<SecondAuthorization['system'], string>> = {
  'opensearch-serverless': 'data access and network policies of OpenSearch Serverless', 'lake-formation': 'grants of Lake Formation', eks: 'access entries of EKS',
  'lambda-url': 'the auth type of the function URL', agentcore: 'the authorizer and policies of AgentCore', other: 'a system of its own',
}

/** A policy as it stands in a sentence: some are called by what they are the policy of. */
export const policyPhrase = (name: string): string => (/policy of /.test(name) ? `the ${name}` : `policy ${name}`)

/** Layers that only take away: each that applies must allow. The others give. */
export const limits: ReadonlySet<Layer> = new Set(['boundary', 'session', 'scp', 'rcp', 'endpoint', 'public-access-block', 'second'])
