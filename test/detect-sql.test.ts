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
    return sql === undefined ? [] : [[detection.id, sql] as const]
  })
  expect(queries.length).toBeGreaterThan(110)
  const whole = `with events as (${view}), ${queries[0]![1].slice('with '.length)}`
  const texts = [...queries, ['view', view] as const, ['whole', whole] as const].flatMap(([id, sql]) => [[id, 'trino', sql], [id, 'athena', sql]])
  const mistakes = execFileSync('.venv/bin/python', ['-c', check], { input: JSON.stringify([...texts, ['table', 'athena', tableDefinition('logs.trail', 's3://b/AWSLogs/o-1a2b3c4d5e/111122223333/')]]), encoding: 'utf8' })
  expect(mistakes).toBe('')
})

test('names and places cannot carry SQL', () => {
  expect(() => tableDefinition("t (x int)", 's3://b/AWSLogs/111122223333')).toThrow('not the name of a table')
  expect(() => tableDefinition('t', "s3://b/AWSLogs/'; drop/111122223333")).toThrow('not where CloudTrail writes')
  expect(tableDefinition('t', 's3://b/AWSLogs/111122223333/CloudTrail/')).toContain("LOCATION 's3://b/AWSLogs/111122223333/CloudTrail/'")
  expect(() => eventsView('t; drop table x')).toThrow('not the name of a table')
})
