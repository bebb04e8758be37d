import { any, defineStep, fact, may, service } from './step.ts'
import type { Effect, Fact, May, Premise, Step, Variable } from './step.ts'

type More = Partial<Pick<Step, 'techniques' | 'source' | 'by' | 'waits' | 'effort' | 'works' | 'blocked'>>

/** A family: steps that share a name and, unless one says otherwise, techniques. A step with a source is documented, else derived. */
export const family = (name: string, techniques: readonly string[]) =>
  (id: string, story: string, when: readonly Premise[], gives: Effect | readonly Effect[], more: More = {}): Step => {
    const source = more.source ?? sourceOf(id)
    return defineStep({
      id, family: name, story, when, gives, techniques, ...more,
      ...(source === undefined ? {} : { source }), confidence: source === undefined ? 'derived' : 'documented',
    })
  }

/** Ids say which published list a step comes from. */
const sourceOf = (id: string): string | undefined => {
  if (id.startsWith('PF-')) return `pathfinding.cloud ${id.slice(3)}`
  if (id.startsWith('PL-')) return `pathfinding-labs ${id.slice(3)}`
  return id.startsWith('PW-') ? `Prowler ${id.slice(3)}` : undefined
}

export const hackTricks = { source: 'HackTricks Cloud' }

export const role = any('role', 'AWS::IAM::Role')
export const user = any('user', 'AWS::IAM::User')
export const principal = any('principal', 'AWS::IAM::Role', 'AWS::IAM::User')
/** A principal after its identity policies were rewritten. */
export const rewritten = any('rewritten', 'rewritten principal')
/** A place in S3: a bucket, or a prefix in one. */
export const place = any('place', 'storage', 'AWS::S3::Bucket')

/** Permissions on one node. */
export const acts = (on: Variable, ...actions: readonly string[]): May[] => actions.map((action) => may(action, on))

/** Permissions to make new things. */
export const makes = (...actions: readonly string[]): May[] => actions.map((action) => may(action))

export const runsAs = (workload: Variable): Fact => fact(workload, 'runs as', role)

/** What the service then does as the role: run the attacker's code or API calls, or only move data. */
export type Use = 'code' | 'deputy'

/** The attacker hands a role to a service that then acts as it; `onto` is the kind of existing resource that gets the role. */
export type Passing = readonly [id: string, use: Use, story: string, actions: readonly string[], onto?: string, more?: More]

/** In whose name a service assumes a role: trust policies are often limited to one kind by `aws:SourceArn`. */
const sourceKinds: Readonly<Record<string, string>> = {
  'bedrock-agentcore:CreateCodeInterpreter': 'code-interpreter-custom',
  'bedrock-agentcore:CreateAgentRuntime': 'runtime',
  'bedrock-agentcore:UpdateAgentRuntime': 'runtime',
  'bedrock-agentcore:CreateBrowser': 'browser-custom',
  'bedrock-agentcore:CreateGateway': 'gateway',
  'bedrock-agentcore:UpdateGateway': 'gateway',
  'bedrock-agentcore:CreateMemory': 'memory',
  'bedrock-agentcore:UpdateMemory': 'memory',
  'bedrock:CreateAgent': 'agent',
  'bedrock:CreateFlow': 'flow',
  'bedrock:CreateKnowledgeBase': 'knowledge-base',
  'bedrock:CreateModelCustomizationJob': 'model-customization-job',
  'bedrock:CreateModelInvocationJob': 'model-invocation-job',
  'bedrock:CreateModelImportJob': 'model-import-job',
  'bedrock:CreateEvaluationJob': 'evaluation-job',
}

/** Role passing to one service. */
export const passing = (name: string, principalName: string, rows: readonly Passing[]): Step[] => {
  const step = family(name, ['T1548.005'])
  return rows.map(([id, use, story, actions, onto, more]) => {
    const resource = onto === undefined ? undefined : any('resource', onto)
    return step(id, story, [
      may('iam:PassRole', role, { 'iam:PassedToService': principalName }),
      fact(role, 'trusts', service(principalName, sourceKinds[actions[0]!])),
      ...actions.map((action) => may(action, resource)),
    ], { power: use === 'code' ? 'be' : 'instruct', on: role }, more)
  })
}
