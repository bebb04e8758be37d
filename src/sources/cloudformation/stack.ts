import { isUnknown, unknown } from '../../core/unknown.ts'
import type { Gap } from '../../core/gap.ts'
import { partitionOf } from '../../core/arn.ts'
import { identify } from '../../model/identify.ts'
import type { Identity } from '../../model/identify.ts'
import type { Location, Resource } from '../../model/resource.ts'
import { tagsIn } from '../../model/tags.ts'
import { identifierOf, withIdentifier, withLastPart } from '../identifier.ts'
import { fit, schemaOf } from '../shape.ts'
import { condition, evaluate } from './evaluate.ts'
import { expandLoops } from './foreach.ts'
import { expandIncludes } from './includes.ts'
import { ignoreComments, ignoreMetadata, ignoresBetween } from '../ignores.ts'
import { parameterValues } from './parameters.ts'
import type { ParsedFile } from './parse.ts'
import { expandServerless } from './sam.ts'
import { stackOutput } from './scope.ts'
import type { Scope } from './scope.ts'

/** Where a stack is taken to be deployed, and what is known of its surroundings. */
export interface StackOptions {
  readonly stack: string
  readonly account: string
  readonly region: string
  /** Values given for parameters; they win over defaults. */
  readonly parameters: Readonly<Record<string, unknown>>
  imported(name: string): unknown
  /** What stands for the name of a resource that AWS will name; its logical id where nothing is said. */
  label?(logicalId: string): string
  /** What a local file holds that `AWS::Include` names; undefined where it is not here. */
  include?(location: string): unknown
  /** The outputs of a nested stack, by logical id. */
  /** The line of the program that made a resource, where it is told. */
  sourceOf?(logicalId: string, construct: unknown): Location | undefined
  nested?(logicalId: string, templateUrl: unknown, parameters: Readonly<Record<string, unknown>>, asset: unknown): Readonly<Record<string, unknown>> | undefined
}

/** What a template comes to: its resources, what it exports, and what could not be resolved. */
export interface Stack {
  readonly resources: readonly Resource[]
  readonly outputs: Readonly<Record<string, unknown>>
  readonly exports: Readonly<Record<string, unknown>>
  readonly gaps: readonly Gap[]
}

interface Definition { readonly Type?: unknown, readonly Properties?: unknown, readonly Condition?: unknown, readonly Metadata?: unknown }

type Section = Readonly<Record<string, unknown>>

const section = (template: Section, name: string): Section => {
  const value = template[name]
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Section : {}
}

/** Transforms of AWS that are written out here, or that change no resource. */
const transforms = /^AWS::(Serverless-|LanguageExtensions$|Include$|CodeDeployBlueGreen$|SecretsManager-|ServiceCatalog$|CloudFormation::)/

const nameMacros = (transform: unknown, missing: (what: string, reason: string) => void): void => {
  for (const each of Array.isArray(transform) ? transform as unknown[] : [transform]) {
    const name = typeof each === 'string' ? each : (each as { Name?: unknown } | null | undefined)?.Name
    if (typeof name === 'string' && !transforms.test(name)) missing(`transform ${name}`, 'what it makes is known only when deployed')
  }
}

/** Resolves a template into resources with CloudFormation's own types and shapes. */
export const resolveStack = (parsed: ParsedFile, options: StackOptions): Stack => {
  const { account, region, stack } = options
  const gaps: Gap[] = []
  const missing = (what: string, reason: string) => gaps.push({ account, region, operation: `${parsed.file}: ${what}`, reason })
  const template = expandIncludes(parsed.value, (location) => options.include?.(location), (location) => missing(`include ${location}`, 'it is not a file beside the template')) as Section
  nameMacros(template['Transform'], missing)
  const base = {
    stack, account, region, partition: partitionOf(region),
    parameters: parameterValues(section(template, 'Parameters'), options.parameters),
    mappings: section(template, 'Mappings'),
    conditions: {} as Section,
    held: new Map<string, boolean | 'unknown'>(),
    imported: options.imported,
  }
  const unresolved: Scope = { ...base, reference: () => undefined, attribute: () => undefined }
  const origins = new Map<string, string>()
  const expanded = (name: string, onMade?: (made: string, source: string) => void): Section =>
    expandLoops(section(template, name), unresolved, { onUnknown: missing, ...onMade === undefined ? {} : { onMade } }, name) as Section
  base.conditions = expanded('Conditions')
  const looped = expanded('Resources', (made, source) => origins.set(made, source))
  const definitions = expandServerless(looped, template['Globals'], (made, from) => origins.set(made, origins.get(from) ?? `Resources/${from}`)) as Readonly<Record<string, Definition>>

  const identities = new Map<string, Identity | undefined>()
  const nestedOutputs = new Map<string, Section | undefined>()

  const scope: Scope = {
    ...base,
    reference(id) {
      const definition = definitions[id]
      if (definition === undefined) return undefined
      const identity = identityOf(id)
      return identity === undefined ? unknown('it refers to itself') : identifierOf(String(definition.Type), identity, scope)
    },
    attribute(id, name) {
      const definition = definitions[id]
      if (definition === undefined) return undefined
      if (name.startsWith('Outputs.')) return outputsOf(id)?.[name.slice('Outputs.'.length)]
      if (isOwnProperty(definition, name)) return ownValue(id, name)
      const identity = identityOf(id)
      if (identity === undefined) return undefined
      const [, stem = '', ending] = /^(.*?)(Arn|ARN|Name|Id)$/.exec(name) ?? []
      if (ending === undefined || !isAbout(stem, String(definition.Type))) return undefined
      return ending.toLowerCase() === 'arn' ? identity.arn : identity.name
    },
  }

  /** Each property that others ask for is worked out once; one that asks for itself is unknown. */
  const values = new Map<string, { value: unknown }>()
  const ownValue = (id: string, name: string): unknown => {
    const found = values.get(`${id}.${name}`)
    if (found !== undefined) return found.value
    const entry: { value: unknown } = { value: unknown(`${id}.${name} refers to itself`) }
    values.set(`${id}.${name}`, entry)
    entry.value = evaluate((definitions[id]!.Properties as Section)[name], scope)
    return entry.value
  }

  /** The outputs of a nested stack, read when they are first asked for. */
  const outputsOf = (id: string): Section | undefined => {
    if (nestedOutputs.has(id)) return nestedOutputs.get(id)
    nestedOutputs.set(id, undefined)
    const { TemplateURL: url, Parameters: given } = (definitions[id]?.Properties ?? {}) as Section
    const { 'aws:asset:path': asset } = (definitions[id]?.Metadata ?? {}) as Section
    nestedOutputs.set(id, options.nested?.(id, evaluate(url, scope), (evaluate(given ?? {}, scope) ?? {}) as Section, asset))
    return nestedOutputs.get(id)
  }

  /** What a resource is called, found from its naming properties alone, so that two may name each other. */
  const identityOf = (id: string): Identity | undefined => {
    if (identities.has(id)) return identities.get(id)
    identities.set(id, undefined)
    const { Type: type, Properties: properties } = definitions[id]!
    const schema = schemaOf(String(type))
    const naming = Object.entries((properties ?? {}) as Section).filter(([name]) => /Name$|Id$|^Path$|Identifier$|Arn$/.test(name) && !schema?.readOnly.includes(name))
    const resolved = Object.fromEntries(naming.map(([name, value]) => [name, evaluate(value, scope)]).filter(([, value]) => typeof value === 'string'))
    const label = options.label?.(id) ?? id
    const identity = identify(String(type), schema, withLastPart(String(type), own(schema?.id ?? [], resolved), label), { account, region }, label)
    identities.set(id, identity)
    return identity
  }

  const comments = ignoreComments(parsed.text)
  const lines = parsed.text.split('\n')
  const starts = Object.keys(section(template, 'Resources')).map((id) => parsed.lines.get(`Resources/${id}`) ?? Infinity).sort((a, b) => a - b)

  const resources = Object.entries(definitions).flatMap(([id, definition]): Resource[] => {
    if (typeof definition !== 'object' || definition === null || typeof definition.Type !== 'string') return []
    if (definition.Condition !== undefined && condition(definition.Condition, scope) === false) return []
    if (definition.Type === 'AWS::CloudFormation::Stack' && outputsOf(id) === undefined) missing(`nested stack ${id}`, 'its template is not a file here')
    if (definition.Type.startsWith('AWS::Serverless::')) missing(`resource ${id}`, `what the transform makes of ${definition.Type} is not written out`)
    if (definition.Type.endsWith('::MODULE')) missing(`module ${id}`, `${definition.Type} is in a registry, not here`)
    const origin = origins.get(id) ?? `Resources/${id}`
    const placed: Record<string, number> = {}
    const columns: Record<string, number> = {}
    const onPlace = (result: string, source: string) => {
      const line = parsed.lines.get(source)
      if (line === undefined) return
      placed[result] = line
      columns[result] = parsed.columns.get(source)!
    }
    const raw = evaluate(definition.Properties ?? {}, scope, `${origin}/Properties`, '', onPlace)
    const whole = isUnknown(raw) || typeof raw !== 'object' || raw === null
    const identity: Pick<Identity, 'name' | 'arn'> = identityOf(id) ?? { name: id }
    const properties = whole ? {} : withIdentifier(definition.Type, fit(definition.Type, raw as Section), identity, { account, region })
    const { name, arn } = identity
    const [line, column] = [parsed.lines.get(origin), parsed.columns.get(origin)]
    const next = starts.find((start) => line !== undefined && start > line && start < Infinity)
    const ignores = [...ignoreMetadata(definition.Metadata), ...line === undefined ? [] : ignoresBetween(comments, line, next, lines)]
    const construct = (definition.Metadata as { 'aws:cdk:path'?: unknown } | undefined)?.['aws:cdk:path']
    const written = options.sourceOf?.(id, typeof construct === 'string' ? construct.replace(/\/Resource$/, '') : undefined) ?? options.sourceOf?.(id, construct)
    return [{
      type: definition.Type, id: `${stack}/${id}`, account, region, name,
      ...arn === undefined ? {} : { arn },
      tags: tagsIn(properties),
      properties,
      ...whole ? { partial: isUnknown(raw) ? raw.$unknown : 'its properties are not an object' } : {},
      location: { ...written ?? { file: parsed.file, ...line === undefined ? {} : { line, ...column === undefined ? {} : { column } } }, ...typeof construct === 'string' ? { path: construct } : written === undefined ? {} : { path: id } },
      ...written === undefined ? { lines: placed, columns } : {},
      ...ignores.length === 0 ? {} : { ignores },
    }]
  })

  const outputs: Record<string, unknown> = {}
  const exports: Record<string, unknown> = {}
  for (const [name, output] of Object.entries(expanded('Outputs'))) {
    const { Value: value, Export: exported } = (output ?? {}) as { Value?: unknown, Export?: { Name?: unknown } }
    outputs[name] = evaluate(value, scope)
    for (const named of new Set([stack, stack.slice(stack.lastIndexOf('/') + 1)])) exports[stackOutput(named, name)] = outputs[name]
    const exportName = evaluate(exported?.Name, scope)
    if (typeof exportName === 'string') exports[exportName] = outputs[name]
  }
  return { resources, outputs, exports, gaps }
}

/** Whether `UserPoolId` or `AgentRuntimeArn` names the thing itself: `UserPool`, `Runtime`. */
const isAbout = (stem: string, type: string): boolean => {
  const [kind, own] = [type.slice(type.lastIndexOf(':') + 1).toLowerCase(), stem.toLowerCase()]
  return own === '' || kind.endsWith(own) || own.endsWith(kind) || kind.startsWith(own)
}

const isOwnProperty = (definition: Definition, name: string): boolean => typeof definition.Properties === 'object' && definition.Properties !== null && Object.hasOwn(definition.Properties, name)

/** Identifiers that AWS makes are not in a template; naming properties are. */
const own = (id: readonly string[], resolved: Section): Section => Object.fromEntries(Object.entries(resolved).filter(([name]) => !(name.endsWith('Arn') && !id.includes(name))))
