import { expect, test } from 'vitest'
import { layers } from './layers.ts'

const columns = (nodes: readonly number[], ...lines: (readonly [number, number])[]) => Object.fromEntries(layers(nodes, lines.map(([from, to]) => ({ from, to }))))

test('every line runs to the right', () => {
  expect(columns([3, 2, 1, 0], [0, 1], [1, 2], [0, 3], [3, 2])).toEqual({ 0: 0, 1: 1, 2: 2, 3: 1 })
})

test('a source stands just before what first takes from it', () => {
  expect(columns([0, 1, 2, 9], [0, 1], [1, 2], [9, 2])).toEqual({ 0: 0, 1: 1, 2: 2, 9: 1 })
})

test('a circle, and a line from a node to itself, end', () => {
  expect(columns([0, 1, 2], [0, 1], [1, 2], [2, 0], [1, 1])).toEqual({ 0: 0, 1: 1, 2: 2 })
  expect(columns([5])).toEqual({ 5: 0 })
})
