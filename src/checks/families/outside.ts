import { some } from '../../core/unknown.ts'
import type { EstateView, Grantee } from '../../graph/view.ts'

/** Whether a grantee stands outside the estate and its organisation. An AWS service acts for somebody, and anyone behind a condition of the environment is not anyone. */
const isOutside = ({ account, kind, conditions }: Grantee, estate: EstateView): boolean => {
  if (kind === 'anyone') return conditions.length === 0
  return kind !== 'service' && account !== '' && !estate.isOurs(account)
}

const isAnyone = ({ account, kind, conditions }: Grantee): boolean => account !== undefined && kind === 'anyone' && conditions.length === 0

/** Whether a grantee of one of these actions is of this sort. */
const isGranted = (estate: EstateView, actions: readonly string[], resource: string, sort: (grantee: Grantee) => boolean): boolean =>
  some(actions, (action) => some(estate.outsiders(action, resource), sort))

/** Whether somebody outside may do any of these actions to a resource. */
export const isOpen = (estate: EstateView, actions: readonly string[], resource: string): boolean =>
  isGranted(estate, actions, resource, (grantee) => isOutside(grantee, estate))

/** Whether anyone at all may do any of these actions to a resource. */
export const isPublic = (estate: EstateView, actions: readonly string[], resource: string): boolean =>
  isGranted(estate, actions, resource, isAnyone)
