import { BartizanError } from '../core/errors.ts'
import type { Emit } from '../core/events.ts'

/** What a command sees of the world: streams, the environment, and where it stands. */
export interface Context {
  readonly process: NodeJS.Process
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Aborted by Ctrl-C; what was collected until then is kept. */
  readonly signal: AbortSignal
}

/** Exit codes: clean, findings at or above `--fail-on`, an error, gaps under `--strict`, interrupted. */
export const exits = { clean: 0, findings: 1, error: 2, gaps: 3, interrupted: 130 } as const

/** Writes results, waiting where the reader is slow. A reader that went away ends the command quietly. */
export const print = (context: Context, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    context.process.stdout.write(text, (error) => {
      if (error == null || (error as NodeJS.ErrnoException).code === 'EPIPE') resolve()
      else reject(new BartizanError('BZ007', `Cannot write to standard output: ${error.message}`))
    })
  })

/** Says something to the person at the terminal, on standard error. */
export const say = (context: Context, text: string): void => {
  context.process.stderr.write(`${text}\n`)
}

/** Whether a stream is a terminal that wants colour; NO_COLOR and FORCE_COLOR have the last word. */
export const wantsColour = ({ env }: Context, stream: { readonly isTTY?: boolean }): boolean => {
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false
  if (env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0') return true
  return stream.isTTY === true && env['TERM'] !== 'dumb'
}

/** Draws progress on one line of a terminal; a pipe gets only notes. */
export const progressLine = (context: Context, { quiet = false, verbose = false }: { quiet?: boolean | undefined, verbose?: boolean | undefined }): { readonly emit: Emit, readonly clear: () => void } => {
  const { stderr } = context.process
  const live = stderr.isTTY === true && !quiet
  const clear = () => {
    if (live) stderr.write('\r\u001B[2K')
  }
  return {
    clear,
    emit(event) {
      if (event.kind === 'note') {
        if (quiet) return
        clear()
        stderr.write(`${event.text}\n`)
      } else if (live && event.kind === 'progress') {
        const of = event.total === undefined ? '' : `/${event.total}`
        stderr.write(`\r\u001B[2K${`${event.what} ${event.done}${of}${event.detail === undefined ? '' : `  ${event.detail}`}`.slice(0, (stderr.columns ?? 80) - 1)}`)
      } else if (verbose && event.kind !== 'progress') stderr.write(`${event.kind}: ${event.what}\n`)
    },
  }
}
