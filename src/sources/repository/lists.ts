import { parseTemplate } from '../cloudformation/parse.ts'
import type { Dependency, Fact, FileFacts } from './facts.ts'
import { noFacts } from './facts.ts'

/** Packages of a list of requirements, with whether each is one version alone. */
export const requirementFacts = (text: string): FileFacts => ({
  ...noFacts,
  packages: text.split('\n').flatMap((line, index): Fact<Dependency>[] => {
    const [, name] = /^\s*(?:-\s+)?([A-Za-z0-9][A-Za-z0-9._-]{0,100})(?:\[[^\]]{0,200}\])?\s*(?:[=<>~!;@]|$)/.exec(line) ?? []
    return name === undefined ? [] : [{ line: index + 1, value: { Name: name, Pinned: /===?\s*[\w.]+|@\s*\S+@[0-9a-f]{7,40}|--hash=/.test(line) } }]
  }),
})

/** Images that a Dockerfile starts from, and models that it fetches. */
export const dockerFacts = (text: string): FileFacts => {
  const given = new Map<string, string>()
  const stages = new Set<string>()
  const images: Fact<Dependency>[] = []
  const remoteCode: Fact<string>[] = []
  for (const [index, line] of text.split('\n').entries()) {
    const [, argument, value] = /^\s*ARG\s+([A-Za-z_]\w*)=["']?([^"'\s]+)/i.exec(line) ?? []
    if (argument !== undefined) given.set(argument, value!)
    const [, image, stage] = /^\s*FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(line) ?? []
    if (image !== undefined && !stages.has(image.toLowerCase()) && image !== 'scratch') images.push({ line: index + 1, value: pinned(image.replaceAll(/\$\{?(\w+)(?::-([^}]*))?\}?/g, (all, name: string, fallback?: string) => given.get(name) ?? fallback ?? all)) })
    if (stage !== undefined) stages.add(stage.toLowerCase())
    if (/--trust-remote-code\b/.test(line) && !/^\s*#/.test(line)) remoteCode.push({ line: index + 1, value: '--trust-remote-code' })
  }
  return { ...noFacts, images, remoteCode }
}

/** A digest cannot move, and what an argument fills is not known; a tag can move. */
const pinned = (image: string): Dependency => ({ Name: image.slice(0, 200), Pinned: image.includes('@sha256:') || image.includes('$') })

/** What MLflow's description of a model says: how it is loaded, and what it was made of. */
export const mlflowFacts = (file: string, text: string): FileFacts => {
  const { value, lines } = parseTemplate(file, text)
  const { flavors = {}, docker_env: docker } = (value ?? {}) as { flavors?: Readonly<Record<string, Readonly<Record<string, unknown>> | null>>, docker_env?: { image?: unknown } }
  const at = (pointer: string): number => lines.get(pointer) ?? 1
  const entries = Object.entries(flavors ?? {})
  return {
    ...noFacts,
    unsafeLoads: entries.flatMap(([flavor, settings]) => {
      const key = ['serialization_format', 'pickled_model', 'pickle_module_name', 'python_model'].find((name) => /pickle|\.pkl$/.test(String(settings?.[name] ?? '')))
      return key === undefined ? [] : [{ line: at(`flavors/${flavor}/${key}`), value: `mlflow.${flavor}` }]
    }),
    models: entries.flatMap(([flavor, settings]) => {
      const id = settings?.['source_model_name']
      return typeof id === 'string' && id.includes('/') ? [{ line: at(`flavors/${flavor}/source_model_name`), value: { Id: id, Pinned: settings?.['source_model_revision'] !== undefined } }] : []
    }),
    images: typeof docker?.image === 'string' ? [{ line: at('docker_env/image'), value: pinned(docker.image) }] : [],
  }
}
