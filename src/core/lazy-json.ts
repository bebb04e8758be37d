/** An object as JSON with one member a line, so that each can be parsed alone. */
export const jsonLines = (value: object): string =>
  `{\n${Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${JSON.stringify(member)}`).join(',\n')}\n}`

/** Reads what `jsonLines` wrote: each member is parsed when it is first read. Other JSON is parsed at once. */
export const lazyJson = <T>(text: string): Record<string, T> => {
  if (!text.startsWith('{\n')) return JSON.parse(text) as Record<string, T>
  const members: Record<string, T> = {}
  for (const line of text.split('\n')) {
    const end = line.indexOf('":')
    if (end === -1) continue
    const name = line.slice(1, end)
    const settle = (value: T): T => {
      Object.defineProperty(members, name, { value, enumerable: true })
      return value
    }
    Object.defineProperty(members, name, {
      enumerable: true, configurable: true, get: () => settle(JSON.parse(line.slice(end + 2, line.endsWith(',') ? -1 : undefined)) as T),
    })
  }
  return members
}
