import type { Severity } from '../../model/severity.ts'
import { fit, fitMiddle } from '../columns.ts'
import { escaped } from '../escape.ts'

/** A box of a drawing: `column` from left to right, from 0; `notes` are further lines in it, `mark` stands in its upper corner. */
export interface Box {
  readonly id: number
  readonly column: number
  readonly title: string
  readonly label: string
  readonly kind: string
  readonly hint: string
  readonly notes?: readonly string[]
  readonly mark?: { readonly severity: Severity, readonly text: string }
}

/** A line from a box to another, with what it means. */
export interface Line { readonly from: number, readonly to: number, readonly label: string }

const size = { width: 208, height: 46, note: 15, gapX: 64, gapY: 14, margin: 8 }

/** Boxes in columns and curves between them, as an SVG picture that reads without its colours and can be tabbed through. */
export const drawing = (title: string, boxes: readonly Box[], lines: readonly Line[]): string => {
  const placed = arrange(boxes, lines)
  const columns = Math.max(0, ...boxes.map(({ column }) => column)) + 1
  const height = Math.max(0, ...[...placed.values()].map(({ y, box }) => y + heightOf(box))) + size.margin
  const width = columns * size.width + (columns - 1) * size.gapX + 2 * size.margin
  return `<svg class="drawing" role="group" aria-label="${escaped(title)}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${
    lines.map((line) => curve(line, placed)).join('')}${[...placed.values()].map(node).join('')}</svg>`
}

interface Placed { readonly box: Box, readonly y: number }

const leftOf = (column: number): number => size.margin + column * (size.width + size.gapX)

const heightOf = ({ notes = [] }: Box): number => size.height + size.note * notes.length

const middleOf = ({ box, y }: Placed): number => y + heightOf(box) / 2

/** Puts each box near the middle of what it is connected to, a column at a time, so that few lines cross. */
const arrange = (boxes: readonly Box[], lines: readonly Line[]): Map<number, Placed> => {
  const placed = new Map<number, Placed>()
  const neighbours = new Map<number, number[]>()
  for (const { from, to } of lines) for (const [one, other] of [[from, to], [to, from]] as const) neighbours.set(one, [...neighbours.get(one) ?? [], other])
  for (const [, column] of [...Map.groupBy(boxes, (box) => box.column)].sort(([a], [b]) => a - b)) {
    const wish = (box: Box): number => {
      const known = (neighbours.get(box.id) ?? []).flatMap((id) => placed.get(id) ?? []).map(middleOf)
      return known.length === 0 ? Infinity : known.reduce((sum, y) => sum + y, 0) / known.length
    }
    let y = size.margin
    for (const { box } of column.map((each, index) => ({ box: each, index, wish: wish(each) })).sort((a, b) => (a.wish === b.wish ? 0 : a.wish - b.wish) || a.index - b.index)) {
      placed.set(box.id, { box, y })
      y += heightOf(box) + size.gapY
    }
  }
  return placed
}

const node = ({ box, y }: Placed): string => {
  const { title, label, kind, notes = [], mark, column } = box
  const hint = escaped(box.hint === '' ? title : box.hint)
  return `<g class="box ${escaped(kind)}" tabindex="0" role="img" aria-label="${escaped(`${title}, ${label}. ${box.hint}`)}" data-hint="${hint}" transform="translate(${leftOf(column)} ${y})"><title>${hint}</title>` +
    `<rect class="edge" width="${size.width}" height="${heightOf(box)}" rx="6"/><rect class="stripe" x="1" y="6" width="4" height="${heightOf(box) - 12}" rx="2"/>` +
    `<text x="14" y="19" class="name">${escaped(fitMiddle(title, 24))}</text><text x="14" y="36" class="label">${escaped(fit(label, mark === undefined ? 32 : 18))}</text>${
      mark === undefined ? '' : `<text x="${size.width - 8}" y="36" class="mark ${mark.severity}">${escaped(mark.text)}</text>`}${
      notes.map((note, index) => `<text x="14" y="${36 + size.note * (index + 1)}" class="label">${escaped(fit(note, 33))}</text>`).join('')}</g>`
}

const curve = ({ from, to, label }: Line, placed: Map<number, Placed>): string => {
  const [source, target] = [placed.get(from), placed.get(to)]
  if (source === undefined || target === undefined) return ''
  const forward = source.box.column < target.box.column
  const same = source.box.column === target.box.column
  const x1 = leftOf(source.box.column) + (forward || same ? size.width : 0)
  const x2 = leftOf(target.box.column) + (forward ? 0 : size.width)
  const [y1, y2] = [middleOf(source), middleOf(target)]
  const bend = same ? 40 : (x2 - x1) / 2
  const path = `M${x1} ${y1} C${x1 + bend} ${y1} ${same ? x2 + bend : x2 - bend} ${y2} ${x2} ${y2}`
  const back = forward ? -7 : 7
  return `<g class="line"><title>${escaped(label)}</title><path d="${path}"/><path class="tip" d="M${x2} ${y2}l${back} -4v8z"/></g>`
}
