import { readFileSync } from 'node:fs'
import type { AiServices } from '../model/ai-services.ts'

let loaded: AiServices | undefined

/** What tells that a workload uses AI. */
export const aiServices = (): AiServices =>
  (loaded ??= JSON.parse(readFileSync(new URL('../../data/ai-services.json', import.meta.url), 'utf8')) as AiServices)

/** A sign that a workload uses AI: whose, and what says so. */
export interface AiUse { readonly Provider: string, readonly Evidence: string }

/** Signs in the names and values of environment variables. */
export const aiInVariables = (variables: Readonly<Record<string, unknown>>): AiUse[] =>
  Object.entries(variables).flatMap(([name, value]) => [
    ...aiServices().providers.filter(({ variables = [], settings = [] }) => variables.includes(name) || settings.includes(name)).map((provider) => ({ Provider: provider.name, Evidence: `variable ${name}` })),
    ...(typeof value === 'string' ? aiInText(value, `variable ${name}`) : []),
  ])

/** Hosts of AI providers in a text. */
export const aiInText = (text: string, place: string): AiUse[] =>
  aiServices().providers.flatMap(({ name, hosts = [] }) => hosts.filter((host) => holds(text, host)).map((host) => ({ Provider: name, Evidence: `${place} names ${host}` })))

/** A pattern's `*` stands for one part of a name. */
const holds = (text: string, pattern: string): boolean => {
  let at = 0
  for (const part of pattern.split('*')) {
    const found = text.indexOf(part, at)
    if (found < 0 || (at > 0 && found - at > 200)) return false
    at = found + part.length
  }
  return true
}

/** AI software that a container image's name tells of. */
export const aiInImage = (image: string): AiUse[] =>
  aiServices().images.filter(({ images }) => images.some((name) => holds(image, name))).map(({ name }) => ({ Provider: name, Evidence: `image ${image.slice(0, 200)}` }))

/** AI libraries that a layer's name tells of. */
export const aiInLayer = (layer: string): AiUse[] =>
  aiServices().layerWords.filter((word) => new RegExp(`(^|[^a-z])${word}([^a-z]|$)`, 'i').test(layer)).map((word) => ({ Provider: word, Evidence: `layer ${layer}` }))

/** Whether an instance type carries an accelerator that is made for machine learning. */
export const aiInInstanceType = (type: string): AiUse[] => {
  const family = type.replace(/^ml\./, '').split('.')[0] ?? ''
  return Object.entries(aiServices().instanceFamilies).filter(([, families]) => families.includes(family)).map(([kind]) => ({ Provider: `${kind} accelerator`, Evidence: `instance type ${type}` }))
}

/** AI software that a machine image's name tells of. */
export const aiInMachineImage = (name: string): AiUse[] =>
  aiServices().machineImageWords.filter((word) => name.toLowerCase().includes(word.toLowerCase())).slice(0, 1).map((word) => ({ Provider: word, Evidence: `machine image ${name}` }))

/** Software that a script starts or installs, and hosts of AI providers that it names. */
export const aiInScript = (text: string, place: string): AiUse[] => [
  ...servers.filter((word) => text.toLowerCase().includes(word)).map((word) => ({ Provider: word, Evidence: `${place} starts or installs ${word}` })),
  ...aiInText(text, place),
]

const servers = ['ollama', 'vllm', 'tritonserver', 'text-generation-inference', 'jupyter', 'ray start', 'mlflow', 'llama.cpp', 'open-webui', 'litellm']

/** The property that carries signs; nothing where there are none. */
export const aiProperties = (signs: readonly AiUse[]): { readonly BartizanAiUse?: readonly AiUse[] } => {
  const distinct = [...new Map(signs.map((sign) => [`${sign.Provider} ${sign.Evidence}`, sign])).values()]
  return distinct.length === 0 ? {} : { BartizanAiUse: distinct }
}
