import { aiInVariables } from '../../ai-use.ts'
import { makeCodeReader, mostOfFile } from '../../code/code.ts'
import type { CodeReader } from '../../code/code.ts'
import type { Item } from '../collector.ts'
import type { Run } from '../run.ts'
import { fetchWhole, open } from './download.ts'
import { room } from './room.ts'
import { readTar } from './unpack.ts'

/** The most bytes of one image's layers that are read. */
const mostLayers = 1 << 30

interface Manifest { readonly manifests?: readonly Platform[], readonly config?: Blob, readonly layers?: readonly Blob[] }
interface Platform { readonly digest?: string, readonly platform?: { readonly os?: string, readonly architecture?: string } }
interface Blob { readonly digest?: string, readonly size?: number, readonly mediaType?: string }
interface Config { readonly config?: { readonly Env?: readonly string[], readonly Entrypoint?: readonly string[] | null, readonly Cmd?: readonly string[] | null }, readonly history?: readonly { readonly created_by?: string }[] }

const mediaTypes = [
  'application/vnd.oci.image.index.v1+json', 'application/vnd.docker.distribution.manifest.list.v2+json', 'application/vnd.oci.image.manifest.v1+json', 'application/vnd.docker.distribution.manifest.v2+json',
]

/** What the newest image of a repository tells: its variables, its history, and the files of its layers. */
export const readImageCode = async (run: Run, { repositoryName }: Item): Promise<Item> => {
  const reader = makeCodeReader()
  const newest = await newestImage(run, repositoryName)
  if (newest === undefined) return {}
  const manifest = await manifestOf(run, reader, repositoryName, newest)
  if (manifest?.config?.digest !== undefined) await readConfig(run, reader, repositoryName, manifest.config.digest)
  let bytes = 0
  for (const layer of manifest?.layers ?? []) {
    bytes += layer.size ?? 0
    if (bytes > mostLayers) {
      reader.unread(`layers beyond ${mostLayers >> 20} MiB were left out`)
      break
    }
    await room.run(() => readLayer(run, reader, repositoryName, layer))
  }
  return reader.properties()
}

const newestImage = async (run: Run, repositoryName: unknown): Promise<unknown> => {
  let newest: Item | undefined
  for await (const page of run.pages('DescribeImages', { repositoryName, maxResults: 1000 })) {
    if ('failure' in page) break
    for (const image of (page.answer['imageDetails'] ?? []) as Item[]) {
      if (newest === undefined || Number(image['imagePushedAt']) > Number(newest['imagePushedAt'])) newest = image
    }
  }
  return newest?.['imageDigest']
}

/** The manifest of an image; of one for several platforms, that of Linux on x86. */
const manifestOf = async (run: Run, reader: CodeReader, repositoryName: unknown, imageDigest: unknown, isInner = false): Promise<Manifest | undefined> => {
  const outcome = await run.call('BatchGetImage', { repositoryName, imageIds: [{ imageDigest }], acceptedMediaTypes: mediaTypes })
  if ('failure' in outcome) {
    reader.unread(`BatchGetImage: ${outcome.failure.reason}`)
    return undefined
  }
  const manifest = parsed(((outcome.answer['images'] ?? []) as Item[])[0]?.['imageManifest']) as Manifest
  const platforms = manifest.manifests ?? []
  const chosen = platforms.find(({ platform }) => platform?.os === 'linux' && platform.architecture === 'amd64') ?? platforms[0]
  return chosen?.digest === undefined || isInner ? manifest : manifestOf(run, reader, repositoryName, chosen.digest, true)
}

const parsed = (text: unknown): object => {
  try {
    const value: unknown = JSON.parse(String(text))
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

const addressOf = async (run: Run, repositoryName: unknown, layerDigest: string): Promise<unknown> => {
  const outcome = await run.call('GetDownloadUrlForLayer', { repositoryName, layerDigest })
  return 'answer' in outcome ? outcome.answer['downloadUrl'] : undefined
}

const readConfig = async (run: Run, reader: CodeReader, repositoryName: unknown, digest: string): Promise<void> => {
  const bytes = await fetchWhole(await addressOf(run, repositoryName, digest), run.signal, mostOfFile)
  if ('reason' in bytes) return reader.unread(`image configuration: ${bytes.reason}`)
  const { config = {}, history = [] } = parsed(bytes.toString('utf8')) as Config
  const variables = Object.fromEntries((config.Env ?? []).map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]))
  reader.addSigns(aiInVariables(variables))
  for (const [name, value] of Object.entries(variables)) reader.addText(`image variable ${name}`, `${name}=${value}\n`)
  reader.addText('history: start', [...(config.Entrypoint ?? []), ...(config.Cmd ?? [])].join(' '))
  for (const [at, { created_by: line = '' }] of history.entries()) reader.addText(`history: step ${at + 1}`, `${line}\n`)
}

const readLayer = async (run: Run, reader: CodeReader, repositoryName: unknown, { digest = '', mediaType = '' }: Blob): Promise<void> => {
  const opened = await open(await addressOf(run, repositoryName, digest), run.signal)
  if ('reason' in opened) return reader.unread(`layer ${digest.slice(0, 19)}: ${opened.reason}`)
  await readTar(reader, `layer ${digest.slice(0, 19)}`, opened.stream, mediaType.endsWith('zstd') ? 'zstd' : mediaType.endsWith('tar') ? 'none' : 'gzip')
}
