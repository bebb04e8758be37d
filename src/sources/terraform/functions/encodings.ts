import { createHash } from 'node:crypto'
import { parse } from 'yaml'
import { unknown } from '../../../core/unknown.ts'
import { failure } from '../expression/scope.ts'
import { items, text } from './value.ts'
import type { Functions } from './value.ts'

const attempt = (work: () => unknown, what: string): unknown => {
  try {
    return work()
  } catch {
    return failure(`it is not ${what}`)
  }
}

const hashed = (kind: string, form: 'hex' | 'base64') => ([value]: readonly unknown[]) => createHash(kind).update(text(value)).digest(form)

/** Functions that encode, decode, hash and convert. */
export const encodingFunctions: Functions = {
  jsondecode: ([value]) => attempt(() => JSON.parse(text(value)), 'JSON'),
  yamldecode: ([value]) => attempt(() => parse(text(value), { maxAliasCount: 100, logLevel: 'error' }), 'YAML'),
  yamlencode: ([value]) => JSON.stringify(value),
  csvdecode: ([value]) => {
    if (text(value).includes('"')) return unknown('quoted CSV is not read')
    const [head = '', ...rows] = text(value).trim().split(/\r?\n/)
    return rows.map((row) => Object.fromEntries(head.split(',').map((name, index) => [name, row.split(',')[index] ?? ''])))
  },
  base64encode: ([value]) => Buffer.from(text(value)).toString('base64'),
  base64decode: ([value]) => Buffer.from(text(value), 'base64').toString('utf8'),
  textencodebase64: ([value]) => Buffer.from(text(value)).toString('base64'),
  textdecodebase64: ([value]) => Buffer.from(text(value), 'base64').toString('utf8'),
  urlencode: ([value]) => encodeURIComponent(text(value)),
  md5: hashed('md5', 'hex'),
  sha1: hashed('sha1', 'hex'),
  sha256: hashed('sha256', 'hex'),
  sha512: hashed('sha512', 'hex'),
  base64sha256: hashed('sha256', 'base64'),
  base64sha512: hashed('sha512', 'base64'),
  tonumber: ([value]) => (value === null ? null : Number.isNaN(Number(value)) || value === '' ? failure('it is not a number') : Number(value)),
  tostring: ([value]) => (value === null ? null : text(value)),
  tobool: ([value]) => (value === null ? null : value === true || value === 'true' ? true : value === false || value === 'false' ? false : failure('it is neither true nor false')),
  type: ([value]) => (Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value === 'boolean' ? 'bool' : typeof value),
  'provider::aws::arn_build': (parts) => `arn:${parts.map(text).join(':')}`,
  'provider::aws::arn_parse': ([arn]) => {
    const [, partition = '', service = '', region = '', account = '', ...resource] = text(arn).split(':')
    return { partition, service, region, account_id: account, resource: resource.join(':') }
  },
  'provider::aws::trim_iam_role_path': ([arn]) => text(arn).replace(/:role\/.*\//, ':role/'),
  arn: (parts) => items(parts).map(text).join(':'),
}
