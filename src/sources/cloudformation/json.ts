import { visit } from 'jsonc-parser'

/** Told of each value: its path, and where in the text it starts. */
export type OnValue = (path: string, offset: number) => void

/** A value that is being filled, and the step to what comes next in it: a name, or a place in the list. */
interface Open { readonly holder: Record<string, unknown> | unknown[], readonly path: string, step: string | number }

/** Reads JSON and tells where each value stands; undefined where the text is not JSON, or nests deeper than `deepest`. */
export const readJson = (text: string, deepest: number, onValue: OnValue): { readonly value: unknown } | undefined => {
  const open: Open[] = []
  let root: { readonly value: unknown } | undefined

  const put = (value: unknown, offset: number): string => {
    const inside = open.at(-1)
    if (inside === undefined) {
      root = { value }
      onValue('', offset)
      return ''
    }
    const path = inside.path === '' ? String(inside.step) : `${inside.path}/${inside.step}`
    onValue(path, offset)
    if (inside.step !== '__proto__') (inside.holder as Record<string | number, unknown>)[inside.step] = value
    if (typeof inside.step === 'number') inside.step++
    return path
  }
  const begin = (holder: Open['holder'], step: string | number, offset: number): void => {
    open.push({ path: put(holder, offset), holder, step })
    if (open.length > deepest) throw new RangeError('nested too deep')
  }
  const end = (): void => { open.pop() }

  try {
    visit(text, {
      onObjectBegin: (offset) => begin({}, '', offset),
      onArrayBegin: (offset) => begin([], 0, offset),
      onObjectEnd: end,
      onArrayEnd: end,
      onObjectProperty: (name) => { open.at(-1)!.step = name },
      onLiteralValue: put,
      onError: () => { throw new SyntaxError('not JSON') },
    }, { disallowComments: true, allowTrailingComma: false })
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined
    throw error
  }
  return root
}
