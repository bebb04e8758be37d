import type { Analysis } from '../analysis/analysis.ts'

/** How a report may look: what a terminal can show, and how many columns it has. */
export interface Style {
  readonly colour: boolean
  readonly columns: number
  /** Show silenced findings too. */
  readonly suppressed: boolean
  /** Show checks that could not be decided. */
  readonly undecided: boolean
}

/** A format of scan results: a pure function of an analysis. */
export interface Format {
  readonly id: string
  readonly title: string
  /** Media type, for servers and uploads. */
  readonly mediaType: string
  /** Only findings at or above `--severity` reach it; counts are of everything. */
  render(analysis: Analysis, style: Style): string | Promise<string>
}

/** Defines a format; the file name is its id. */
export const defineFormat = (format: Format): Format => Object.freeze(format)
