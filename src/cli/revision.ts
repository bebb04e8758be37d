import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { BartizanError } from '../core/errors.ts'

/** Larger files are no templates. */
const largest = 16 * 1024 * 1024
const most = 20_000

/** Paths as they were at a revision, in a folder of their own that goes away after use. */
export interface Revision {
  readonly paths: readonly string[]
  /** What stands for the folder that the command runs in. */
  readonly from: string
  dispose(): void
}

/** Takes the files under some paths out of a git revision. Runs none of the repository's hooks and touches nothing of it. */
export const openRevision = (cwd: string, ref: string, paths: readonly string[]): Revision => {
  const git = (args: readonly string[], input?: string): Buffer => {
    try {
      return execFileSync('git', ['-C', cwd, '-c', 'core.fsmonitor=false', ...args], { maxBuffer: 1 << 30, stdio: ['pipe', 'pipe', 'pipe'], ...input === undefined ? {} : { input } })
    } catch (error) {
      const said = String((error as { stderr?: unknown }).stderr ?? (error as Error).message).trim().split('\n')[0] || 'there is no such revision'
      throw new BartizanError('BZ012', `Cannot read revision "${ref}" with git: ${said}`, { cause: error })
    }
  }
  const root = realpathSync(git(['rev-parse', '--show-toplevel']).toString().trim())
  const commit = git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]).toString().trim()
  const inside = paths.map((path) => {
    const place = relative(root, real(resolve(cwd, path)))
    if (place.startsWith('..')) throw new BartizanError('BZ001', `${path} is not in the repository ${root}: --changed-since compares what git keeps`)
    return place
  })
  const renamed = renamesIn(git(['diff', '--no-ext-diff', '--no-textconv', '-z', '--name-status', '--diff-filter=R', '--find-renames', commit]))
  const listed = git(['ls-tree', '-r', '-z', '-l', '--full-tree', commit, '--', ...inside.map((place) => place || '.'), ...movedInto(inside, renamed)]).toString().split('\0').flatMap(entryOf).slice(0, most)
  const folder = mkdtempSync(join(tmpdir(), 'bartizan-'))
  // a file that only moved is at its new place on both sides: what it defines is the same thing
  writeBlobs(folder, listed.map(({ id, path }) => ({ id, path: renamed.get(path) ?? path })), git(['cat-file', '--batch'], listed.map(({ id }) => `${id}\n`).join('')))
  const from = join(folder, relative(root, real(cwd)))
  for (const place of [...inside, relative(root, real(cwd))]) if (!/\.[a-z]+$/i.test(place)) mkdirSync(join(folder, place), { recursive: true })
  return { paths: inside.map((place) => join(folder, place)), from, dispose: () => rmSync(folder, { recursive: true, force: true }) }
}

/** A path that is gone since is still a place in the repository. */
const real = (path: string): string => {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

/** Where files went since, by where they were: `R100`, the old path and the new one, each ended by a NUL. */
const renamesIn = (bytes: Buffer): ReadonlyMap<string, string> => {
  const words = bytes.toString().split('\0')
  return new Map(Array.from({ length: Math.floor(words.length / 3) }, (_, at) => [words[at * 3 + 1]!, words[at * 3 + 2]!]))
}

/** Where files were that are under these places now. */
const movedInto = (places: readonly string[], renamed: ReadonlyMap<string, string>): string[] =>
  [...renamed].filter(([, now]) => places.some((place) => place === '' || now === place || now.startsWith(`${place}/`))).map(([before]) => before)

interface Entry { readonly id: string, readonly path: string }

/** Plain files alone: a link could lead anywhere. */
const entryOf = (line: string): Entry[] => {
  const [, id = '', size = '', path = ''] = /^100\d{3} blob ([0-9a-f]+)\s+(\d+)\t([\s\S]+)$/.exec(line) ?? []
  return id === '' || Number(size) > largest || path.split('/').includes('..') ? [] : [{ id, path }]
}

/** `cat-file --batch` gives, for each id, a line with its size, then the bytes and a line break. */
const writeBlobs = (folder: string, entries: readonly Entry[], bytes: Buffer): void => {
  let at = 0
  for (const { path } of entries) {
    const end = bytes.indexOf(0x0a, at)
    const size = Number(bytes.subarray(at, end).toString().split(' ')[2])
    const file = join(folder, path)
    if (!file.startsWith(folder + sep)) continue
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, bytes.subarray(end + 1, end + 1 + size))
    at = end + 1 + size + 1
  }
}
