/** Kleene's truth as small integers, for the inner loop: false, true, unknown. */
export type Tri = 0 | 1 | 2
export const NO = 0
export const YES = 1
export const MAYBE = 2

export const and3 = (a: Tri, b: Tri): Tri => (a === NO || b === NO ? NO : a === YES && b === YES ? YES : MAYBE)
export const or3 = (a: Tri, b: Tri): Tri => (a === YES || b === YES ? YES : a === NO && b === NO ? NO : MAYBE)
export const not3 = (a: Tri): Tri => (a === MAYBE ? MAYBE : a === YES ? NO : YES)
