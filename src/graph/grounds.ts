import { settle } from '../core/unknown.ts'
import type { Decision, Request } from '../iam/index.ts'
import type { Estate } from './estate.ts'
import type { EstateView, Grantee } from './view.ts'

/** What an answer of the estate stands on: a statement that allows, or a fact that makes reachable. */
export interface Ground {
  readonly resource: string
  readonly pointer: string
  /** What it does, as in `allows` or `lets anyone do`, and the action; or the whole note. */
  readonly says: string
  readonly action?: string
}

/** A view that tells on what its answers stand: what principals may do, what strangers may, how something is reached. */
export const witnessed = (estate: Estate, view: EstateView, tell: (ground: Ground) => void): EstateView => ({
  ...view,
  can(principal, action, resource, context) {
    const may = view.can(principal, action, resource, context)
    if (may && principal !== undefined) allowing(estate, { principal, action, resource, ...(context === undefined ? {} : { context }) }, 'allows').forEach(tell)
    return may
  },
  outsiders(action, resource) {
    const found = view.outsiders(action, resource)
    for (const grantee of found) {
      const name = strangerOf(grantee, view)
      if (name !== undefined) allowing(estate, { principal: principalOf(grantee, estate), action, resource }, `lets ${name} do`).forEach(tell)
    }
    return found
  },
  exposure(of) {
    const found = view.exposure(of)
    for (const { resource, pointer, note } of found?.evidence ?? []) tell({ resource, pointer, says: note })
    return found
  },
})

/** What to call a grantee that is not ours; undefined for one of ours, a service, and one that is not known for sure. */
const strangerOf = (grantee: Grantee, view: EstateView): string | undefined => {
  if (grantee.kind === 'anyone') return 'anyone'
  const outside = settle(() => grantee.kind !== 'service' && grantee.account !== '' && !view.isOurs(grantee.account))
  return outside.truth === true ? grantee.principal : undefined
}

/** Anyone is somebody in an account that nothing is known of. */
const principalOf = ({ kind, principal }: Grantee, { accounts }: Estate): string =>
  (kind === 'anyone' ? `arn:aws:iam::${['999999999999', '999999999998'].find((account) => !accounts.has(account))!}:role/any` : principal)

const allowing = (estate: Estate, request: Request, says: string): Ground[] => {
  const decision = estate.iam().can(request)
  const grounds = statementsThatAllow(decision).map(({ policy, pointer, location }) => ({
    resource: location?.resource ?? String(policy),
    pointer: location?.pointer === undefined ? pointer.slice(1) : `${location.pointer}${pointer}`,
    says, action: request.action,
  }))
  if (grounds.length > 0) return grounds
  const { resource, action, context = {} } = request
  if (decision.layers.some(({ layer, verdict }) => layer === 'acl' && verdict !== 'none' && verdict !== 'absent')) return [{ resource, pointer: '', says: `by its ACL ${says}`, action }]
  return [{ resource, pointer: '', says: ['nothing denies', action, ...Object.entries(context).map(([key, value]) => `where ${key} is ${String(value)}`)].join(' ') }]
}

const statementsThatAllow = ({ layers }: Decision) =>
  layers.filter(({ layer, verdict }) => layer !== 'scp' && layer !== 'rcp' && (verdict === 'allow' || verdict === 'conditional')).flatMap(({ statements }) => statements)
