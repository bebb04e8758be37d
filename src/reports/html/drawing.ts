import { escaped } from '../escape.ts'
import { fit } from '../columns.ts'

/** A box of a drawing: `column` from left to right, from 0. */
export interface Box { readonly id: number, readonly column: number, readonly title: string, readonly label: string, readonly kind: string, readonly hint: string }

/** A line from a box to another, with what it means. */
export interface Line { readonly from: number, readonly to: number, readonly label: string }

const size = { width: 176, height: 46, gapX: 76, gapY: 16, margin: 8, head: 26 }

/** Boxes in columns and curves between them, as an SVG picture that reads without its colours and can be tabbed through. */
export const drawing = (title: string, boxes: readonly Box[], lines: readonly Line[], headings: readonly string[] = []): string => {
  const rows = arrange(boxes, lines)
  const columns = Math.max(0, ...boxes.map(({ column }) => column)) + 1
  const height = Math.max(1, ...[...rows.values()].map(({ row }) => row + 1)) * (size.height + size.gapY) + size.head + size.margin
  const width = columns * size.width + (columns - 1) * size.gapX + 2 * size.margin
  const x = (column: number) => size.margin + column * (size.width + size.gapX)
  const y = (row: number) => size.head + row * (size.height + size.gapY)
  const heads = headings.map((text, column) => `<text class="head" x="${x(column)}" y="16">${escaped(text)}</text>`)
  return `<svg class="drawing" role="group" aria-label="${escaped(title)}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${heads.join('')}${
    lines.map((line) => curve(line, rows, x, y)).join('')}${[...rows.values()].map(({ box, row }) => node(box, x(box.column), y(row))).join('')}</svg>`
}

interface Placed { readonly box: Box, row: number }

/** Puts each box near the middle of what it is connected to, a column at a time, so that few lines cross. */
const arrange = (boxes: readonly Box[], lines: readonly Line[]): Map<number, Placed> => {
  const placed = new Map<number, Placed>()
  for (const [, column] of [...Map.groupBy(boxes, (box) => box.column)].sort(([a], [b]) => a - b)) {
    const wish = (box: Box): number => {
      const known = lines.flatMap(({ from, to }) => (to === box.id ? [from] : from === box.id ? [to] : [])).flatMap((id) => placed.get(id)?.row ?? [])
      return known.length === 0 ? 1e6 : known.reduce((sum, row) => sum + row, 0) / known.length
    }
    column.map((box, index) => ({ box, index, wish: wish(box) })).sort((a, b) => a.wish - b.wish || a.index - b.index)
      .forEach(({ box }, row) => placed.set(box.id, { box, row }))
  }
  return placed
}

const node = ({ title, label, kind, hint }: Box, x: number, y: number): string =>
  `<g class="box ${escaped(kind)}" tabindex="0" role="img" aria-label="${escaped(`${title}, ${label}. ${hint}`)}" data-hint="${escaped(hint === '' ? title : hint)}" transform="translate(${x} ${y})"><title>${escaped(hint === '' ? title : hint)}</title>` +
  `<rect width="${size.width}" height="${size.height}" rx="6"/><text x="10" y="19" class="name">${escaped(fit(title, 24))}</text><text x="10" y="36" class="label">${escaped(fit(label, 28))}</text></g>`

const curve = ({ from, to, label }: Line, rows: Map<number, Placed>, x: (column: number) => number, y: (row: number) => number): string => {
  const [source, target] = [rows.get(from), rows.get(to)]
  if (source === undefined || target === undefined) return ''
  const forward = source.box.column < target.box.column
  const same = source.box.column === target.box.column
  const x1 = x(source.box.column) + (forward || same ? size.width : 0)
  const x2 = x(target.box.column) + (forward ? 0 : size.width)
  const y1 = y(source.row) + size.height / 2
  const y2 = y(target.row) + size.height / 2
  const bend = same ? 40 : (x2 - x1) / 2
  const path = same ? `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 + bend} ${y2} ${x2} ${y2}` : `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`
  return `<g class="line"><title>${escaped(label)}</title><path d="${path}"/><circle cx="${x2}" cy="${y2}" r="3"/></g>`
}
