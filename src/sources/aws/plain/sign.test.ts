import { describe, expect, it } from 'vitest'
import { sign } from './sign.ts'

const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const then = new Date('2015-08-30T12:36:00Z')

const signatureOf = (url: string, method: 'GET' | 'POST' = 'GET', headers = {}, body = ''): string =>
  /Signature=(\w+)/.exec(sign({ method, url: new URL(url), headers, body }, 'service', 'us-east-1', keys, then)['authorization']!)![1]!

// the cases of AWS's own test suite for signature version 4
describe('a signature', () => {
  it.each([
    ['get-vanilla', 'https://example.amazonaws.com/', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    ['get-vanilla-query-order-key-case', 'https://example.amazonaws.com/?Param2=value2&Param1=value1', 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500'],
  ])('is that of %s', (_, url, signature) => expect(signatureOf(url)).toBe(signature))

  it('is that of post-vanilla', () => expect(signatureOf('https://example.amazonaws.com/', 'POST')).toBe('5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'))

  it('covers the session token, and does not show the secret', () => {
    const headers = sign({ method: 'GET', url: new URL('https://example.amazonaws.com/'), headers: {}, body: '' }, 'service', 'us-east-1', { ...keys, sessionToken: 'token' }, then)
    expect(headers['authorization']).toContain('SignedHeaders=host;x-amz-date;x-amz-security-token')
    expect(JSON.stringify(headers)).not.toContain(keys.secretAccessKey)
  })
})
