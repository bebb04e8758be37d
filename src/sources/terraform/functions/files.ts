import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import { unknown } from '../../../core/unknown.ts'
import type { Scope } from '../expression/scope.ts'
import { record, text } from './value.ts'
import type { Functions } from './value.ts'

const withFile = ({ files }: Scope, path: unknown, use: (content: string) => unknown): unknown => {
  const content = files.read(text(path))
  return content === undefined ? unknown(`the file ${text(path).slice(0, 100)} is not here`) : use(content)
}

const hashOf = (kind: string, form: 'hex' | 'base64') => ([path]: readonly unknown[], scope: Scope) => withFile(scope, path, (content) => createHash(kind).update(content).digest(form))

/** Functions that read files of the folder that is scanned, or take paths apart. */
export const fileFunctions: Functions = {
  file: ([path], scope) => withFile(scope, path, (content) => content),
  filebase64: ([path], scope) => withFile(scope, path, (content) => Buffer.from(content).toString('base64')),
  fileexists: ([path], scope) => scope.files.read(text(path)) !== undefined,
  fileset: ([folder, pattern], scope) => scope.files.list(text(folder)).filter((name) => posix.matchesGlob(name, text(pattern))),
  templatefile: ([path, names], scope) => withFile(scope, path, (content) => scope.render(content, record(names))),
  templatestring: ([template, names], scope) => scope.render(text(template), record(names)),
  filemd5: hashOf('md5', 'hex'),
  filesha1: hashOf('sha1', 'hex'),
  filesha256: hashOf('sha256', 'hex'),
  filebase64sha256: hashOf('sha256', 'base64'),
  basename: ([path]) => posix.basename(text(path)),
  dirname: ([path]) => posix.dirname(text(path)),
  abspath: ([path]) => text(path),
  pathexpand: ([path]) => text(path),
}
