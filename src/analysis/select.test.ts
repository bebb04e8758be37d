import { describe, expect, it } from 'vitest'
import type { Check } from '../checks/check.ts'
import type { Finding } from '../model/finding.ts'
import { select } from './select.ts'
import type { Selection } from './select.ts'

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

  it('takes checks by any tool\'s name for them, and refuses names that nothing has', () => {
    const checks = [['a', 'AWS::S3::Bucket', 'securityhub:S3.1'], ['b', 'AWS::Lambda::Function', 'prowler:b_b']].map(([id, on, alias]) => ({ id, on, also: [alias], risk: 'weak-iam' }) as unknown as Check)
    const ids = (selection: Selection) => select(checks, selection).checks.map(({ id }) => id)
    expect([ids({ checks: ['S3.1'] }), ids({ skipChecks: ['prowler:b_b'] }), ids({ services: ['Lambda'] })]).toEqual([['a'], ['a'], ['b']])
    expect(() => ids({ services: ['lamdba'] })).toThrow('did you mean "lambda"')
    expect(() => ids({ checks: ['S3.2'] })).toThrow('There is no check "S3.2"')
  })

  it('takes no tag for there because objects have it', () => {
    expect(select([], { tags: ['constructor'] }).wanted(finding('global'))).toBe(false)
  })
})
