/** A token of a Terraform expression; a text's is its template, with escapes undone outside of interpolations. */
export interface Token {
  readonly kind: 'text' | 'number' | 'name' | 'mark'
  readonly text: string
  /** Whether a line break stands before it: inside an object that ends an item. */
  readonly breaks: boolean
}

const plain = /(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([\p{ID_Start}_][\p{ID_Continue}-]*)|(&&|\|\||==|!=|<=|>=|=>|\.\.\.|::|[-+*/%!<>?:.,=(){}[\]])/uy
const space = /(?:\s+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y
const heredoc = /<<(-?)\s*([\p{ID_Start}_][\p{ID_Continue}-]*)[^\S\n]*\r?\n/uy

/** Parts an expression into tokens; what is none is a SyntaxError. */
export const tokenize = (source: string): Token[] => {
  const tokens: Token[] = []
  let at = 0
  let breaks = false
  const push = (kind: Token['kind'], text: string, end: number) => {
    tokens.push({ kind, text, breaks })
    breaks = false
    at = end
  }
  while (at < source.length) {
    const blank = match(space, source, at)
    if (blank !== undefined) {
      breaks ||= blank[0].includes('\n')
      at += blank[0].length
      continue
    }
    if (source[at] === '"') {
      const end = endOfText(source, at + 1)
      push('text', unescaped(source.slice(at + 1, end)), end + 1)
      continue
    }
    const opening = match(heredoc, source, at)
    if (opening !== undefined) {
      const { text, end } = heredocAt(source, at + opening[0].length, opening[2]!, opening[1] === '-')
      push('text', text, end)
      continue
    }
    const found = match(plain, source, at)
    if (found === undefined) throw new SyntaxError('not an expression')
    push(found[1] !== undefined ? 'number' : found[2] !== undefined ? 'name' : 'mark', found[0], at + found[0].length)
  }
  return tokens
}

const match = (form: RegExp, source: string, at: number): RegExpExecArray | undefined => {
  form.lastIndex = at
  return form.exec(source) ?? undefined
}

/** Where a text that starts here ends: at the next quote outside of an interpolation. */
const endOfText = (source: string, from: number): number => {
  for (let at = from; at < source.length; at++) {
    if (source[at] === '\\') at++
    else if (source[at] === '"') return at
    else if (opensAt(source, at)) at = endOfBraces(source, at + 2)
  }
  throw new SyntaxError('a text does not end')
}

/** Whether an interpolation or a directive starts here; a doubled mark is plain text. */
export const opensAt = (source: string, at: number): boolean =>
  (source[at] === '$' || source[at] === '%') && source[at + 1] === '{' && source[at - 1] !== source[at]

/** Where an interpolation that was opened before this place closes. */
export const endOfBraces = (source: string, from: number): number => {
  let open = 1
  for (let at = from; at < source.length; at++) {
    const mark = source[at]
    if (mark === '"') at = endOfText(source, at + 1)
    else if (mark === '{') open++
    else if (mark === '}' && --open === 0) return at
  }
  throw new SyntaxError('an interpolation does not end')
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

const unescaped = (text: string): string => {
  if (!text.includes('\\')) return text
  let plainText = ''
  for (let at = 0; at < text.length; at++) {
    if (opensAt(text, at)) {
      const end = endOfBraces(text, at + 2)
      plainText += text.slice(at, end + 1)
      at = end
    } else if (text[at] === '\\') {
      const code = /^(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(text.slice(at + 1, at + 10))
      plainText += code === null ? escapes[text[at + 1]!] ?? text[at + 1] ?? '' : codePoint(code[1] ?? code[2]!)
      at += code === null ? 1 : code[0].length
    } else plainText += text[at]
  }
  return plainText
}

const codePoint = (hex: string): string => {
  const code = Number.parseInt(hex, 16)
  return code > 0x10FFFF ? '' : String.fromCodePoint(code)
}

const heredocAt = (source: string, from: number, name: string, strips: boolean): { text: string, end: number } => {
  const lines: string[] = []
  for (let at = from; at <= source.length;) {
    const end = source.indexOf('\n', at) === -1 ? source.length : source.indexOf('\n', at)
    const line = source.slice(at, end)
    if (line.trim() === name) return { text: `${(strips ? outdented(lines) : lines).join('\n')}\n`, end }
    if (end === source.length) break
    lines.push(line)
    at = end + 1
  }
  throw new SyntaxError('a heredoc does not end')
}

const outdented = (lines: readonly string[]): string[] => {
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => /^\s*/.exec(line)![0].length))
  return lines.map((line) => line.slice(Number.isFinite(indent) ? indent : 0))
}
