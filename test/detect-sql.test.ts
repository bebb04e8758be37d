import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { loadDetections } from '../src/detect/catalogue.ts'
import { sqlFor } from '../src/detect/sql/text.ts'
import { eventsView, tableDefinition } from '../src/detect/sql/view.ts'

const check = `
import json, sys, sqlglot
for name, dialect, sql in json.load(sys.stdin):
    try:
        sqlglot.parse_one(sql, read=dialect)
    except Exception as error:
        print(name, dialect, error)
`

test('every query, the view and the table parse as Trino and as Athena', async () => {
  const view = eventsView('cloudtrail_logs')
  const queries = (await loadDetections()).flatMap((detection) => {
    const sql = sqlFor(detection)
    return sql === undefined ? [] : [[detection.id, `with events as (${view}), ${sql.slice('with '.length)}`] as const]
  })
  expect(queries.length).toBeGreaterThan(110)
  const texts = [...queries, ['view', view] as const].flatMap(([id, sql]) => [[id, 'trino', sql], [id, 'athena', sql]])
  const mistakes = execFileSync('.venv/bin/python', ['-c', check], { input: JSON.stringify([...texts, ['table', 'athena', tableDefinition('t', 'b', '111122223333', ['us-east-1'])]]), encoding: 'utf8' })
  expect(mistakes).toBe('')
})

test('a table name cannot carry SQL', () => {
  expect(() => eventsView('t; drop table x')).toThrow('not the name of a table')
})
