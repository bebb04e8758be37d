import { expect, test } from 'vitest'
import { withoutSecrets } from './secrets.ts'

const key = `sk-proj-${'a1B2'.repeat(8)}`
const encoded = (text: string): string => Buffer.from(text).toString('base64')

test('a secret inside a script of base64 is named and does not stay', () => {
  const swept = withoutSecrets({ UserData: encoded(`#!/bin/bash\nexport OPENAI_API_KEY=${key}\n`) })
  expect(swept['UserData']).toMatch(/^«script: \d+ characters»$/)
  expect(swept['BartizanSecrets']).toMatchObject([{ Kind: 'openai-api-key', Place: 'UserData' }])
})

test('a script without secrets, and base64 that is none, stay as they are', () => {
  const properties = { UserData: encoded('#!/bin/bash\nyum update -y\n'), Digest: Buffer.from(Array.from({ length: 48 }, (_, at) => at * 5)).toString('base64') }
  expect(withoutSecrets(properties)).toEqual(properties)
})

test('what a variable is called tells that it is a secret', () => {
  expect(withoutSecrets({ Environment: { Variables: { DB_PASSWORD: 'correct horse battery' } } })).toMatchObject({ BartizanSecrets: [{ Place: 'Environment/Variables/DB_PASSWORD' }] })
})
