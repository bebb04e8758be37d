import chromium from '@sparticuz/chromium'
import { chromium as browsers } from 'playwright-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { analyse } from '../src/analysis/analysis.ts'
import type { Analysis } from '../src/analysis/analysis.ts'
import { demoSnapshot } from '../src/analysis/demo.ts'
import html from '../src/reports/formats/html.ts'

const plain = { colour: false, columns: 80, suppressed: false, undecided: false }
const hostile = '</script><img src=x onerror="document.title=1">\u202Eevil'
let browser: Awaited<ReturnType<typeof browsers.launch>>
let analysis: Analysis
let text: string

beforeAll(async () => {
  analysis = await analyse(demoSnapshot())
  text = await html.render(analysis, plain)
  browser = await browsers.launch({ executablePath: await chromium.executablePath(), args: chromium.args.filter((one) => one !== '--single-process'), headless: true })
})

afterAll(() => browser.close())

const opened = async (content: string, options: Parameters<typeof browser.newPage>[0] = {}): Promise<{ page: Page, complaints: string[] }> => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options })
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => complaints.push(request.url()))
  await page.setContent(content)
  return { page, complaints }
}

const visible = (page: Page, selector: string): Promise<number> => page.evaluate(`[...document.querySelectorAll(${JSON.stringify(selector)})].filter((one) => one.checkVisibility()).length`)

test.each([['a screen', 1280, 'light'], ['a dark screen', 1280, 'dark'], ['a phone', 390, 'light']] as const)('on %s each tab fits, and nothing is loaded or complained of', async (_name, width, colorScheme) => {
  const { page, complaints } = await opened(text, { viewport: { width, height: 800 }, colorScheme })
  for (const id of ['overview', 'paths', 'findings', 'inventory', 'pipelines']) {
    await page.locator(`nav a[href="#${id}"]`).click()
    await page.locator(`#${id}`).waitFor({ state: 'visible' })
    expect(await visible(page, 'main>section')).toBe(1)
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), id).toBe(true)
  }
  expect(complaints).toEqual([])
  await page.close()
})

test('a count of the overview leads to its findings, by check', async () => {
  const { page } = await opened(text)
  await page.locator('.tile.critical').click()
  await page.locator('#findings').waitFor({ state: 'visible' })
  const { critical } = analysis.counts.severities
  expect(await page.locator('#findings [role=status]').textContent()).toBe(`${critical} of ${analysis.findings.length}`)
  const checks = new Set(analysis.findings.filter(({ severity }) => severity === 'critical').map(({ check }) => check))
  expect(await visible(page, '#findings [data-group]')).toBe(checks.size)
  await page.locator('#findings input').fill('no guardrail')
  expect(await visible(page, '#findings [data-group]')).toBe(1)
  await page.locator('#findings details:not([hidden]) summary').click()
  expect(await page.locator('#findings details:not([hidden]) .row:not([hidden])').textContent()).toContain('GuardrailConfiguration is not set')
  await page.close()
})

test('the inventory is searched, filtered and sorted', async () => {
  const { page } = await opened(text)
  await page.locator('nav a[href="#inventory"]').click()
  await page.locator('#inventory select[data-key=exposure]').selectOption('public')
  expect(await page.locator('#inventory tbody tr:not([hidden]) b').allTextContents()).toContain('larkspur-support-docs')
  await page.locator('#inventory select[data-key=exposure]').selectOption('')
  const sorted = async () => {
    await page.locator('#inventory th button', { hasText: 'Asset' }).click()
    return page.locator('#inventory tbody b').allTextContents()
  }
  const rising = await sorted()
  expect(rising).toEqual(rising.toSorted(new Intl.Collator('en', { numeric: true }).compare))
  expect((await sorted())[0]).toBe(rising.at(-1))
  await page.close()
})

test('a pipeline is drawn from left to right with its roles, and says what is wrong', async () => {
  const { page } = await opened(text)
  await page.locator('nav a[href="#pipelines"]').click()
  const [data, job, model] = ['larkspur-transactions/raw', 'fraud-train-2026-10', 'fraud-v7'].map((name) => page.locator(`#pipelines .box[aria-label^="${name},"]`).first())
  const lefts = await Promise.all([data!, job!, model!].map(async (box) => (await box.boundingBox())!.x))
  expect(lefts).toEqual(lefts.toSorted((a, b) => a - b))
  expect(await job!.textContent()).toContain('as fraud-training')
  await job!.focus()
  expect(await page.locator('#hint').textContent()).toContain('as fraud-training')
  await page.close()
})

test('hostile names stay text', async () => {
  const [first, ...others] = analysis.findings as [Analysis['findings'][0], ...Analysis['findings']]
  const { page, complaints } = await opened(await html.render({ ...analysis, findings: [{ ...first, resourceName: hostile, tags: { [hostile]: hostile }, region: hostile, why: hostile }, ...others] }, plain))
  expect(await page.title()).toBe('AI security posture')
  expect(await page.locator('img').count()).toBe(0)
  expect(await page.locator('body').textContent()).not.toContain('\u202E')
  expect(complaints).toEqual([])
  await page.close()
})

test('without scripts, and on paper, everything is shown', async () => {
  const { page } = await opened(text, { javaScriptEnabled: false })
  for (const id of ['overview', 'findings', 'inventory', 'pipelines']) expect(await page.locator(`#${id}`).isVisible()).toBe(true)
  await page.close()
  const printed = await opened(text)
  await printed.page.emulateMedia({ media: 'print' })
  expect(await visible(printed.page, 'main>section')).toBe(5)
  await printed.page.close()
})
