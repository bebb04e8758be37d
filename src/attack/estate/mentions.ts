import { placesAt } from '../../core/pointer.ts'
import type { Estate } from '../../graph/estate.ts'

/** A workload that names something, and where. */
export interface Mention { readonly workload: number, readonly pointer: string }

/** Where workloads say in plain text what they use. */
const places: Readonly<Record<string, readonly string[]>> = {
  'AWS::Lambda::Function': ['Environment/Variables/*'],
  'AWS::ECS::TaskDefinition': ['ContainerDefinitions/*/Environment/*/Value'],
  'AWS::AppRunner::Service': ['SourceConfiguration/ImageRepository/ImageConfiguration/RuntimeEnvironmentVariables/*/Value'],
  'AWS::StepFunctions::StateMachine': ['DefinitionString', 'Definition/States/*/Parameters/*', 'Definition/States/*/Arguments/*'],
  'AWS::BedrockAgentCore::Runtime': ['EnvironmentVariables/*'],
  'AWS::BedrockAgentCore::Harness': ['EnvironmentVariables/*'],
  'AWS::CodeBuild::Project': ['Environment/EnvironmentVariables/*/Value'],
  'AWS::Glue::Job': ['DefaultArguments/*'],
  'AWS::Batch::JobDefinition': ['ContainerProperties/Environment/*/Value'],
}

/** Finds the workloads whose variables hold a word: an id, an ARN, or a part of one. */
export const mentionsOf = (estate: Estate, types: readonly string[]): ((word: string) => readonly Mention[]) => {
  let index: Map<string, Mention[]> | undefined
  return (word) => (index ??= indexOf(estate, types)).get(word) ?? []
}

const indexOf = (estate: Estate, types: readonly string[]): Map<string, Mention[]> => {
  const index = new Map<string, Mention[]>()
  for (const type of types) {
    for (const workload of places[type] === undefined ? [] : estate.ofType(type)) {
      const { properties } = estate.resource(workload)
      const said = places[type]!.flatMap((place) => placesAt(properties, place))
      for (const { value, pointer } of said) {
        if (typeof value !== 'string') continue
        for (const word of wordsIn(value)) index.set(word, [...index.get(word) ?? [], { workload, pointer }])
      }
    }
  }
  return index
}

/** A text's words, and the parts of those that are ARNs or paths. */
const wordsIn = (text: string): ReadonlySet<string> => {
  const words = text.split(/[\s"',;=()[\]{}<>]+/).filter((word) => word !== '')
  return new Set([...words, ...words.flatMap((word) => word.split(/[/:]/))].filter((word) => word.length > 5))
}
