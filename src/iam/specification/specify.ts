import type { Catalogue } from '../catalogue.ts'
import type { IamInput, Request, Verdict } from '../model.ts'
import { callerOf, type Caller } from './caller.ts'
import { isAllowed, ownerOf } from './combination.ts'
import { contextOf } from './context.ts'
import { bucketOf, estateOf, type Estate } from './estate.ts'
import { explore } from './explore.ts'
import { memo } from './memo.ts'
import { resourcesOf } from './resources.ts'
import { samplesOf } from './samples.ts'

/** The reference engine: `can` gives the verdict of a request, slowly. */
export interface Specification { readonly can: (request: Request) => Verdict }

/**
 * AWS's evaluation of requests, written to be read: it decides a request in every world that the caller, the environment and
 * the gaps leave open, each time with plain yes or no, and only then says allow, conditional or deny.
 */
export const specify = (input: IamInput, catalogue?: Catalogue): Specification => {
  const estate = estateOf(input, catalogue)
  return { can: (request) => can(request, estate) }
}

/** A pattern stands for some resource that fits it: the best that any of them gives. */
const can = (request: Request, estate: Estate): Verdict => {
  const caller = callerOf(request.principal, estate.input)
  const verdicts = resourcesOf(request, estate).map((resource) => canOn({ ...request, resource }, caller, estate))
  if (verdicts.includes('allow')) return 'allow'
  return verdicts.includes('conditional') ? 'conditional' : 'deny'
}

const canOn = (request: Request, caller: Caller, estate: Estate): Verdict => {
  const { input } = estate
  const { action, resource } = request
  const owner = ownerOf(resource, { input, request, caller }, bucketOf(resource))
  const samples = memo((key: string) => samplesOf(key, estate, request))
  return explore((world) => isAllowed(contextOf({ world, input, estate, request, caller, action, resource, owner, samples })))
}
