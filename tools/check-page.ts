// Writes docs/checks.md from the catalogue: the page that reports link to.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { allChecks } from '../src/analysis/checks.ts'
import type { Check } from '../src/checks/check.ts'
import { byText } from '../src/core/text.ts'
import { pillars, risks } from '../src/model/risk.ts'
import type { Risk } from '../src/model/risk.ts'

export const page = fileURLToPath(new URL('../docs/checks.md', import.meta.url))

/** Every check by pillar and risk; a check's heading is its id, so that `checks.md#ID` leads to it. */
export const checkPage = async (): Promise<string> => {
  const byId = Map.groupBy((await allChecks()).map(({ item }) => item), ({ id }) => id)
  const ids = [...byId.keys()].sort(byText)
  const ofRisk = (risk: Risk): string[] => ids.filter((id) => byId.get(id)![0]!.risk === risk)
  const parts = pillars.flatMap((pillar) => Object.entries(risks).filter(([, its]) => its.pillar === pillar).flatMap(([risk, { title }]) => [
    `## ${title}`, '', `Pillar: ${pillar}.`, '', ...ofRisk(risk as Risk).flatMap((id) => about(byId.get(id)!)),
  ]))
  return ['# Checks', '', `${ids.length} checks, made from the catalogue by \`npm run docs\`. \`bartizan explain ID\` shows one with its examples.`, '', ...parts].join('\n')
}

const about = (checks: readonly Check[]): string[] => {
  const [{ id, title, severity, why, fix }] = checks as [Check, ...Check[]]
  const types = [...new Set(checks.map(({ on }) => `\`${on}\``))]
  const also = [...new Set(checks.flatMap((check) => check.also))]
  return [
    `### ${id}`, '', `**${title}** (${severity}) on ${types.join(', ')}.`, '', `${why} *Fix*: ${fix.text}`, '',
    ...also.length === 0 ? [] : [`Also known as ${also.map((name) => `\`${name}\``).join(', ')}.`, ''],
  ]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(page, await checkPage())
