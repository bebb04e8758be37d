/** Kleene's third value: `'unknown'` is neither a pass nor a fail, and says so. */
export type Truth = boolean | 'unknown'

/** True when both are, false when either is, else unknown. */
export const both = (a: Truth, b: Truth): Truth => {
  if (a === false || b === false) return false
  return a === true && b === true ? true : 'unknown'
}

/** True when either is, false when both are, else unknown. */
export const either = (a: Truth, b: Truth): Truth => {
  if (a === true || b === true) return true
  return a === false && b === false ? false : 'unknown'
}

/** The opposite; unknown stays unknown. */
export const not = (a: Truth): Truth => (a === 'unknown' ? a : !a)
