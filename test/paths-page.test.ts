import chromium from '@sparticuz/chromium'
import { chromium as browsers } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { analyse } from '../src/analysis/analysis.ts'
import { demoSnapshot } from '../src/analysis/demo.ts'
import { chokePointsOf, pathFormats } from '../src/reports/paths.ts'

let browser: Awaited<ReturnType<typeof browsers.launch>>
let html: string

beforeAll(async () => {
  const { estate, paths } = await analyse(demoSnapshot())
  html = pathFormats.get('html')!({ estate, paths, chokePoints: chokePointsOf(paths), radius: [], fixes: new Map(), patches: new Map() }, { colour: false, columns: 80, suppressed: false, undecided: false })
  browser = await browsers.launch({ executablePath: await chromium.executablePath(), args: chromium.args.filter((one) => one !== '--single-process'), headless: true })
})

afterAll(() => browser.close())

test.each([['a screen', 1200, 'light'], ['a dark screen', 1200, 'dark'], ['a phone', 390, 'light']] as const)('on %s a drawn path says what each step stands on, by mouse and by keyboard', async (_name, width, colorScheme) => {
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme })
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.setContent(html)
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  const hint = page.locator('#hint')
  await page.locator('.box').first().focus()
  await page.keyboard.press('Tab')
  await hint.waitFor({ state: 'visible' })
  expect(await hint.textContent()).toContain('iam:PassRole on arn:aws:iam::111122223333:role/ml-admin')
  await page.keyboard.press('Escape')
  await hint.waitFor({ state: 'hidden' })
  await page.locator('.box').first().hover()
  await hint.waitFor({ state: 'visible' })
  expect(complaints).toEqual([])
  await page.close()
})

test('boxes stand from left to right, from the attacker to the target', async () => {
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 } })
  await page.setContent(html)
  const lefts = await page.evaluate(`[...document.querySelector('.drawing').querySelectorAll('.box')].map((box) => box.getBoundingClientRect().left)`) as number[]
  expect(lefts.length).toBeGreaterThan(1)
  expect(lefts).toEqual(lefts.toSorted((a, b) => a - b))
  await page.close()
})

test('on paper every path is open', async () => {
  const page = await browser.newPage()
  await page.setContent(html)
  await page.evaluate(`dispatchEvent(new Event('beforeprint'))`)
  expect(await page.evaluate(`[...document.querySelectorAll('details')].every(({ open }) => open)`)).toBe(true)
  await page.close()
})
