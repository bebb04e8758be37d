import { expect, test } from 'vitest'
import { analyse } from './analysis.ts'
import { demoSnapshot } from './demo.ts'

const { findings } = await analyse(demoSnapshot())
const of = (check: string, name: string) => findings.find((finding) => finding.check === check && finding.resourceName === name)

test('exposure raises what gets worse by it, and says why', () => {
  expect(of('sagemaker-model-package-group-external', 'fraud')).toMatchObject({ severityChanges: [{ reason: expect.stringContaining('reachable from the internet') as string }] })
})

test('exposure does not change how bad missing encryption is', () => {
  expect(of('agentcore-gateway-no-cmk', 'claims-tools')).toMatchObject({ severity: 'medium', severityChanges: [] })
})

test('personal data raises findings about data', () => {
  expect(of('ai-bucket-encryption', 'larkspur-transactions')).toMatchObject({ severityChanges: [{ from: 'medium', to: 'high', reason: 'its data is classified as PII' }] })
})
