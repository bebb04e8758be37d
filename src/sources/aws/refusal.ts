import { BartizanError } from '../../core/errors.ts'
import { nearest } from '../../core/text.ts'
import type { Failure } from './failure.ts'
import { regionNames } from './region-names.ts'

/** Why nothing can be scanned, when the first call of all failed, with what to do about it. */
export const refusalOf = ({ kind, name, reason }: Failure, region: string): BartizanError => {
  const endpoint = process.env['AWS_ENDPOINT_URL']
  const profile = process.env['AWS_PROFILE']
  const where = endpoint === undefined ? `STS in ${region}` : `the endpoint ${endpoint} (AWS_ENDPOINT_URL)`
  if (endpoint !== undefined && !URL.canParse(endpoint)) return new BartizanError('BZ014', `AWS_ENDPOINT_URL is "${endpoint}", which is no URL`)
  if (/region not accepted/i.test(reason)) return new BartizanError('BZ014', `there is no region "${region}"${region.includes(',') ? '; give each region a --region of its own' : hint(region)}`)
  if (kind === 'elsewhere') return new BartizanError('BZ014', regionNames.includes(region) || endpoint !== undefined ? `${where} has no address here: its name cannot be resolved` : `there is no region "${region}"${hint(region)}`)
  if (kind === 'down') return new BartizanError('BZ014', `${where} does not answer: ${reason}`)
  if (kind === 'foreign') return new BartizanError('BZ014', `what answers for ${where} is not AWS: ${reason}`)
  if (/could not load credentials|could not resolve credentials/i.test(reason)) {
    return new BartizanError('BZ006', profile === undefined ? 'there are no AWS credentials: none in the environment, in a profile, or from a role of this machine' : `there are no AWS credentials in the profile "${profile}" (AWS_PROFILE)`)
  }
  if (name === 'BartizanError') return new BartizanError('BZ006', reason.replace(/^BartizanError: /, ''))
  if (name.startsWith('ExpiredToken')) return new BartizanError('BZ006', `the AWS credentials have expired: ${reason}`)
  return new BartizanError('BZ006', `sts:GetCallerIdentity did not accept the credentials: ${reason}`)
}

/** The region whose name is nearest to a misspelt one: `; did you mean "us-east-1"?`. */
export const hint = (region: string): string => {
  const close = regionNames.includes(region) ? undefined : nearest(region, regionNames)
  return close === undefined ? '' : `; did you mean "${close}"?`
}
