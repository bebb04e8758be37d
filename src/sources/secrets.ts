import { createHash, randomBytes } from 'node:crypto'
import { secretKind, textKinds } from './secret-kinds.ts'

/** A secret that was found where none belongs: its kind, the pointer of the place, and a hash that tells equal ones apart from others. */
export interface FoundSecret { readonly kind: string, readonly place: string, readonly hash: string }

/** Unless a folder of scans has one, hashes mean nothing outside this run: nobody can try candidates against a snapshot. */
let salt: Buffer = randomBytes(16)

/** Makes the hashes of this run comparable with those of every other run that has this salt. */
export const saltHashes = (given: Buffer): void => {
  salt = given
}

const hashOf = (secret: string): string => createHash('sha256').update(salt).update(secret).digest('hex').slice(0, 16)

/** Secrets in a text: keys of known forms, private keys, assignments to names that mean a secret. */
export const foundSecrets = (text: string, place: string): FoundSecret[] =>
  textKinds(text).map(({ kind, secret }) => ({ kind, place, hash: hashOf(secret) }))

interface Sweep { readonly found: FoundSecret[] }

type Values = Readonly<Record<string, unknown>>

/**
 * Properties with every secret in them replaced by what kind it is; `BartizanSecrets` lists them. A snapshot never holds the
 * secret itself.
 */
export const withoutSecrets = (properties: Values): Values => {
  const sweep: Sweep = { found: [] }
  const clean = sweepValue(sweep, properties, '', undefined) as Values
  if (sweep.found.length === 0) return clean
  const known = (clean['BartizanSecrets'] ?? []) as object[]
  return { ...clean, BartizanSecrets: [...known, ...sweep.found.map(({ kind, place, hash }) => ({ Kind: kind, Place: place, Hash: hash }))] }
}

/** Maps and lists of pairs whose names a customer chose: there a telling name makes its value a secret. */
const settings = /^(variables|environment|environmentvariables|environmentvariablesoverride|hyperparameters|statichyperparameters|defaultarguments|nonoverridablearguments|parameters|connectionproperties|env|settings|userdata)$/i

const sweepValue = (sweep: Sweep, value: unknown, place: string, name: string | undefined): unknown => {
  if (typeof value === 'string') return sweepText(sweep, value, place, name)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((inner, at) => sweepValue(sweep, inner, `${place}/${at}`, undefined))
  return Object.fromEntries(Object.entries(value as Values).map(([key, inner]) =>
    [key, sweepValue(sweep, inner, place === '' ? key : `${place}/${key}`, telling(value as Values, key, place))]))
}

/** The customer's name of a value: its key in a map of settings, or the `Name` beside it in a list of pairs. */
const telling = (holder: Values, key: string, place: string): string | undefined => {
  if (key === 'Value') return typeof holder['Name'] === 'string' ? holder['Name'] : undefined
  return settings.test(place.slice(place.lastIndexOf('/') + 1)) ? key : undefined
}

/** The script in a text of base64, as user data and lifecycle scripts are given; undefined where there is none. */
const scriptIn = (text: string): string | undefined => {
  if (text.length < 24 || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined
  const script = Buffer.from(text, 'base64').toString('utf8')
  return /^[\t\n\r\x20-\x7e]+$/.test(script) ? `${script}\n` : undefined
}

const sweepText = (sweep: Sweep, text: string, place: string, name: string | undefined): string => {
  if (text.length < 8 || text.startsWith('arn:') || text.startsWith('«')) return text
  const ofName = name === undefined ? undefined : secretKind(name, text)
  if (ofName !== undefined) {
    sweep.found.push({ kind: ofName, place, hash: hashOf(text) })
    return `«secret: ${ofName}»`
  }
  const script = scriptIn(text)
  if (script !== undefined) {
    const kinds = textKinds(script)
    for (const { kind, secret } of kinds) sweep.found.push({ kind, place, hash: hashOf(secret) })
    return kinds.length === 0 ? text : `«script: ${script.length} characters»`
  }
  let clean = text
  for (const { kind, secret } of textKinds(text)) {
    // an access key's id is its name, a secret only by what stands beside it
    if (secret === text && kind === 'aws-access-key-id' && name === undefined) continue
    sweep.found.push({ kind, place, hash: hashOf(secret) })
    clean = clean.replaceAll(secret, `«secret: ${kind}»`)
  }
  return clean
}
