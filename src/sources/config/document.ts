/** What AWS Config keeps of one resource; queries of an aggregator leave some of it out and spell a few names otherwise. */
export interface ConfigItem {
  readonly resourceType?: string
  readonly resourceId?: string
  readonly resourceName?: string
  readonly ARN?: string
  readonly arn?: string
  readonly awsAccountId?: string
  readonly accountId?: string
  readonly awsRegion?: string
  readonly configuration?: unknown
  readonly supplementaryConfiguration?: unknown
  readonly tags?: unknown
  readonly resourceCreationTime?: string
  readonly configurationItemStatus?: string
}

/** A snapshot as Config delivers it, the answer of `get-resource-config-history`, or the answer of a query. */
export interface ConfigDocument { readonly configurationItems?: readonly ConfigItem[], readonly Results?: readonly unknown[] }

/** Whether a document is such a one. */
export const isConfig = (document: unknown): document is ConfigDocument => {
  if (typeof document !== 'object' || document === null) return false
  const { configurationItems: items, Results: results } = document as { configurationItems?: unknown, Results?: unknown }
  return Array.isArray(items) || Array.isArray(results) && JSON.stringify(results[0] ?? '').includes('resourceType')
}
