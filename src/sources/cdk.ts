import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { BartizanError } from '../core/errors.ts'
import { parseTemplate } from './cloudformation/parse.ts'
import type { Template } from './cloudformation/stacks.ts'
import { readText } from './files.ts'

interface Manifest {
  readonly artifacts?: Readonly<Record<string, {
    readonly type?: string
    readonly environment?: string
    readonly displayName?: string
    readonly properties?: { readonly templateFile?: string, readonly directoryName?: string, readonly stackName?: string }
  }>>
}

/** Whether a folder is what `cdk synth` writes: a cloud assembly. */
export const isCdkOutput = (path: string): boolean => existsSync(path) && statSync(path).isDirectory() && existsSync(join(path, 'manifest.json')) && readText(join(path, 'manifest.json')).includes('"artifacts"')

/** The stack templates of a cloud assembly, its stages' too, each with the account and region that it is meant for. */
export const cdkTemplates = (folder: string, depth = 0): Template[] => {
  if (depth > 5) throw new BartizanError('BZ009', `${folder} nests stages deeper than five levels`)
  const file = join(folder, 'manifest.json')
  let manifest: Manifest
  try {
    manifest = JSON.parse(readText(file)) as Manifest
  } catch (error) {
    throw new BartizanError('BZ009', `${file} is not JSON: ${(error as Error).message}`, { cause: error })
  }
  return Object.entries(manifest.artifacts ?? {}).flatMap(([name, { type, environment = '', properties = {}, displayName }]): Template[] => {
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
    }]
  })
}
