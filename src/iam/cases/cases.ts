import { readdirSync, readFileSync } from 'node:fs'
import type { Catalogue } from '../catalogue.ts'
import type { IamInput, Request, Verdict } from '../model.ts'

/** A decision that AWS's documentation settles, with the sentence that it stands on. */
export interface Case {
  readonly id: string
  readonly description: string
  readonly expected: Verdict
  readonly source: { readonly page: string, readonly sentence: string }
  readonly input: IamInput
  readonly request: Request
  readonly catalogue?: Catalogue
}

/** The cases of each topic, by the name of its file. */
export const topics = (): ReadonlyMap<string, readonly Case[]> => {
  const names = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.json')).sort()
  return new Map(names.map((name) => [name.replace('.json', ''), read(name)]))
}

const read = (name: string): readonly Case[] => JSON.parse(readFileSync(`${import.meta.dirname}/${name}`, 'utf8')) as Case[]
