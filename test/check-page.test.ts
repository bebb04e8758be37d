import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkPage, page } from '../tools/check-page.ts'

test('the page of checks tells the catalogue as it is', async () => {
  expect(readFileSync(page, 'utf8'), 'run `npm run docs`').toBe(await checkPage())
})
