import { readFileSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { Analysis } from '../analysis/analysis.ts'
import { fixTemplates } from '../analysis/fixes.ts'
import { BartizanError } from '../core/errors.ts'
import { count } from '../core/text.ts'
import { readText } from '../sources/files.ts'
import { print, say } from './context.ts'
import type { Context } from './context.ts'
import { openTemplates } from './source.ts'
import type { TemplateFlags } from './source.ts'
import { unifiedDiff } from './unified-diff.ts'

export interface FixFlags extends TemplateFlags {
  readonly fix?: boolean
  readonly dryRun?: boolean
  readonly quiet?: boolean
}

/** Writes the fixes that hold into the templates, or prints them as a diff; gives how many findings they take away. */
export const fixPaths = async (context: Context, paths: readonly string[], analysis: Analysis, flags: FixFlags): Promise<number> => {
  const { fixes, texts } = await fixTemplates(analysis, readText, (changed) => openTemplates(paths, flags, changed))
  for (const [path, text] of [...texts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const name = relative(context.cwd, path)
    if (flags.dryRun === true) await print(context, unifiedDiff(name, readText(path), text))
    else write(path, text)
  }
  if (flags.quiet !== true) {
    for (const { finding, file } of fixes) say(context, `${flags.dryRun === true ? 'Would fix' : 'Fixed'} ${finding.check} on ${finding.resource} in ${file}`)
    say(context, `${count(fixes.length, 'finding')} of ${analysis.findings.length} ${flags.dryRun === true ? 'can be' : 'were'} fixed in the templates`)
  }
  return fixes.length
}

const write = (path: string, text: string): void => {
  try {
    const mark = readFileSync(path, 'utf8').startsWith('\uFEFF') ? '\uFEFF' : ''
    writeFileSync(path, mark + text)
  } catch (error) {
    throw new BartizanError('BZ007', `Cannot write ${path}: ${(error as Error).message}`, { cause: error })
  }
}
