import { isUnknown } from '../../core/unknown.ts'
import type { Request } from '../model.ts'
import type { Estate } from './estate.ts'
import type { Policy } from './grammar.ts'
import { exactly, like, lettersOf, resourceLike, type Pattern } from './pattern.ts'
import { resolveArn, variableKeys } from './variables.ts'
import { witnesses } from './witnesses.ts'

/**
 * The resources that a request is about: itself, or, where it holds a wildcard, one for each set of the policies' patterns and
 * of the listed resources that some resource fits.
 */
export const resourcesOf = (request: Request, estate: Estate): readonly string[] => {
  if (!/[*?]/.test(request.resource) || (request.resource === '*' && !hasResources(request.action, estate))) return [request.resource]
  const wanted = like(lettersOf(request.resource))
  const patterns = [wanted, ...listedPatterns(estate), ...policyPatterns(request, estate)]
  return witnesses(patterns, (_, [fits]) => fits === true)
}

/** An action without resource types has the resource `*` itself (reference_policies_actions-resources-contextkeys). */
const hasResources = (action: string, { catalogue }: Estate): boolean => {
  const [prefix = '', name = ''] = action.toLowerCase().split(':')
  const actions = catalogue?.services[prefix]?.actions ?? {}
  const found = Object.entries(actions).find(([each]) => each.toLowerCase() === name)?.[1]
  return (found?.resources ?? []).length > 0
}

const listedPatterns = ({ input }: Estate): Pattern[] => [
  ...(input.resources ?? []).flatMap(({ arn }) => /:s3:::|:accesspoint\//.test(arn) ? [exactly(lettersOf(arn)), like(lettersOf(`${arn}/*`))] : [exactly(lettersOf(arn))]),
  ...(input.principals ?? []).map(({ arn }) => exactly(lettersOf(arn))),
]

/** Patterns of Resource and NotResource elements; a variable may stand for anything, its default, or a name or tag at hand. */
const policyPatterns = (request: Request, { everyPolicy, input }: Estate): Pattern[] => {
  const tags = [request.session?.tags, ...(input.principals ?? []).map(({ tags }) => tags)]
    .flatMap((each) => each === undefined || isUnknown(each) ? [] : Object.values(each))
  const given = Object.values(request.context ?? {}).flat()
  const values = [...new Set([request.principal.slice(request.principal.lastIndexOf('/') + 1), ...tags, ...given])]
  return everyPolicy.flatMap((policy) => textsOf(policy).flatMap((text) => {
    if (!policy.versioned || variableKeys(text).length === 0) return [letters(text, policy.versioned, undefined)]
    const open = resourceLike(lettersOf(text.replaceAll(/\$\{[^}*?$]+\}/g, '*')))
    return [open, letters(text, true, undefined), ...values.map((value) => letters(text, true, value))]
  }))
}

const textsOf = ({ statements }: Policy): string[] => [...new Set(statements
  .flatMap((statement) => isUnknown(statement) ? [] : statement.resources?.patterns ?? [])
  .flatMap((pattern) => typeof pattern === 'string' && pattern !== '*' ? [pattern] : []))]

const letters = (text: string, versioned: boolean, value: string | undefined): Pattern =>
  resourceLike(resolveArn(text, versioned, () => value) ?? [])
