import { describe, expect, it } from 'vitest'
import { tableOf } from '../../model/snapshot.ts'
import type { Snapshot } from '../../model/snapshot.ts'
import { loadCollectors } from './catalogue.ts'
import { unfinished } from './unfinished.ts'

const [one, two] = ['111122223333', '444455556666']
const collectors = (await loadCollectors()).filter(({ scope }) => scope !== 'organization')

const units = (account: string, regions: readonly string[]) =>
  collectors.flatMap(({ id, scope }) => (scope === 'region' ? regions : ['global']).map((region) => ({ collector: id, account, region })))

const snapshot = (accounts: readonly string[], regions: readonly string[], done: Snapshot['done'], source = 'aws'): Snapshot => ({
  header: { schema: 'bartizan.snapshot/1', takenAt: '2026-11-26T00:00:00Z', tool: 'test', source, origin: '', accounts: accounts.map((id) => ({ id })), regions }, resources: tableOf([]), gaps: [], done,
})

describe('what a scan did not get to', () => {
  it('is nothing when every collector is done', async () => {
    expect(await unfinished(snapshot([one], ['us-east-1'], units(one, ['us-east-1'])))).toEqual([])
  })
  it('is each collector that is not, with its types', async () => {
    const done = units(one, ['us-east-1']).filter(({ collector }) => collector !== 'sagemaker' && collector !== 'iam')
    const gaps = await unfinished(snapshot([one], ['us-east-1'], done))
    expect(gaps.map(({ operation, region }) => `${operation} ${region}`)).toEqual(['iam global', 'sagemaker us-east-1'])
    expect(gaps[1]!.types).toContain('AWS::SageMaker::Model')
  })
  it('is a region that a scan of one account never began', async () => {
    const gaps = await unfinished(snapshot([one], ['eu-west-1', 'us-east-1'], units(one, ['us-east-1'])))
    expect(new Set(gaps.map(({ region }) => region))).toEqual(new Set(['eu-west-1']))
  })
  it('is no region that is on in another account only', async () => {
    const done = [...units(one, ['eu-west-1', 'us-east-1']), ...units(two, ['us-east-1'])]
    expect(await unfinished(snapshot([one, two], ['eu-west-1', 'us-east-1'], done))).toEqual([])
    expect(await unfinished(snapshot([one, two], ['eu-west-1', 'us-east-1'], done.slice(1)))).not.toEqual([])
  })
  it('is nothing of what no scan made', async () => {
    expect(await unfinished(snapshot([one], ['us-east-1'], []))).toEqual([])
    expect(await unfinished(snapshot([one], ['us-east-1'], units(one, ['us-east-1']).slice(1), 'config'))).toEqual([])
  })
})
