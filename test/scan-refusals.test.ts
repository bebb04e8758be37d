import { afterEach, describe, expect, it } from 'vitest'
import { BartizanError } from '../src/core/errors.ts'
import { scanAws } from '../src/sources/aws/scan.ts'
import type { ScanOptions } from '../src/sources/aws/scan.ts'
import { empty } from './aws-endpoint/empty.ts'
import { serve } from './aws-endpoint/endpoint.ts'
import type { Endpoint } from './aws-endpoint/endpoint.ts'
import { accountOf, inEnvironment } from './aws-endpoint/environment.ts'
import { fromFixtures } from './aws-endpoint/fixtures.ts'
import type { Fixture } from './aws-endpoint/fixtures.ts'

const account = '123456789012'

let endpoint: Endpoint | undefined
let restore: (() => void) | undefined

afterEach(async () => {
  restore?.()
  await endpoint?.close()
  endpoint = undefined
})

/** How a scan ends that cannot begin. */
const refusal = async (sts: Readonly<Record<string, Fixture>>, options: ScanOptions = {}, url?: string): Promise<string> => {
  endpoint = await serve(fromFixtures({ ...accountOf(account), sts: { ...accountOf(account).sts, ...sts } }, empty))
  restore = inEnvironment(url ?? endpoint.url)
  const ended: unknown = await Array.fromAsync(scanAws({ regions: ['us-east-1'], only: ['kms'], ...options })).catch((error: unknown) => error)
  return ended instanceof BartizanError ? `${ended.code} ${ended.message}` : `no refusal: ${String(ended)}`
}

describe('a scan that cannot begin says', () => {
  it('that the credentials have expired', async () => {
    expect(await refusal({ GetCallerIdentity: () => ({ error: 'ExpiredToken', message: 'The security token included in the request is expired', status: 403 }) }))
      .toBe('BZ006 the AWS credentials have expired: ExpiredToken: The security token included in the request is expired')
  })

  it('that AWS does not know the credentials', async () => {
    expect(await refusal({ GetCallerIdentity: () => ({ error: 'InvalidClientTokenId', message: 'The security token included in the request is invalid.', status: 403 }) }))
      .toMatch(/^BZ006 sts:GetCallerIdentity did not accept the credentials: InvalidClientTokenId/)
  })

  it('that a role may not be assumed, or is none', async () => {
    const denied = { AssumeRole: () => ({ error: 'AccessDenied', message: 'not authorized to perform: sts:AssumeRole', status: 403 }) }
    expect(await refusal(denied, { roleArn: 'arn:aws:iam::111122223333:role/Scan' })).toBe('BZ006 cannot assume arn:aws:iam::111122223333:role/Scan: AccessDenied: not authorized to perform: sts:AssumeRole')
    restore?.()
    await endpoint?.close()
    expect(await refusal({}, { roleArn: 'Scan' })).toMatch(/^BZ001 "Scan" is not the ARN of a role/)
  })

  it('that a proxy answers in place of AWS', async () => {
    const page = { raw: { status: 200, headers: { 'content-type': 'text/html' }, body: '<html><title>Sign in to the guest network</title></html>' } }
    expect(await refusal({ GetCallerIdentity: () => page })).toMatch(/^BZ014 what answers for the endpoint .* is not AWS: .*Sign in to the guest network/)
  })

  it('that nobody answers, or that the address is none', async () => {
    expect(await refusal({}, {}, 'http://127.0.0.1:9')).toMatch(/^BZ014 the endpoint http:\/\/127\.0\.0\.1:9 \(AWS_ENDPOINT_URL\) does not answer: ECONNREFUSED/)
    restore?.()
    await endpoint?.close()
    expect(await refusal({}, {}, 'localhost')).toBe('BZ014 AWS_ENDPOINT_URL is "localhost", which is no URL')
  })

  it('that a region is off, with the name that was perhaps meant', async () => {
    expect(await refusal({}, { regions: ['us-esat-1'] })).toBe('BZ014 account 123456789012 has not turned on us-esat-1; did you mean "us-east-1"?')
    restore?.()
    await endpoint?.close()
    expect(await refusal({}, { regions: ['eu-south-2'] })).toBe('BZ014 account 123456789012 has not turned on eu-south-2')
  })
})
