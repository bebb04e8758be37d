import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Case } from './cases/case.ts'

const docs = join(import.meta.dirname, '..', '..', 'docs')
const rules = readFileSync(join(docs, 'iam.md'), 'utf8').split('\n').flatMap((line) => {
  const [, rule, tests] = /^\| (.+) \| (.+) \|$/.exec(line) ?? []
  return rule === undefined || tests === undefined || /^(rule|---)$/.test(rule) ? [] : [{ rule, tests }]
})

const topics = readdirSync(join(import.meta.dirname, 'cases')).filter((name) => name.endsWith('.json'))
const cases = new Set(topics.flatMap((name) => [name.replace('.json', ''), ...(JSON.parse(readFileSync(join(import.meta.dirname, 'cases', name), 'utf8')) as Case[]).map(({ id }) => id)]))

test('each rule of docs/iam.md links to a test', () => {
  expect(rules.length).toBeGreaterThan(30)
  for (const { rule, tests } of rules) expect(/`[\w-]+`|\]\(/.test(tests), rule).toBe(true)
})

test('the cases that it names are there', () => {
  const named = rules.flatMap(({ tests }) => [...tests.matchAll(/`([\w-]+)`/g)].map(([, name]) => name!))
  expect(named.filter((name) => !cases.has(name))).toEqual([])
})

test('the tests that it links to are there, with the names that it quotes', () => {
  const missing = rules.flatMap(({ tests }) => [...tests.matchAll(/\]\(([^)]+)\)((?:,? "[^"]+")*)/g)].flatMap(([, file = '', names = '']) => {
    const path = join(docs, file)
    if (!existsSync(path)) return [file]
    const text = readFileSync(path, 'utf8')
    return [...names.matchAll(/"([^"…]+)…?"/g)].flatMap(([, name]) => (text.includes(name!) ? [] : [`${file} "${name}"`]))
  }))
  expect(missing).toEqual([])
})
