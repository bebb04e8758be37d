import type { Answering, Reply } from './endpoint.ts'
import { pageFrom } from './pages.ts'
import type { Asked } from './route.ts'

type Output = Readonly<Record<string, unknown>>

/** What an operation answers: its output, or a function that decides for each call; undefined passes the call on. */
export type Fixture = Output | ((asked: Asked & { readonly nth: number }) => Reply | Output | undefined)

/** Fixtures by botocore's service name and operation: `{sagemaker: {ListModels: {Models: […]}}}`. */
export type Fixtures = Readonly<Record<string, Readonly<Record<string, Fixture>>>>

/** Answers from fixtures, lists in pages of `pageSize`; what has none meets `otherwise`. */
export const fromFixtures = (fixtures: Fixtures, otherwise: Answering = refuse, pageSize = 100): Answering => (asked) => {
  const fixture = fixtures[asked.service.name]?.[asked.operation]
  const reply = typeof fixture === 'function' ? fixture(asked) : fixture
  if (reply === undefined) return otherwise(asked)
  return isReply(reply) ? reply : { output: pageFrom(asked, reply, pageSize) }
}

const isReply = (value: Reply | Output): value is Reply => ['output', 'error', 'raw', 'reset'].some((kind) => kind in value)

const refuse: Answering = ({ service, operation }) => ({ error: 'FixtureException', message: `no fixture for ${service.name}:${operation}` })
