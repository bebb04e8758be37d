import { lastName } from '../core/arn.ts'

const profile = /^(?:us|eu|apac|global|us-gov|jp|au|ca|sa|me|af)\.(?=[a-z0-9]+\.)/

/** What a model is called wherever it is called from: no ARN, no profile prefix. */
export const modelName = (id: string): string => lastPart(id).replace(profile, '')

/** Whether a model id names a cross-region inference profile. */
export const isProfile = (id: string): boolean => profile.test(lastPart(id))

// a foundation model's version follows a colon (`…-v2:0`), so only an ARN is cut
const lastPart = (id: string): string => (id.startsWith('arn:') ? id.slice(id.lastIndexOf('/') + 1) : id)

/** Provider and line of a model: `anthropic.claude`, `amazon.nova`; an own model is its name. */
export const modelFamily = (model: string): string => /^[a-z0-9]+\.[a-z]+\d*/i.exec(model)?.[0].toLowerCase() ?? lastName(model)

/**
 * Relative price of a call, from the published on-demand price lists by output token, smallest models 1. Only the order of
 * magnitude matters: it weighs a spike. An unknown model counts as a middle one.
 */
export const prices: readonly (readonly [RegExp, number])[] = [
  [/claude.*opus|claude-v1|claude-v2/, 30],
  [/claude.*(?:sonnet|fable|mythos)|nova-premier|llama3-1-405b|mistral-large|command-r-plus|jamba.*large|deepseek\.r1/, 15],
  [/haiku-4|claude.*haiku|nova-pro|llama.*(?:70b|90b)|command-r|mixtral|pixtral/, 5],
  [/haiku|nova-(?:lite|micro)|titan|embed|rerank|instant|llama.*(?:8b|3b|1b)|mistral-7b|gpt-oss-20b/, 1],
]

/** The price class of a model; 5 where it is not known, 0 where there is no model. */
export const modelPrice = (model: string): number =>
  model === '' ? 0 : (prices.find(([pattern]) => pattern.test(model))?.[1] ?? 5)

/** A model of the two dearest classes: what a stolen key is sold for. */
export const dear = 15
