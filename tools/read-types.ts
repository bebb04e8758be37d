import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import type { SchemaSet } from '../src/model/type-schema.ts'

/** Where the generated types stand. */
export const typesFile = fileURLToPath(new URL('../src/model/types.gen.ts', import.meta.url))

/** The resource types' schemas, as data/ holds them. */
export const readTypes = (): SchemaSet =>
  JSON.parse(gunzipSync(readFileSync(new URL('../data/types.json.gz', import.meta.url))).toString()) as SchemaSet
