import { describe, expect, it } from 'vitest'
import { ask } from './call.ts'
import { makeLimiter } from './limiter.ts'

describe('the pace of calls', () => {
  it('grows with answers that say that nothing is there, as with others', async () => {
    const limiter = makeLimiter()
    const absent = () => Promise.reject(Object.assign(new Error('no'), { name: 'NoSuchBucketPolicy', $fault: 'client', $metadata: { httpStatusCode: 404 } }))
    const before = limiter.limit
    for (let call = 0; call < 20; call++) await ask({ send: absent, limiter }, 'GetBucketPolicy', {})
    expect(limiter.limit).toBeGreaterThan(before)
  })

  it('is kept where every fifth call is throttled', async () => {
    const limiter = makeLimiter()
    let calls = 0
    const send = () => {
      const name = ++calls % 5 === 0 ? 'SlowDown' : 'NoSuchBucketPolicy'
      return Promise.reject(Object.assign(new Error(name), { name, $fault: 'client', $metadata: { httpStatusCode: name === 'SlowDown' ? 503 : 404 } }))
    }
    await Promise.all(Array.from({ length: 200 }, () => ask({ send, limiter }, 'GetBucketPolicy', {})))
    expect(limiter.limit).toBeGreaterThan(10)
  })
})
