import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Snapshot } from '../model/snapshot.ts'
import { isTemplate, openPath } from './source.ts'

/**
 * Opens both sides of a difference. Templates go by their names in their own folders, so that what stands at the same place in two folders is
 * the same; two single files are two versions of one.
 */
export const openSides = async (before: string, after: string): Promise<readonly [Snapshot, Snapshot]> => {
  if (isTemplate(before) && isTemplate(after) && isFile(before) && isFile(after)) return [await versionOf(after, before), await versionOf(after, after)]
  return [await openSide(before), await openSide(after)]
}

const isFile = (path: string): boolean => statSync(path).isFile()

const openSide = async (path: string): Promise<Snapshot> => {
  if (!isTemplate(path)) return openPath(path)
  const { readTemplates } = await import('../sources/templates.ts')
  return readTemplates([path], { takenAt: new Date().toISOString(), from: isFile(path) ? dirname(path) : path })
}

/** What another file says, under the name of this one. */
const versionOf = async (name: string, file: string): Promise<Snapshot> => {
  const { readTemplates } = await import('../sources/templates.ts')
  const { readText } = await import('../sources/files.ts')
  return readTemplates([name], { takenAt: new Date().toISOString(), from: dirname(name), texts: new Map([[resolve(name), readText(file)]]) })
}
