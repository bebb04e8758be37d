import { styleText } from 'node:util'
import { printable } from '../core/text.ts'
import type { Severity } from '../model/severity.ts'

type Ink = Parameters<typeof styleText>[0]

/** Colours text, or leaves it alone; what comes from outside is made harmless first. */
export interface Paint {
  (ink: Ink, text: string): string
  severity(severity: Severity): string
}

const inks: Readonly<Record<Severity, Ink>> = { critical: ['bold', 'magenta'], high: ['bold', 'red'], medium: 'yellow', low: 'cyan', info: 'dim' }

export const painter = (colour: boolean): Paint => {
  const paint = (ink: Ink, text: string) => (colour ? styleText(ink, printable(text), { validateStream: false }) : printable(text))
  return Object.assign(paint, { severity: (severity: Severity) => paint(inks[severity], severity) })
}
