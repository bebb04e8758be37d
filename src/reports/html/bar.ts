import { severities } from '../../model/severity.ts'
import type { Severity } from '../../model/severity.ts'

/** How many of each severity, as a bar whose whole width is `whole`. */
export const severityBar = (members: readonly { readonly severity: Severity }[], whole: number): string => {
  let x = 0
  const parts = severities.flatMap((severity) => {
    const n = members.filter((member) => member.severity === severity).length
    if (n === 0) return []
    const part = { severity, n, x, width: n / whole * 100 }
    x += part.width
    return [part]
  })
  const label = parts.map(({ severity, n }) => `${n} ${severity}`).join(', ')
  return `<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label="${label === '' ? 'none' : label}"><rect class="track" width="100" height="6"/>${
    parts.map(({ severity, x: left, width }) => `<rect class="${severity}" x="${left.toFixed(2)}" width="${width.toFixed(2)}" height="6"/>`).join('')}</svg>`
}

/** A share of a whole, as a bar. */
export const shareBar = (n: number, whole: number): string =>
  `<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="6"/><rect class="share" width="${(n / whole * 100).toFixed(2)}" height="6"/></svg>`
