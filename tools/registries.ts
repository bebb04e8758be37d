import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The accounts that AWS publishes images for SageMaker from, in all regions, as the SageMaker SDK names them. */
export const registryAccounts = (sdk: string): string[] => {
  const folder = join(sdk, 'sagemaker', 'core', 'image_uri_config')
  const configs = readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown)
  return [...new Set(configs.flatMap(accountsIn))].sort()
}

const accountsIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => (key === 'registries' ? Object.values(inner as Readonly<Record<string, unknown>>).map(String) : accountsIn(inner)))
}

/** The text of the generated file, ten accounts a line. */
export const registriesText = (accounts: readonly string[], from: string): string => {
  const lines = Array.from({ length: Math.ceil(accounts.length / 10) }, (_, line) => `  ${accounts.slice(line * 10, line * 10 + 10).join(' ')}`)
  return `// Made by "npm run generate" from ${from}.\n\n/** Accounts that AWS publishes images for SageMaker from. */\nexport const registriesOfAws: ReadonlySet<string> = new Set(\`\n${lines.join('\n')}\n\`.trim().split(/\\s+/))\n`
}
