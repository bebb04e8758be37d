/** The six parts of an ARN as text; a text that is no ARN gives fewer. The sixth holds all that follows the fifth colon. */
export const arnParts = (arn: string): readonly string[] => {
  const parts: string[] = []
  let from = 0
  for (let i = 0; i < 5; i++) {
    const colon = arn.indexOf(':', from)
    if (colon < 0) break
    parts.push(arn.slice(from, colon))
    from = colon + 1
  }
  parts.push(arn.slice(from))
  return parts
}
