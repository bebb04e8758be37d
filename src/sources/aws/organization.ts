import { ask } from './call.ts'
import type { Item } from './collector.ts'
import type { Failure } from './failure.ts'
import type { Target } from './targets.ts'

/** Where an account stands: `o-…/r-…/ou-…`, or why it is not known; undefined for an account outside every organization. */
export type Place = { readonly path: string } | { readonly failure: Failure, readonly operation: string } | undefined

/**
 * Finds the places of accounts from below: what an account or unit lies in is asked once. Only the management account and
 * delegated administrators may ask.
 */
export const makePlaces = (lineTo: Target['lineTo'], region: string): ((account: string) => Promise<Place>) => {
  const line = lineTo('organizations', () => import('@aws-sdk/client-organizations'), region)
  const known = new Map<string, Promise<Place>>()

  const top = async (): Promise<Place> => {
    const outcome = await ask(await line, 'DescribeOrganization', {})
    if ('answer' in outcome) return { path: String((outcome.answer['Organization'] as Item)['Id']) }
    return outcome.failure.name === 'AWSOrganizationsNotInUseException' ? undefined : { failure: outcome.failure, operation: 'DescribeOrganization' }
  }

  const above = async (child: string): Promise<Place> => {
    const outcome = await ask(await line, 'ListParents', { ChildId: child })
    if ('failure' in outcome) return { failure: outcome.failure, operation: 'ListParents' }
    const parent = String(((outcome.answer['Parents'] ?? []) as Item[])[0]?.['Id'])
    const higher = parent.startsWith('ou-') ? await once(parent) : await once('')
    return higher === undefined || 'failure' in higher ? higher : { path: `${higher.path}/${parent}` }
  }

  const once = (child: string): Promise<Place> => {
    const place = known.get(child) ?? (child === '' ? top() : above(child))
    known.set(child, place)
    return place
  }

  return async (account) => {
    const organization = await once('')
    return organization === undefined || 'failure' in organization ? organization : once(account)
  }
}
