import { byText } from '../core/text.ts'
import type { Permission } from './model.ts'

/** What a principal may do in one service, by access level. */
export interface ServiceSummary {
  readonly service: string
  readonly levels: Readonly<Record<string, { readonly actions: readonly string[], readonly conditional: readonly string[] }>>
  /** Patterns of resources that its policies name. */
  readonly resources: readonly string[]
  /** Whether last-use data says that nothing of the service was used; absent without such data. */
  readonly unused?: boolean
}

/** Permissions by service and access level; `used` are the services that last-use data shows as used. */
export const summarize = (permissions: readonly Permission[], used?: ReadonlySet<string>): ServiceSummary[] =>
  [...Map.groupBy(permissions, ({ service }) => service)].sort(([a], [b]) => byText(a, b)).map(([service, list]) => ({
    service,
    levels: Object.fromEntries([...Map.groupBy(list, ({ level }) => level)].sort(([a], [b]) => byText(a, b)).map(([level, some]) => [level, {
      actions: some.filter(({ verdict }) => verdict === 'allow').map(({ action }) => action),
      conditional: some.filter(({ verdict }) => verdict === 'conditional').map(({ action }) => action),
    }])),
    resources: [...new Set(list.flatMap(({ resources }) => resources))].sort(byText),
    ...(used !== undefined && { unused: !used.has(service) }),
  }))
