import { statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { BartizanError } from '../core/errors.ts'
import type { Gap } from '../core/gap.ts'
import type { Resource } from '../model/resource.ts'
import { snapshotSchema, tableOf } from '../model/snapshot.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { withAiUse } from './ai-signs.ts'
import { cdkOutputs, cdkTemplates } from './cdk.ts'
import { resolveStacks } from './cloudformation/stacks.ts'
import type { Template } from './cloudformation/stacks.ts'
import { parseTemplate } from './cloudformation/parse.ts'
import { isConfig } from './config/document.ts'
import type { ConfigDocument } from './config/document.ts'
import { filesUnder, readText } from './files.ts'
import { isRepositoryFile, repositoryFile } from './repository/repository.ts'
import { isPlan, planResources } from './terraform/plan.ts'
import type { Where as Placed } from './terraform/where.ts'

/** Where templates are taken to be deployed, and values for what they leave open. */
export interface TemplateOptions {
  readonly account?: string
  readonly region?: string
  /** Parameter and variable values by name; a file's are merged in by the caller. */
  readonly variables?: Readonly<Record<string, unknown>>
  /** File names in results are relative to this folder. */
  readonly from?: string
  /** ISO time of the snapshot: templates have none of their own. */
  readonly takenAt: string
  /** Texts that stand in for those on disk, by full path. */
  readonly texts?: ReadonlyMap<string, string>
}

/** Stands for the account where none is said: no real account has it. */
export const someAccount = '000000000000'

/** What was made of one file or folder. `plan` is the name of a plan. */
interface Part { readonly source: string, readonly resources: readonly Resource[], readonly gaps: readonly Gap[], readonly plan?: string }

/** Plans of several root modules use the same addresses: then each is told by its file. */
const tellApart = (parts: Part[]): void => {
  if (parts.filter(({ plan }) => plan !== undefined).length < 2) return
  for (const [index, part] of parts.entries()) {
    if (part.plan !== undefined) parts[index] = { ...part, resources: part.resources.map((resource) => ({ ...resource, id: `${part.plan}/${resource.id}` })) }
  }
}

/** Reads CloudFormation, CDK output, Terraform plans and states, and AWS Config items into one snapshot. */
export const readTemplates = async (paths: readonly string[], options: TemplateOptions): Promise<Snapshot> => {
  const where = {
    account: options.account ?? someAccount, region: options.region ?? 'us-east-1', variables: options.variables ?? {},
    named: { account: options.account !== undefined, region: options.region !== undefined },
  }
  const parts: Part[] = []
  const templates: Template[] = []
  const recorded: Recorded[] = []
  const refused: Gap[] = []
  const code: Resource[] = []
  const read = (file: string): string => options.texts?.get(resolve(file)) ?? readText(file)
  for (const path of paths) {
    const found = filesUnder(path)
    const assemblies = cdkOutputs(found)
    for (const assembly of assemblies) templates.push(...cdkTemplates(assembly).map((template) => named(template, options.from)))
    const single = assemblies.length === 0 ? found : found.filter((file) => !assemblies.some((assembly) => file.startsWith(join(assembly, '/'))))
    const terraform = single.filter((file) => /\.(tf|tofu)(\.json)?$/.test(file))
    if (terraform.length > 0) parts.push(await hclPart(terraform, where, rootOf(path), options.from, read))
    code.push(...repositoryFiles(single.filter(isRepositoryFile), where, options.from, read))
    for (const file of single.filter(isCandidate)) {
      const text = read(file)
      if (!looksLikeInput(text)) continue
      const name = nameOf(file, options.from)
      try {
        parts.push(...partsOf(name, file, text, where, { templates, recorded }))
      } catch (error) {
        // In a folder one broken file must not hide the others: it is a gap that names it.
        if (!(error instanceof BartizanError) || single.length === 1) throw error
        refused.push({ account: where.account, region: where.region, operation: `read ${name}`, reason: error.message })
      }
    }
  }
  if (recorded.length > 0) {
    const { configItems } = await import('./config/items.ts')
    for (const { name, document } of recorded) parts.push({ source: 'config', ...await configItems(name, document) })
  }
  tellApart(parts)
  if (templates.length > 0) parts.push({ source: 'cloudformation', ...resolveStacks(templates, where) })
  if (code.length > 0) parts.push({ source: 'cloudformation', resources: code, gaps: [] })
  const resources = parts.flatMap((part) => part.resources).map((resource) => ({ ...resource, properties: withAiUse(resource.type, resource.properties) }))
  if (parts.length === 0 && refused.length === 0) throw new BartizanError('BZ003', `Nothing to read in ${paths.join(', ')}: no CloudFormation template, CDK output, Terraform, AWS Config item, or code that uses AI`)
  const accounts = [...new Set(resources.map(({ account }) => account))].sort()
  return {
    header: {
      schema: snapshotSchema, takenAt: options.takenAt, tool: 'bartizan', source: parts[0]?.source ?? 'cloudformation', origin: paths.join(', '),
      accounts: accounts.map((id) => ({ id })), regions: [...new Set(resources.map(({ region }) => region))].sort(),
    },
    resources: tableOf(unique(resources)),
    gaps: [...parts.flatMap((part) => part.gaps), ...refused],
    done: [],
  }
}

const nameOf = (file: string, from: string | undefined): string => (from === undefined ? file : relative(from, resolve(file)) || file)

/** More files of code than this are a whole disk. */
const mostCode = 5_000

const repositoryFiles = (files: readonly string[], where: Where, from: string | undefined, read: (file: string) => string): Resource[] =>
  files.slice(0, mostCode).flatMap((file) => repositoryFile(nameOf(file, from), file, read(file), where) ?? [])

const isCandidate = (file: string): boolean => /\.(ya?ml|json(\.gz)?|template|tfstate)$/i.test(file)

/** A cheap look before parsing: most YAML and JSON of a repository is something else. */
const looksLikeInput = (text: string): boolean =>
  /["']?Resources["']?\s*:/.test(text) || text.includes('"resource_changes"') || text.includes('"planned_values"') || text.includes('"terraform_version"') || text.includes('"configurationItems"') || text.includes('resourceType')

interface Where extends Placed { readonly variables: Readonly<Record<string, unknown>> }

interface Recorded { readonly name: string, readonly document: ConfigDocument }

/** What is read as a whole once every file is known, and what is read only when it is met. */
interface Found { readonly templates: Template[], readonly recorded: Recorded[] }

const partsOf = (name: string, file: string, text: string, where: Where, { templates, recorded }: Found): Part[] => {
  if (/^\s*\{/.test(text) && !/"Resources"\s*:/.test(text)) {
    const document = parsedJson(text)
    if (isPlan(document)) return [{ source: 'terraform', ...planResources(name, document, where), ...document.resource_changes === undefined ? {} : { plan: name.replace(/(\.plan|\.tfplan)?\.json$/, '') } }]
    if (isConfig(document)) {
      recorded.push({ name, document })
      return []
    }
  }
  const parsed = parseTemplate(name, text)
  const { Resources: resources } = (parsed.value ?? {}) as { Resources?: unknown }
  if (typeof resources !== 'object' || resources === null || Array.isArray(resources)) return []
  const typed = Object.values(resources).some((resource) => /^\w+::/.test(String((resource as { Type?: unknown } | null)?.Type)) || String(resource).startsWith('Fn::')) || Object.keys(resources).some((key) => key.startsWith('Fn::ForEach'))
  if (typed) templates.push({ parsed, folder: dirname(resolve(file)), stack: name.replace(/\.(ya?ml|json|template)+$/i, '') })
  return []
}

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const named = (template: Template, from: string | undefined): Template =>
  (from === undefined ? template : {
    ...template, parsed: { ...template.parsed, file: relative(from, resolve(template.parsed.file)) || template.parsed.file },
    ...template.sources === undefined ? {} : { sources: new Map([...template.sources].map(([id, place]) => [id, { ...place, file: inside(from, place.file) }])) },
  })

/** A file below a folder by its place in it; one elsewhere by its own. */
const inside = (from: string, file: string): string => {
  const place = relative(from, file)
  return place === '' || place.startsWith('..') ? file : place
}

const hclPart = async (files: readonly string[], where: Where, root: string, from: string | undefined, read: (file: string) => string): Promise<Part> => {
  const { hclResources } = await import('./terraform/hcl.ts')
  return { source: 'terraform', ...await hclResources(files, { where, variables: where.variables, root, from, read }) }
}

/** The folder that what is scanned lies in. */
const rootOf = (path: string): string => (statSync(path).isDirectory() ? path : dirname(path))

/** Two files that define the same thing (a plan and its state) count once; the first stands. */
const unique = (resources: readonly Resource[]): Resource[] => [...new Map(resources.toReversed().map((resource) => [`${resource.type} ${resource.id}`, resource])).values()].toReversed()
