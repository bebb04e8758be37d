import { byText } from '../core/text.ts'
import type { EstateFacts } from '../detect/estate.ts'
import type { Estate } from '../graph/estate.ts'
import type { Permission } from '../iam/index.ts'
import type { Resource } from '../model/resource.ts'
import { bySeverity } from '../model/severity.ts'
import { findPaths } from './paths.ts'

/** Principals that are each asked what they lead to; in larger estates only those on the way of an attacker are told. */
const askedOne = 400

/** What an attack path from each principal ends in, by ARN and as people read it: the worst first. */
export const reachesOf = async (estate: Estate): Promise<EstateFacts['reaches']> => {
  const principals = [...estate.ofType('AWS::IAM::Role'), ...estate.ofType('AWS::IAM::User')].map((index) => estate.resource(index)).filter(({ arn = '' }) => !arn.includes(':role/aws-service-role/'))
  const paths = [
    ...await findPaths(estate, { all: true }),
    ...principals.length > askedOne ? [] : await findPaths(estate, { from: principals.map(({ id }) => id) }),
  ].sort((a, b) => bySeverity(a.severity, b.severity))
  const reaches = new Map<string, Set<string>>()
  for (const { entry, target, steps } of paths) {
    for (const id of new Set([entry.id, ...entry.alike, ...steps.flatMap(({ actor }) => actor ?? [])])) {
      const arn = arnOf(estate, id)
      if (arn === undefined || id === target.id) continue
      reaches.set(arn, (reaches.get(arn) ?? new Set()).add(target.harm))
    }
  }
  return Object.fromEntries([...reaches].sort(([a], [b]) => byText(a, b)).map(([arn, targets]) => [arn, shortened([...targets])]))
}

const arnOf = (estate: Estate, id: string): string | undefined => {
  const node = estate.graph.find(id)
  const index = node === undefined ? undefined : estate.graph.node(node).resource
  return index === undefined ? undefined : estate.resource(index).arn ?? id
}

const told = 6

const shortened = (targets: readonly string[]): string[] =>
  targets.length <= told ? [...targets] : [...targets.slice(0, told), `and ${targets.length - told} more`]

const aiServices = ['sagemaker.amazonaws.com', 'bedrock.amazonaws.com', 'bedrock-agentcore.amazonaws.com'] as const

/** Who may pass which role to an AI service and gain by it what matters: control of permissions, secrets, or much that it could not write. */
export const strongerOf = (estate: Estate): EstateFacts['stronger'] => {
  const iam = estate.iam()
  const known = new Map<string, readonly Permission[]>()
  const permissions = (arn: string): readonly Permission[] => {
    const key = String(iam.principalClass(arn) ?? arn)
    const list = known.get(key) ?? iam.permissions(arn).filter(({ verdict }) => verdict === 'allow')
    known.set(key, list)
    return list
  }
  return estate.ofType('AWS::IAM::Role').map((index) => estate.resource(index)).flatMap((role) => {
    const { arn } = role
    const service = aiServices.find((name) => trustText(role).includes(`"${name}"`))
    if (arn === undefined || service === undefined) return []
    return iam.whoCan('iam:PassRole', arn, { context: { 'iam:PassedToService': service } })
      .filter(({ kind, principal }) => (kind === 'user' || kind === 'role') && principal !== arn)
      .flatMap(({ principal: caller }) => {
        const gains = gained(permissions(caller), permissions(arn))
        return gains.length === 0 ? [] : [{ caller, role: arn, gains }]
      })
  })
}

// what gives more permissions, or the secrets of others
const grave = /^(?:iam:(?:Add|Attach|Create|Pass|Put|Set|Update)|sts:AssumeRole$|organizations:(?:Attach|Create|Leave|Remove)|secretsmanager:GetSecretValue$|s3:PutBucketPolicy$|kms:(?:PutKeyPolicy|CreateGrant)$)/
/** Actions that change something, from which on a role is a good deal more than its caller. */
const many = 25

/** The actions that matter of those that one has and the other lacks; empty when the difference is small. */
const gained = (caller: readonly Permission[], role: readonly Permission[]): string[] => {
  const has = new Set(caller.map(({ action }) => action))
  const more = role.filter(({ action }) => !has.has(action))
  const worst = more.filter(({ action }) => grave.test(action))
  const writes = more.filter(({ level }) => level === 'Write')
  const gains = worst.length > 0 ? worst : writes.length >= many ? writes : []
  return gains.slice(0, 8).map(({ action }) => action)
}

const automation = /"(?:codebuild|codepipeline|cloudformation)\.amazonaws\.com"|oidc-provider\/(?:token\.actions\.githubusercontent\.com|gitlab\.com|app\.terraform\.io|agent\.buildkite\.com|oidc\.circleci\.com)/

/** Roles that pipelines and infrastructure as code run as, by whom their trust names. */
export const automationOf = (estate: Estate): EstateFacts['automation'] =>
  estate.ofType('AWS::IAM::Role').map((index) => estate.resource(index)).filter((role) => automation.test(trustText(role))).flatMap(({ arn }) => arn ?? [])

const trustText = ({ properties }: Resource): string => JSON.stringify(properties['AssumeRolePolicyDocument'] ?? '')
