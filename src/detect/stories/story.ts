import { atLeast } from '../../model/severity.ts'
import type { Alert } from '../alerts/alert.ts'
import type { Detection } from '../detection.ts'
import type { EstateFacts } from '../estate.ts'
import type { LogRecord } from '../event.ts'
import { alertsOn } from '../example.ts'

/** The records of an attack as published, or of honest work that looks like it. */
export interface Story {
  readonly id: string
  readonly category: string
  /** What the story is built from, for an attack: the public write-up. */
  readonly after: string
  readonly attack: boolean
  readonly records: readonly LogRecord[]
  readonly facts?: Partial<EstateFacts>
  /** Detections that must see an attack. */
  readonly expects: readonly string[]
}

/** How well a category is told apart: attacks found of all, attacks among what was raised above low. */
export interface Score { readonly category: string, readonly attacks: number, readonly found: number, readonly benign: number, readonly mistaken: number, readonly precision: number, readonly recall: number }

/** The alerts of a story that someone is called for. */
export const pressing = (detections: readonly Detection[], story: Story): readonly Alert[] =>
  alertsOn(detections, { records: story.records, facts: story.facts ?? {} }).filter(({ severity }) => atLeast(severity, 'medium'))

/** Precision and recall by category. */
export const scoreStories = (detections: readonly Detection[], stories: readonly Story[]): readonly Score[] =>
  [...Map.groupBy(stories, ({ category }) => category)].map(([category, told]) => {
    const raised = told.map((story) => ({ story, raised: pressing(detections, story).length > 0 }))
    const [attacks, benign] = [raised.filter(({ story }) => story.attack), raised.filter(({ story }) => !story.attack)]
    const found = attacks.filter(({ raised }) => raised).length
    const mistaken = benign.filter(({ raised }) => raised).length
    return { category, attacks: attacks.length, found, benign: benign.length, mistaken, precision: share(found, found + mistaken), recall: share(found, attacks.length) }
  })

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole)
