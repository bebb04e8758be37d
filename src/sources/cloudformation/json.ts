/** Told of each value: its path, and where in the text it starts. */
export type OnValue = (path: string, offset: number) => void

interface Reader { readonly text: string, readonly onValue: OnValue, at: number }

/** Reads JSON and tells where each value stands; undefined where the text is not JSON, or nests deeper than `deepest`. */
export const readJson = (text: string, deepest: number, onValue: OnValue): { readonly value: unknown } | undefined => {
  const reader: Reader = { text, onValue, at: 0 }
  try {
    const value = readValue(reader, '', deepest)
    skip(reader)
    return reader.at === text.length ? { value } : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

const skip = (reader: Reader): void => {
  for (;;) {
    const code = reader.text.charCodeAt(reader.at)
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return
    reader.at++
  }
}

const take = (reader: Reader, mark: string): boolean => {
  skip(reader)
  if (reader.text[reader.at] !== mark) return false
  reader.at++
  return true
}

const expect = (reader: Reader, mark: string): void => {
  if (!take(reader, mark)) throw new SyntaxError(`${mark} is missing`)
}

const readValue = (reader: Reader, path: string, deepest: number): unknown => {
  if (deepest < 0) throw new SyntaxError('nested too deep')
  skip(reader)
  reader.onValue(path, reader.at)
  switch (reader.text[reader.at]) {
    case '{': return readObject(reader, path, deepest)
    case '[': return readList(reader, path, deepest)
    case '"': return readText(reader)
    default: return readWord(reader)
  }
}

const within = (path: string, step: string | number): string => (path === '' ? String(step) : `${path}/${step}`)

const readObject = (reader: Reader, path: string, deepest: number): Record<string, unknown> => {
  reader.at++
  const object: Record<string, unknown> = {}
  if (take(reader, '}')) return object
  do {
    skip(reader)
    const name = readText(reader)
    expect(reader, ':')
    const value = readValue(reader, within(path, name), deepest - 1)
    if (name !== '__proto__') object[name] = value
  } while (take(reader, ','))
  expect(reader, '}')
  return object
}

const readList = (reader: Reader, path: string, deepest: number): unknown[] => {
  reader.at++
  const items: unknown[] = []
  if (take(reader, ']')) return items
  do items.push(readValue(reader, within(path, items.length), deepest - 1))
  while (take(reader, ','))
  expect(reader, ']')
  return items
}

const readText = (reader: Reader): string => {
  const { text, at: start } = reader
  if (text[start] !== '"') throw new SyntaxError('a name is missing')
  let end = text.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  if (end === -1) throw new SyntaxError('a text does not end')
  reader.at = end + 1
  return JSON.parse(text.slice(start, end + 1)) as string
}

const isEscaped = (text: string, at: number): boolean => {
  let slashes = 0
  while (text[at - 1 - slashes] === '\\') slashes++
  return slashes % 2 === 1
}

const word = /[^\s,\]}]+/y

const readWord = (reader: Reader): unknown => {
  word.lastIndex = reader.at
  const found = word.exec(reader.text)?.[0] ?? ''
  reader.at += found.length
  return JSON.parse(found) as unknown
}
