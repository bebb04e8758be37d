import { describe, expect, test } from 'vitest'
import { settle, throwUnknown } from '../../core/unknown.ts'
import type { EstateView, Grantee } from '../../graph/view.ts'
import { isOpen, isPublic } from './outside.ts'

const grantee = (kind: Grantee['kind'], account: string, conditions: readonly string[] = []): Grantee => ({ principal: account, kind, account, conditions })

const hidden: Grantee = {
  principal: '*', kind: 'anyone', conditions: [],
  get account() {
    return throwUnknown('the principal is not known')
  },
}

const estate = (grantees: readonly Grantee[]) => ({
  outsiders: () => grantees, isOurs: (account: string) => account === '111122223333',
}) as unknown as EstateView

const open = (...of: Parameters<typeof estate>) => settle(() => isOpen(estate(...of), ['s3:GetObject'], 'arn:aws:s3:::place/*'))
const everyone = (...of: Parameters<typeof estate>) => settle(() => isPublic(estate(...of), ['s3:GetObject'], 'arn:aws:s3:::place/*'))

describe('who stands outside', () => {
  test('is anyone, or an account that is not ours', () => {
    expect(open([grantee('anyone', '')])).toEqual({ truth: true })
    expect(open([grantee('role', '999988887777')])).toEqual({ truth: true })
  })
  test('is neither our own role nor an AWS service', () => {
    expect(open([grantee('role', '111122223333'), grantee('service', '')])).toEqual({ truth: false })
  })
  test('is not anyone behind a condition of the environment', () => {
    expect(open([grantee('anyone', '', ['only from vpce-1'])])).toEqual({ truth: false })
    expect(everyone([grantee('anyone', '', ['only from vpce-1'])])).toEqual({ truth: false })
  })
  test('is unknown where a principal is not known, unless somebody is sure', () => {
    expect(open([hidden])).toEqual({ truth: 'unknown', reason: 'the principal is not known' })
    expect(open([hidden, grantee('root', '999988887777')])).toEqual({ truth: true })
  })
  test('is public only where anyone is meant', () => {
    expect(everyone([grantee('root', '999988887777')])).toEqual({ truth: false })
    expect(everyone([grantee('anyone', '')])).toEqual({ truth: true })
  })
})
