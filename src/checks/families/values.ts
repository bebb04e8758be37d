import { ACCOUNT, REGION, roleArn } from './examples.ts'

/** Values that examples share where a check does not look at them. */
export const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`
export const ROLE = roleArn('worker')
export const IMAGE = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/models:1`
export const NETWORK = { SecurityGroupIds: ['sg-0a1b2c3d4e5f60718'], Subnets: ['subnet-0a1b2c3d4e5f60718'] }
