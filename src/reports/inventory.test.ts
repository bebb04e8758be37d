import { expect, test } from 'vitest'
import type { Asset } from '../analysis/assets.ts'
import { assetsOf } from '../analysis/assets.ts'
import { demoSnapshot } from '../analysis/demo.ts'
import { facts } from '../analysis/facts.ts'
import { buildEstate } from '../graph/estate.ts'
import { pipelinesOf } from '../graph/lineage.ts'
import { inventoryFormats } from './inventory.ts'

const estate = buildEstate(demoSnapshot(), await facts())
const inventory = { estate, assets: assetsOf(estate), pipelines: pipelinesOf(estate), gaps: [] }
const render = async (format: string, assets: readonly Asset[] = inventory.assets) => inventoryFormats.get(format)!({ ...inventory, assets }, { colour: false, columns: 80, suppressed: false, undecided: false })

test('the table fits 80 columns, and says how hidden AI is known', async () => {
  const text = await render('table')
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([])
  expect(text).toMatch(/support-refunds .*\n {4}.*OpenAI \(variable OPENAI_API_KEY\)/)
  expect(text).toContain(`${inventory.assets.length} AI assets: `)
})

test('hostile names are no formulas, elements or escapes', async () => {
  const name = '=1+1,"<img src=x>\u001B[31m\u202E\nsecond'
  const hostile = [{ ...inventory.assets[0]!, name, because: name, owner: name }]
  expect((await render('csv', hostile)).split('\r\n')[1]).toContain(`"'=1+1,""<img`)
  expect(await render('html', hostile)).not.toMatch(/<img|\p{Cc}(?<!\n)|\p{Bidi_Control}/u)
  expect(await render('table', hostile)).not.toMatch(/\p{Cc}(?<!\n)|\p{Bidi_Control}|^second/mu)
})

test('what could not be listed is said', async () => {
  const gaps = [{ account: '111122223333', region: 'us-east-1', operation: 'sagemaker:ListModels', reason: 'denied', types: ['AWS::SageMaker::Model'] }, { account: '111122223333', region: 'us-east-1', operation: 'kms:ListGrants', reason: 'denied' }]
  const text = await inventoryFormats.get('table')!({ ...inventory, gaps }, { colour: false, columns: 80, suppressed: false, undecided: false })
  expect(text).toContain('Not known: 1 list could not be read (sagemaker:ListModels)')
})
