import type { PolicyKind } from './model.ts'
import { pick, texts, type Report } from './parse-tools.ts'

/** Reads Resource or NotResource; trust policies have neither, resource policies may leave them out. */
export const parseResources = (
  item: Record<string, unknown>, pointer: string, kind: PolicyKind, report: Report, gaps: { resource?: string },
): { resources: readonly string[] | undefined, notResource: boolean } => {
  if (kind === 'trust') {
    for (const name of ['Resource', 'NotResource']) {
      if (item[name] !== undefined) report(`${pointer}/${name}`, 'error', `A trust policy has no ${name}: its resource is the role`)
    }
    return { resources: undefined, notResource: false }
  }
  if (item['Resource'] === undefined && item['NotResource'] === undefined && kind === 'resource') {
    return { resources: undefined, notResource: false }
  }
  const notResource = pick(item, 'Resource', 'NotResource', pointer, report)
  const name = notResource ? 'NotResource' : 'Resource'
  if (item[name] === undefined) return { resources: [], notResource }
  const list = texts(item[name], `${pointer}/${name}`, report, (reason) => { gaps.resource = reason })
  const resources = list.flatMap((text) => {
    const full = fullArn(text, kind)
    if (full === undefined) report(`${pointer}/${name}`, 'error', `A resource is "*" or an ARN, not ${JSON.stringify(text.slice(0, 200))}`)
    return full === undefined ? [] : [full]
  })
  if (list.length === 0 && gaps.resource === undefined) report(`${pointer}/${name}`, 'error', `${name} names no resource`)
  return { resources, notResource }
}

/** An ARN pattern with all six parts; a short one is filled with stars where AWS does so. Session policies cannot have any. */
const fullArn = (text: string, kind: PolicyKind): string | undefined => {
  if (text === '*') return text
  if (!text.startsWith('arn:')) return undefined
  const missing = 6 - text.split(':').length
  if (missing <= 0) return text
  if (kind === 'session') return undefined
  const filled = kind === 'resource' || kind === 'endpoint' ? /[*?]/.test(text) : true
  return filled ? text + ':*'.repeat(missing) : text
}
