import { buildApplication, buildRouteMap, run } from '@stricli/core'
import type { ApplicationText } from '@stricli/core'
import { text_en as english } from '@stricli/core'
import { readFileSync } from 'node:fs'
import { BartizanError, errorCodes } from '../core/errors.ts'
import { printable } from '../core/text.ts'
import { exits } from './context.ts'
import type { Context } from './context.ts'
import { routes } from './routes.ts'

/** What people read when a command ends in an error: an expected one tells what to do next, any other shows where it came from. */
const explain = (error: unknown): string => {
  if (error instanceof BartizanError) return `bartizan: ${printable(error.message)} [${error.code}]\n  ${errorCodes[error.code].remedy}`
  return `bartizan: unexpected ${error instanceof Error ? error.stack ?? error.message : String(error)}\n  This is a fault in bartizan; please report it with the lines above.`
}

const text: ApplicationText = {
  ...english,
  exceptionWhileRunningCommand: explain,
  exceptionWhileParsingArguments: (error, ansi) => (error instanceof BartizanError ? explain(error) : english.exceptionWhileParsingArguments(error, ansi)),
  commandErrorResult: explain,
}

const version = (): string => (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version

/** Runs the command line: the only place that sets the process's exit code from a failure. */
export const main = async (args: readonly string[]): Promise<void> => {
  const interrupt = new AbortController()
  process.once('SIGINT', () => {
    interrupt.abort()
    process.exitCode = exits.interrupted
    process.once('SIGINT', () => process.exit(exits.interrupted))
  })
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0)
  })
  const context: Context = { process, cwd: process.cwd(), env: process.env, signal: interrupt.signal }
  const application = buildApplication(buildRouteMap({ routes, docs: { brief: 'The open AI security posture manager for AWS' } }), {
    name: 'bartizan',
    versionInfo: { currentVersion: version() },
    scanner: { caseStyle: 'allow-kebab-for-camel', allowArgumentEscapeSequence: true },
    documentation: { caseStyle: 'convert-camel-to-kebab', useAliasInUsageLine: false, onlyRequiredInUsageLine: true },
    localization: { text },
    determineExitCode: () => exits.error,
  })
  await run(application, args, context)
  // The library has codes of its own, below zero: each is an error to whoever called us.
  const code = Number(process.exitCode ?? 0)
  if (code < 0 || code > 250) process.exitCode = exits.error
}
