import { existsSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Resource } from '../../model/resource.ts'
import { aiInImage, aiInScript, aiInText, aiProperties } from '../ai-use.ts'
import type { AiUse } from '../ai-use.ts'
import { ignoreComments, ignoreMetadata } from '../ignores.ts'
import { aiInPackage, namedPackages } from '../code/packages.ts'
import type { Fact, FileFacts } from './facts.ts'
import { noFacts } from './facts.ts'
import { keysIn } from './keys.ts'
import { dockerFacts, mlflowFacts, requirementFacts } from './lists.ts'
import { notebookOf } from './notebook.ts'
import { pythonFacts } from './python.ts'

interface Where { readonly account: string, readonly region: string }

const type = 'Bartizan::Repository::File'

/** Notebooks hold pictures too; what code people write is far smaller. */
const largest = 8 * 1024 * 1024
const largestCode = 1024 * 1024
const mostFacts = 100

const kinds: readonly (readonly [kind: string, name: RegExp])[] = [
  ['notebook', /\.ipynb$/], ['python', /\.py$/], ['requirements', /(^|[-_.])requirements[-_.\w]*\.txt$|^environment\.ya?ml$|^conda\.ya?ml$/i], ['docker', /^(.*\.)?Dockerfile(\..*)?$|^Containerfile$/i],
  ['packages', /^(package\.json|pyproject\.toml|Pipfile)$/], ['mlflow', /^(MLmodel|MLproject)$/], ['pipeline', /\.json$/],
]

const kindOf = (file: string): string | undefined => kinds.find(([, form]) => form.test(basename(file)))?.[0]

/** Whether a file may tell of AI: notebooks, code, lists of packages, Dockerfiles, definitions of pipelines and models. */
export const isRepositoryFile = (file: string): boolean => kindOf(file) !== undefined && isSmall(file)

const isSmall = (file: string): boolean => {
  const { size } = statSync(file, { throwIfNoEntry: false }) ?? { size: Infinity }
  return size <= (file.endsWith('.ipynb') ? largest : largestCode)
}

/** The resource that stands for a file; undefined where it tells nothing of AI. Nothing of it is run, and its text is not kept. */
export const repositoryFile = (name: string, file: string, text: string, where: Where): Resource | undefined => {
  const kind = kindOf(file)
  if (kind === 'pipeline') return pipelineIn(name, text, where)
  const { facts, signs, keys, code = text } = readers[kind ?? '']?.(name, file, text) ?? nothing
  const tells = signs.length > 0 || facts.models.length > 0 || facts.remoteCode.length > 0 || facts.unsafeLoads.length > 0 || kind === 'notebook' && keys.length > 0
  if (!tells) return undefined
  const packages = facts.packages.filter(({ value }) => aiInPackage(value.Name, name).length > 0)
  const images = facts.images.filter(({ value }) => aiInImage(value.Name).length > 0)
  const listed = [
    ['Models', facts.models], ['Packages', packages], ['Images', images], ['RemoteCode', facts.remoteCode.map(asCall)], ['UnsafeLoads', facts.unsafeLoads.map(asCall)],
    ['BartizanSecrets', keys.map(({ line, value: { kind: Kind, place: Place, hash: Hash } }) => ({ line, value: { Kind, Place, Hash } }))],
  ] as const
  const ignores = [...ignoreComments(code).values()].flat()
  return {
    type, id: name, name: basename(name), account: where.account, region: where.region, tags: {},
    properties: {
      Path: name, Kind: kind,
      ...Object.fromEntries(listed.filter(([, found]) => found.length > 0).map(([property, found]) => [property, found.slice(0, mostFacts).map(({ value }) => value)])),
      ...aiProperties(signs.slice(0, mostFacts)),
    },
    location: { file: name, line: 1 },
    lines: Object.fromEntries(listed.flatMap(([property, found]) => found.slice(0, mostFacts).map(({ line }, index) => [`${property}/${index}`, line] as const))),
    ...ignores.length === 0 ? {} : { ignores },
  }
}

const asCall = ({ line, value }: Fact<string>): Fact<{ readonly Call: string }> => ({ line, value: { Call: value } })

/** What a file tells; `code` is what of it people wrote as code, where that is not the file. */
interface Told { readonly facts: FileFacts, readonly signs: readonly AiUse[], readonly keys: ReturnType<typeof keysIn>, readonly code?: string }

const nothing: Told = { facts: noFacts, signs: [], keys: [] }

type Read = (name: string, file: string, text: string) => Told

const packageSigns = (name: string, text: string): AiUse[] => namedPackages(name, text).flatMap((each) => aiInPackage(each, name))

const python: Read = (name, file, text) => {
  const facts = pythonFacts(text, (path) => existsSync(join(dirname(file), path.split('/')[0]!)))
  return { facts, signs: [...packageSigns(name.replace(/\.ipynb$/, '.py'), text), ...aiInText(text, name), ...facts.models.map(({ value: { Id } }) => ({ Provider: hostOf(Id), Evidence: `model ${Id}` }))], keys: keysIn(text) }
}

/** Who serves a model, by how it is called. */
const hostOf = (id: string): string => {
  if (id.includes('/')) return 'Hugging Face'
  if (/^(gpt|text-embedding)-/.test(id)) return 'OpenAI'
  return id.startsWith('claude-') ? 'Anthropic' : id.startsWith('gemini-') ? 'Google' : 'Amazon Bedrock'
}

const readers: Readonly<Record<string, Read>> = {
  python,
  notebook: (name, file, text) => {
    const notebook = notebookOf(text)
    if (notebook === undefined) return nothing
    const told = python(name, file, notebook.code)
    return { ...told, code: notebook.code, keys: [...told.keys, ...keysIn(notebook.printed)] }
  },
  requirements: (name, _file, text) => ({ facts: requirementFacts(text), signs: requirementFacts(text).packages.flatMap(({ value }) => aiInPackage(value.Name, name)), keys: keysIn(text) }),
  packages: (name, _file, text) => ({ facts: noFacts, signs: packageSigns(name, text), keys: [] }),
  docker: (name, _file, text) => {
    const facts = dockerFacts(text)
    return { facts, signs: [...facts.images.flatMap(({ value }) => aiInImage(value.Name)), ...aiInScript(text, name)], keys: keysIn(text) }
  },
  mlflow: (name, file, text) => ({ facts: mlflowFacts(file, text), signs: [{ Provider: 'MLflow', Evidence: name }], keys: [] }),
}

/** The definition of a SageMaker pipeline, as its SDK writes it: what will be deployed is a pipeline. */
const pipelineIn = (name: string, text: string, where: Where): Resource | undefined => {
  if (!text.includes('"2020-12-01"') || !text.includes('"Steps"')) return undefined
  const { Version: version, Steps: steps, Metadata: metadata } = (parsedJson(text) ?? {}) as { Version?: unknown, Steps?: unknown, Metadata?: unknown }
  if (version !== '2020-12-01' || !Array.isArray(steps)) return undefined
  const ignores = ignoreMetadata(metadata)
  return {
    type: 'AWS::SageMaker::Pipeline', id: name, name: basename(name, '.json'), account: where.account, region: where.region, tags: {}, location: { file: name, line: 1 }, partial: 'the definition alone does not say it',
    properties: { PipelineName: basename(name, '.json'), PipelineDefinition: { PipelineDefinitionBody: text } },
    ...ignores.length === 0 ? {} : { ignores },
  }
}

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
