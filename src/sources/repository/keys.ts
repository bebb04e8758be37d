import { secretKind } from '../secret-kinds.ts'
import { foundSecrets } from '../secrets.ts'
import type { FoundSecret } from '../secrets.ts'
import type { Fact } from './facts.ts'

const most = 50

/** What people write where a secret will stand. */
const placeholder = /your|example|placeholder|change|dummy|sample|xxx|todo|insert|replace|redacted|<|\*\*\*|\.\.\.|^(.)\1+$/i

const assigned = /([A-Za-z_]\w{1,60})["']?\]?\s{0,3}[=:]\s{0,3}["']([^"'\n]{8,200})["']/g

/** Secrets in a text, line by line: keys of known forms, and literals that are given to names which mean a secret. Code that reads one from elsewhere is none. */
export const keysIn = (text: string): Fact<FoundSecret>[] => {
  const found: Fact<FoundSecret>[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.length > 20_000) continue
    const place = `line ${index + 1}`
    const literals = [...line.matchAll(assigned)].filter(([, name, value]) => !placeholder.test(value!) && secretKind(name!, value!) !== undefined).map(([, name, value]) => `${name!.toUpperCase()}=${value!}\n`)
    const shaped = foundSecrets(line, place)
    found.push(...[...shaped, ...shaped.length === 0 ? literals.flatMap((literal) => foundSecrets(literal, place)) : []].map((value) => ({ line: index + 1, value })))
    if (found.length > most) break
  }
  return found.slice(0, most)
}
