import { unknown } from '../../core/unknown.ts'
import type { Gap } from '../../core/gap.ts'
import type { Resource } from '../../model/resource.ts'
export const hclResources = async (_files: readonly string[], _where: unknown, _from?: string): Promise<{ resources: Resource[], gaps: Gap[] }> => ({ resources: [], gaps: [] })
export { unknown }
