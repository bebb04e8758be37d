import { placesAt } from '../core/pointer.ts'
import { aiInImage, aiInInstanceType, aiInLayer, aiInMachineImage, aiInScript, aiInText, aiInVariables, aiProperties } from './ai-use.ts'
import type { AiUse } from './ai-use.ts'
import { aiInPackage, namedPackages } from './code/packages.ts'
import { scriptText } from './scripts.ts'

type Values = Readonly<Record<string, unknown>>

/** What a value at a place of a workload tells of AI. */
type Look = (value: unknown) => AiUse[]

const ofText = (look: (text: string) => AiUse[]): Look => (value) => (typeof value === 'string' ? look(value) : [])

const address = ofText((url) => aiInText(url, 'address'))
const image = ofText(aiInImage)
const layer = ofText(aiInLayer)
const instanceType = ofText(aiInInstanceType)
const machineImage = ofText(aiInMachineImage)

const script = ofText((content) => aiInScript(scriptText(content), 'user data'))

/** Code that a template holds itself: no file name tells its language. */
const inlineCode = ofText((code) => [...['index.py', 'index.js'].flatMap((path) => namedPackages(path, code)).flatMap((name) => aiInPackage(name, 'inline code')), ...aiInText(code, 'inline code')])

/** A map of variables, or a list of pairs; of a list of secrets only the names tell. */
const variables: Look = (value) => {
  if (Array.isArray(value)) return aiInVariables(Object.fromEntries((value as (Values | null)[]).map((pair) => [String(pair?.['Name']), pair?.['Value'] ?? ''])))
  return typeof value === 'object' && value !== null ? aiInVariables(value as Values) : []
}

/** A secret's name in the spelling of a variable: `prod/openai-api-key` has `OPENAI_API_KEY` in it. */
const secretName = ofText((name) => aiInVariables(Object.fromEntries(name.split(/[/.]/).map((part) => [part.toUpperCase().replaceAll('-', '_'), '']))))

const runner = 'SourceConfiguration/ImageRepository'
const container = [['Image', image], ['Environment', variables], ['Secrets', variables]] as const

const under = (base: string, looks: readonly (readonly [string, Look])[]) => looks.map(([pointer, look]) => [`${base}/${pointer}`, look] as const)

/** Where workloads that need not be AI say what they run, in CloudFormation's shape. */
const places: Readonly<Record<string, readonly (readonly [pointer: string, look: Look])[]>> = {
  'AWS::Lambda::Function': [['Environment/Variables', variables], ['Layers/*', layer], ['Code/ImageUri', image], ['Code/ZipFile', inlineCode]],
  'AWS::ECS::TaskDefinition': under('ContainerDefinitions/*', container),
  'AWS::Batch::JobDefinition': under('ContainerProperties', container),
  'AWS::Batch::ComputeEnvironment': [['ComputeResources/InstanceTypes/*', instanceType]],
  'AWS::CodeBuild::Project': under('Environment', [['Image', image], ['EnvironmentVariables', variables]]),
  'AWS::AppRunner::Service': [
    [`${runner}/ImageIdentifier`, image], [`${runner}/ImageConfiguration/RuntimeEnvironmentVariables`, variables], [`${runner}/ImageConfiguration/RuntimeEnvironmentSecrets`, variables],
    ...under('SourceConfiguration/CodeRepository/CodeConfiguration/CodeConfigurationValues', [['RuntimeEnvironmentVariables', variables], ['RuntimeEnvironmentSecrets', variables]]),
  ],
  'AWS::Events::ApiDestination': [['InvocationEndpoint', address]],
  'AWS::Amplify::App': [['EnvironmentVariables', variables]],
  'AWS::EC2::Instance': [['InstanceType', instanceType], ['UserData', script]],
  'AWS::EC2::LaunchTemplate': under('LaunchTemplateData', [['InstanceType', instanceType], ['UserData', script]]),
  'AWS::EC2::Image': [['Name', machineImage]],
  'AWS::EKS::Nodegroup': [['InstanceTypes/*', instanceType]],
  'AWS::ECR::Repository': [['RepositoryName', image]],
  'AWS::SecretsManager::Secret': [['Name', secretName]],
  'AWS::SSM::Parameter': [['Name', secretName]],
}

/** A resource's properties with the signs of AI use that they show beside those that its source found otherwise, as `BartizanAiUse`. */
export const withAiUse = (type: string, properties: Values): Values => {
  const looks = Object.hasOwn(places, type) ? places[type]! : []
  const found = looks.flatMap(([pointer, look]) => placesAt(properties, pointer).flatMap(({ value }) => look(value)))
  if (found.length === 0) return properties
  return { ...properties, ...aiProperties([...(properties['BartizanAiUse'] ?? []) as readonly AiUse[], ...found]) }
}
