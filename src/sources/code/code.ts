import { aiInScript, aiInText, aiProperties } from '../ai-use.ts'
import type { AiUse } from '../ai-use.ts'
import { foundSecrets } from '../secrets.ts'
import type { FoundSecret } from '../secrets.ts'
import type { ArchiveFile } from '../../core/archive/archive.ts'
import { aiInPackage, installedFolders, installedPackage, namedPackages } from './packages.ts'

/** What a snapshot keeps of code: never the code itself. */
export interface CodeFacts { readonly Files: number, readonly Models: readonly string[], readonly Unread?: string }

/** Signs of AI, models and secrets in code, gathered file by file. */
export interface CodeReader {
  /** Takes in a file; of one that is installed only what its path tells. */
  add(file: ArchiveFile, isInstalled?: boolean): void
  /** Takes in a text that is no file: a variable, a line of an image's history. */
  addText(place: string, text: string): void
  addSigns(signs: readonly AiUse[]): void
  /** Says that a part was not read, and why. */
  unread(reason: string): void
  /** The properties that stand for the code. */
  properties(): Readonly<Record<string, unknown>>
}

/** The most of one file that is read, in bytes. */
export const mostOfFile = 1 << 20
const mostFiles = 200_000
const mostFindings = 200

/** Whether a file's text is looked at: what people wrote for this workload, not what they installed. */
export const isOwn = (path: string): boolean => !installed.test(path) && (written.test(path) || !path.includes('.') && path.split('/').length <= 2)

const installed = /(^|\/)(site-packages|dist-packages|node_modules|\.git|vendor|usr\/(?!src\/)[^/]+|etc|lib|proc|sys|boot|bin|sbin|opt\/conda)\/|\.dist-info\/|\.egg-info\//
const written = /(\.(py|ipynb|[cm]?[jt]sx?|json|ya?ml|toml|txt|sh|bash|env|cfg|conf|ini|properties|rb|go|java|kt|php)|(^|\/)(Dockerfile|Pipfile|Makefile|\.env(\.\w+)?))$/

/** Where a word for a server means that it is started or installed. */
const shell = /\.(sh|bash)$|(^|\/)Dockerfile$|^history/

const models = [
  /\b(?:(?:us|eu|apac|global|jp|au|ca)\.)?(?:amazon|anthropic|meta|mistral|cohere|ai21|deepseek|stability|openai|qwen|writer|luma|twelvelabs|nvidia|google|minimax|moonshot|zai)\.[a-z0-9][a-z0-9.-]{2,60}(?:-v\d+(?::\d+)?|:\d+)(?![\w.])/g,
  /["'](gpt-[345][a-z0-9.-]{0,30}|o[134](?:-[a-z]{2,10})?|claude-[a-z0-9][a-z0-9.-]{2,40}|gemini-\d[a-z0-9.-]{0,30}|text-embedding-[a-z0-9-]{3,30})["']/g,
]

/** Reads an archive whose files can be had in any order: packages that lie beside the code are known by their records. */
export const readFiles = (reader: CodeReader, files: readonly ArchiveFile[]): void => {
  const folders = installedFolders(files)
  for (const file of files) reader.add(file, folders.has(file.path.slice(0, file.path.indexOf('/') + 1)))
}

/** Starts on a piece of code. */
export const makeCodeReader = (): CodeReader => {
  const signs: AiUse[] = []
  const secrets: FoundSecret[] = []
  const named = new Set<string>()
  const reasons = new Set<string>()
  let files = 0

  const addSigns = (found: readonly AiUse[]) => signs.push(...found.slice(0, mostFindings - signs.length))

  const addText = (place: string, text: string) => {
    addSigns(shell.test(place) ? aiInScript(text, place) : aiInText(text, place))
    for (const form of models) for (const match of text.matchAll(form)) if (named.size < mostFindings) named.add(match[1] ?? match[0])
    secrets.push(...foundSecrets(text, place).slice(0, mostFindings - secrets.length))
  }

  return {
    addSigns,
    addText,
    unread: (reason) => reasons.add(reason),
    add(file, isInstalled = false) {
      if (++files > mostFiles) return
      const whose = installedPackage(file.path)
      if (whose !== undefined) addSigns(aiInPackage(whose, 'installed'))
      if (isInstalled || !isOwn(file.path) || file.bytes > mostOfFile) return
      const text = file.read(mostOfFile)?.toString('utf8')
      if (text === undefined) return reasons.add(`${file.path} cannot be unpacked`)
      addSigns(namedPackages(file.path, text).flatMap((name) => aiInPackage(name, file.path)))
      addText(file.path, text)
    },
    properties: () => ({
      BartizanCode: { Files: files, Models: [...named].sort(), ...(reasons.size === 0 ? {} : { Unread: [...reasons].slice(0, 5).join('; ') }) } satisfies CodeFacts,
      ...aiProperties(signs),
      ...(secrets.length === 0 ? {} : { BartizanSecrets: secrets.map(({ kind, place, hash }) => ({ Kind: kind, Place: place, Hash: hash })) }),
    }),
  }
}
