import { describe, expect, it } from 'vitest'
import type { Finding } from '../model/finding.ts'
import { select } from './select.ts'

const finding = (region: string): Finding => ({ account: '111122223333', region, tags: { team: 'ml' } }) as unknown as Finding

describe('select', () => {
  it('keeps what is global in every region', () => {
    const { wanted } = select([], { regions: ['us-east-1'] })
    expect(['us-east-1', 'global', 'eu-west-1'].map((region) => wanted(finding(region)))).toEqual([true, true, false])
  })

  it('asks for tags by key, or by key and value', () => {
    const keeps = (tags: readonly string[]) => select([], { tags }).wanted(finding('global'))
    expect([keeps(['team']), keeps(['team=ml']), keeps(['team=web']), keeps(['owner'])]).toEqual([true, true, false, false])
  })
})
