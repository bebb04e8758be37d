import { aiServices } from '../ai-use.ts'
import type { AiUse } from '../ai-use.ts'
import type { ArchiveFile } from '../../core/archive/archive.ts'

let known: ReadonlyMap<string, string> | undefined

/** Whose a package is, by its name on PyPI or npm as people normalise them. */
const owners = (): ReadonlyMap<string, string> =>
  (known ??= new Map([...aiServices().providers, ...aiServices().libraries].flatMap(({ name, packages = [] }) => packages.map((each) => [plain(each), name] as const))))

const plain = (name: string): string => name.toLowerCase().replaceAll(/[._]/g, '-')

/** A sign of AI in a package's name; nothing for any other package. */
export const aiInPackage = (name: string, place: string): AiUse[] => {
  const owner = owners().get(plain(name))
  return owner === undefined ? [] : [{ Provider: owner, Evidence: `package ${plain(name)} (${place})` }]
}

/** The package that a path shows to be installed: Python's `….dist-info`, or a package of npm. */
export const installedPackage = (path: string): string | undefined =>
  /(?:^|\/)([A-Za-z0-9._]+)-[^/-]+\.dist-info\/METADATA$/.exec(path)?.[1] ?? /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(path)?.[1]

/** Folders into which packages were unpacked beside the code, as their records of installed files say. */
export const installedFolders = (files: readonly ArchiveFile[]): ReadonlySet<string> =>
  new Set(files.filter(({ path }) => path.endsWith('.dist-info/RECORD')).flatMap(({ path, read }) => {
    const base = path.slice(0, path.lastIndexOf('/', path.lastIndexOf('/') - 1) + 1)
    const record = read(1 << 20)?.toString('utf8') ?? ''
    return [...record.matchAll(/^([A-Za-z0-9_.-]+\/)/gm)].map(([, folder]) => `${base}${folder!}`)
  }))

/** Packages that a list of dependencies or a source file names; the kind of file is told by its path. */
export const namedPackages = (path: string, text: string): string[] => {
  const file = path.slice(path.lastIndexOf('/') + 1)
  if (/^requirements.*\.txt$/.test(file)) return [...text.matchAll(/^\s*([A-Za-z0-9][A-Za-z0-9._-]*)/gm)].map(([, name]) => name!)
  if (file === 'package.json') return dependencies(text)
  if (/^(pyproject\.toml|Pipfile|environment\.ya?ml)$/.test(file)) return [...text.matchAll(/(?:^|["'\s-])([A-Za-z][A-Za-z0-9._-]{1,60})(?:\[[^\]]{0,60}\])?\s*(?:[=<>~!^"']|$)/gm)].map(([, name]) => name!)
  if (file.endsWith('.py') || file.endsWith('.ipynb')) return [...text.matchAll(/(?:^|["\n;])\s*(?:from|import)\s+([A-Za-z_][\w.]{0,100})/gm)].flatMap(([, name]) => prefixes(name!))
  if (/\.[cm]?[jt]sx?$/.test(file)) return [...text.matchAll(/(?:\brequire\(|\bfrom|\bimport\(|\bimport)\s*["']((?:@[\w.-]+\/)?[\w.-]+)/g)].map(([, name]) => name!)
  return []
}

/** `google.generativeai.types` may be `google`, `google.generativeai` or all of it. */
const prefixes = (module: string): string[] => module.split('.').map((_, at, parts) => parts.slice(0, at + 1).join('.'))

const dependencies = (text: string): string[] => {
  try {
    const document = JSON.parse(text) as Readonly<Record<string, unknown>> | null
    return ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'].flatMap((key) => {
      const named = document?.[key]
      return typeof named === 'object' && named !== null ? Object.keys(named) : []
    })
  } catch {
    return []
  }
}
