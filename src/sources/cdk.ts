import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { BartizanError } from '../core/errors.ts'
import type { Location } from '../model/resource.ts'
import { parseTemplate } from './cloudformation/parse.ts'
import type { Template } from './cloudformation/stacks.ts'
import { readText } from './files.ts'

interface Entry { readonly type?: string, readonly data?: unknown, readonly trace?: unknown }

type Metadata = Readonly<Record<string, readonly Entry[]>>

interface Artifact {
  readonly type?: string
  readonly environment?: string
  readonly displayName?: string
  readonly properties?: { readonly templateFile?: string, readonly directoryName?: string, readonly stackName?: string }
  readonly metadata?: Metadata
  readonly additionalMetadataFile?: string
}

interface Manifest { readonly artifacts?: Readonly<Record<string, Artifact>> }

/** Whether a folder is what `cdk synth` writes: a cloud assembly. */
export const isCdkOutput = (path: string): boolean => existsSync(path) && statSync(path).isDirectory() && existsSync(join(path, 'manifest.json')) && readText(join(path, 'manifest.json')).includes('"artifacts"')

/** The cloud assemblies among files, those inside of others left out. */
export const cdkOutputs = (files: readonly string[]): string[] => {
  const folders = files.filter((file) => /(^|[/\\])manifest\.json$/.test(file)).map((file) => dirname(file)).filter(isCdkOutput)
  return folders.filter((folder) => !folders.some((other) => other !== folder && folder.startsWith(join(other, '/'))))
}

/** The stack templates of a cloud assembly, its stages' too, each with the account and region that it is meant for. */
export const cdkTemplates = (folder: string, depth = 0): Template[] => {
  if (depth > 5) throw new BartizanError('BZ009', `${folder} nests stages deeper than five levels`)
  const manifest = json<Manifest>(join(folder, 'manifest.json'))
  return Object.entries(manifest.artifacts ?? {}).flatMap(([name, artifact]): Template[] => {
    const { type, environment = '', properties = {}, displayName } = artifact
    if (type === 'cdk:cloud-assembly' && properties.directoryName !== undefined) return cdkTemplates(join(folder, properties.directoryName), depth + 1)
    if (type !== 'aws:cloudformation:stack' || properties.templateFile === undefined) return []
    const path = join(folder, properties.templateFile)
    const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(environment) ?? []
    return [{
      parsed: parseTemplate(path, readText(path)),
      folder,
      stack: properties.stackName ?? displayName ?? name,
      ...account === undefined || account.startsWith('unknown') ? {} : { account },
      ...region === undefined || region.startsWith('unknown') ? {} : { region },
      assets: assetsOf(folder),
      sources: sourcesOf(artifact, folder),
    }]
  })
}

const json = <T>(file: string): T => {
  try {
    return JSON.parse(readText(file)) as T
  } catch (error) {
    throw new BartizanError('BZ009', `${file} is not JSON: ${(error as Error).message}`, { cause: error })
  }
}

/** Files of nested stacks by the hash that their address in S3 ends in. */
const assetsOf = (folder: string): ReadonlyMap<string, string> =>
  new Map(readdirSync(folder).filter((name) => name.endsWith('.assets.json')).flatMap((name) =>
    Object.entries(json<{ files?: Readonly<Record<string, { source?: { path?: string } }>> }>(join(folder, name)).files ?? {})
      .flatMap(([hash, { source }]) => (source?.path?.endsWith('.json') === true ? [[hash, source.path] as const] : []))))

/** The lines of the program that made resources, by construct path and by logical id, where the CDK was asked to keep them (`cdk synth --debug`). */
const sourcesOf = ({ metadata = {}, additionalMetadataFile: more }: Artifact, folder: string): ReadonlyMap<string, Location> => {
  const all: Metadata = more === undefined || !existsSync(join(folder, more)) ? metadata : { ...metadata, ...json<Metadata>(join(folder, more)) }
  return new Map(Object.entries(all).flatMap(([construct, entries]) => (Array.isArray(entries) ? entries as readonly Entry[] : []).flatMap(({ type, data, trace }) => {
    const location = type === 'aws:cdk:logicalId' || type === 'aws:cdk:creationStack' ? placeIn(trace ?? data) : undefined
    if (location === undefined) return []
    return [[construct.replace(/^\//, ''), location] as const, ...typeof data === 'string' ? [[data, location] as const] : []]
  })))
}

/** The first frame of a stack trace that is the program's own. */
const placeIn = (trace: unknown): Location | undefined => {
  const frames = (Array.isArray(trace) ? trace as unknown[] : typeof trace === 'string' ? trace.split('\n') : []).map(String)
  for (const frame of frames) {
    const [, file, line, column] = /(?:^|\(|\s)((?:[A-Za-z]:)?[^\s():]+\.[A-Za-z]+):(\d+)(?::(\d+))?\)?\s*$/.exec(frame) ?? []
    if (file === undefined || /node_modules|node:internal|jsii|aws_cdk/.test(file)) continue
    return { file, line: Number(line), ...column === undefined ? {} : { column: Number(column) } }
  }
  return undefined
}
