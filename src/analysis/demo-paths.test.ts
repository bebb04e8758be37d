import { expect, test } from 'vitest'
import { isOwn } from '../attack/path.ts'
import { buildEstate } from '../graph/estate.ts'
import { demoSnapshot } from './demo.ts'
import { facts } from './facts.ts'
import { findPaths } from './paths.ts'

const paths = (await findPaths(buildEstate(demoSnapshot(), await facts()))).filter(isOwn)
const told = ({ entry, target }: (typeof paths)[number]) => `${entry.title} ${target.harm}`

/** What the flaws of the sample estate lead to for certain. */
const sure = [
  'the internet poisons what support-answers retrieves',
  'the internet reads what support-answers holds',
  'the internet tells agent support-agent what to do',
  'the internet uses support-refunds, a tool of agents',
  'the internet uses the models behind Ollama on gpu-research',
  'the internet uses the tools behind claims-tools',
  'account 444455556666 tampers with what fraud-train-2026-10 learns',
  'text published on https://forum.larkspur.example poisons what support-answers retrieves',
  'text published on https://forum.larkspur.example tells agent support-agent what to do',
  'the leaked key of BedrockAPIKey-l4rk removes guardrail support',
  'the leaked key of BedrockAPIKey-l4rk runs models at the account’s expense',
  'the leaked key of dana takes over account 111122223333',
]

/** Dana's key hands roles to a notebook: what those may do besides is no other flaw. */
const byNotebook = (path: (typeof paths)[number]): boolean => path.entry.title === 'the leaked key of dana' && path.steps[0]!.step === 'AI-sm-nb-url-new'

test('the sample estate has its paths and, for certain, no others', () => {
  const certain = paths.filter((path) => path.conditions.length === 0 && (!byNotebook(path) || path.target.type === 'account'))
  expect(certain.map(told).sort()).toEqual([...sure].sort())
  expect(new Set(certain.map(({ pillar }) => pillar))).toEqual(new Set(['data', 'access', 'applications']))
})

test('models are reached too: by the role that a notebook gets, and if Jupyter asks for nothing', () => {
  expect(paths.filter(byNotebook).map(({ target }) => target.harm)).toEqual(expect.arrayContaining(['steals the weights of fraud-v7', 'decides what fraud answers']))
  const open = paths.filter(({ conditions }) => conditions.length > 0)
  expect(new Set(open.flatMap(({ conditions }) => conditions))).toEqual(new Set(['that Jupyter on gpu-research asks for no password or token']))
  expect(open.map(({ pillar }) => pillar)).toContain('models')
})

test('no twin of a flaw is told of: what the sample estate keeps closed is no way in', () => {
  for (const { steps } of paths) expect(steps.every(({ permissions, facts: known, actor }) => known.length > 0 || (actor !== undefined && permissions.length > 0))).toBe(true)
})
