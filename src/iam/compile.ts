import { actionsLike } from './action-pattern.ts'
import { callDecision } from './call.ts'
import type { Catalogue } from './catalogue.ts'
import { decide, verdict } from './decide.ts'
import { buildEstate, rebuildEstate, type Estate } from './estate.ts'
import type {
  CallDecision, CallRequest, Decision, Diagnostic, Grant, IamInput, Permission, PolicyInput, Request, Verdict, WhoCanOptions,
} from './model.ts'
import { permissionsOf } from './permissions.ts'
import { makeWhoCan } from './who-can.ts'

/** The compiled permissions of an estate. Everything that it answers is a pure function of its input. */
export interface Iam {
  /** Decides one check and shows what decided it. */
  can(request: Request): Decision
  /** Only the verdict: several times as fast. */
  verdict(request: Request): Verdict
  /** Decides a whole API call: each resource, and what else it needs (iam:PassRole, KMS). */
  call(request: CallRequest): CallDecision
  /** Everyone who may do an action to a resource, or to some resource of a pattern; grantees outside the estate included. */
  whoCan(action: string, resource: string, options?: WhoCanOptions): readonly Grant[]
  /** What a principal may do at all, action by action. */
  permissions(principal: string): Permission[]
  /** The actions that a pattern names (`s3:Get*`): those of the catalogue, and those that policies name. */
  actions(pattern: string): string[]
  /** The class of a listed principal; members of one class get the same answer to everything. */
  principalClass(arn: string): number | undefined
  /** What is wrong in the policies. */
  readonly diagnostics: readonly Diagnostic[]
  /** The same estate with some policies replaced by id, or added. */
  recompile(policies: readonly PolicyInput[]): Iam
}

/** Compiles an estate's policies; the catalogue adds what only it knows: which actions take a resource, what RCPs bind. */
export const compile = (input: IamInput, catalogue?: Catalogue): Iam => over(buildEstate(input, catalogue))

const over = (estate: Estate): Iam => {
  const { whoCan, members } = makeWhoCan(estate)
  return {
    can: (request) => decide(estate, request),
    verdict: (request) => verdict(estate, request),
    call: (request) => callDecision(estate, request),
    whoCan,
    permissions: (principal) => permissionsOf(estate, principal),
    actions: (pattern) => actionsLike(estate, pattern).map(({ shown }) => shown),
    principalClass: (arn) => members.byArn.get(arn)?.principalClass,
    diagnostics: estate.diagnostics,
    recompile: (policies) => over(rebuildEstate(estate, policies)),
  }
}
