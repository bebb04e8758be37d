/** More values than this in one thing are taken for an attack: lists that hold each other grow by doubling. */
const most = 200_000

/** Whether a value, written out, would hold more values than any template has. Stops counting there. */
export const isLarge = (value: unknown): boolean => {
  let left = most
  const count = (inner: unknown): boolean => {
    if (--left < 0) return true
    return typeof inner === 'object' && inner !== null && Object.values(inner).some(count)
  }
  return count(value)
}
