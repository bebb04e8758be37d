import { isUnknown, unknown } from '../../core/unknown.ts'
import type { Gap } from '../../core/gap.ts'
import { partitionOf } from '../../core/arn.ts'
import { identify } from '../../model/identify.ts'
import type { Identity } from '../../model/identify.ts'
import type { Resource } from '../../model/resource.ts'
import { tagsIn } from '../../model/tags.ts'
import { identifierOf, withIdentifier } from '../identifier.ts'
import { fit, schemaOf } from '../shape.ts'
import { condition, evaluate } from './evaluate.ts'
import { expandLoops } from './foreach.ts'
import { ignoreComments, ignoreMetadata, ignoresBetween } from './ignores.ts'
import { parameterValues } from './parameters.ts'
import type { ParsedFile } from './parse.ts'
import { expandServerless } from './sam.ts'
import type { Scope } from './scope.ts'

/** Where a stack is taken to be deployed, and what is known of its surroundings. */
export interface StackOptions {
  readonly stack: string
  readonly account: string
  readonly region: string
  /** Values given for parameters; they win over defaults. */
  readonly parameters: Readonly<Record<string, unknown>>
  imported(name: string): unknown
  /** The outputs of a nested stack, by logical id. */
  nested?(logicalId: string, templateUrl: unknown, parameters: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | undefined
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

/** Resolves a template into resources with CloudFormation's own types and shapes. */
export const resolveStack = (parsed: ParsedFile, options: StackOptions): Stack => {
  const { account, region, stack } = options
  const gaps: Gap[] = []
  const template = parsed.value as Section
  const base = {
    stack, account, region, partition: partitionOf(region),
    parameters: parameterValues(section(template, 'Parameters'), options.parameters),
    mappings: section(template, 'Mappings'),
    conditions: section(template, 'Conditions'),
    imported: options.imported,
  }
  const unresolved: Scope = { ...base, reference: () => undefined, attribute: () => undefined }
  const looped = expandLoops(section(template, 'Resources'), unresolved, (loop, reason) => gaps.push({ account, region, operation: `${parsed.file}: ${loop}`, reason })) as Section
  const definitions = expandServerless(looped, template['Globals']) as Readonly<Record<string, Definition>>

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
      if (name.startsWith('Outputs.')) return nestedOutputs.get(id)?.[name.slice('Outputs.'.length)]
      const identity = identityOf(id)
      if (identity === undefined) return undefined
      if (/^(Arn|ARN)$|Arn$/.test(name) && !isOwnProperty(definition, name)) return identity.arn
      if (/^(Name|Id)$|(Name|Id)$/.test(name) && !isOwnProperty(definition, name)) return identity.name
      return isOwnProperty(definition, name) ? evaluate((definition.Properties as Section)[name], scope) : undefined
    },
  }

  /** What a resource is called, found from its naming properties alone, so that two may name each other. */
  const identityOf = (id: string): Identity | undefined => {
    if (identities.has(id)) return identities.get(id)
    identities.set(id, undefined)
    const { Type: type, Properties: properties } = definitions[id]!
    const schema = schemaOf(String(type))
    const naming = Object.entries((properties ?? {}) as Section).filter(([name]) => /Name$|Id$|^Path$|Identifier$|Arn$/.test(name) && !schema?.readOnly.includes(name))
    const resolved = Object.fromEntries(naming.map(([name, value]) => [name, evaluate(value, scope)]).filter(([, value]) => typeof value === 'string'))
    const identity = identify(String(type), schema, own(schema?.id ?? [], resolved), { account, region }, id)
    identities.set(id, identity)
    return identity
  }

  const comments = ignoreComments(parsed.text)
  const lines = parsed.text.split('\n')
  const starts = Object.keys(definitions).map((id) => parsed.lines.get(`Resources/${id}`) ?? Infinity).sort((a, b) => a - b)

  const resources = Object.entries(definitions).flatMap(([id, definition]): Resource[] => {
    if (typeof definition !== 'object' || definition === null || typeof definition.Type !== 'string') return []
    if (definition.Condition !== undefined && condition(definition.Condition, scope) === false) return []
    if (definition.Type === 'AWS::CloudFormation::Stack') {
      const { TemplateURL: url, Parameters: given } = (definition.Properties ?? {}) as Section
      nestedOutputs.set(id, options.nested?.(id, evaluate(url, scope), (evaluate(given ?? {}, scope) ?? {}) as Section))
    }
    const placed: Record<string, number> = {}
    const onPlace = (result: string, source: string) => {
      const line = parsed.lines.get(source)
      if (line !== undefined) placed[result] = line
    }
    const raw = evaluate(definition.Properties ?? {}, scope, `Resources/${id}/Properties`, '', onPlace)
    const whole = isUnknown(raw) || typeof raw !== 'object' || raw === null
    const identity: Pick<Identity, 'name' | 'arn'> = identityOf(id) ?? { name: id }
    const properties = whole ? {} : withIdentifier(definition.Type, fit(definition.Type, raw as Section), identity, { account, region })
    const { name, arn } = identity
    const line = parsed.lines.get(`Resources/${id}`)
    const end = starts.find((start) => line !== undefined && start > line) ?? lines.length + 1
    const ignores = [...ignoreMetadata(definition.Metadata), ...line === undefined ? [] : ignoresBetween(comments, line - 1, end - 2, lines)]
    const construct = (definition.Metadata as { 'aws:cdk:path'?: unknown } | undefined)?.['aws:cdk:path']
    return [{
      type: definition.Type, id: `${stack}/${id}`, account, region, name,
      ...arn === undefined ? {} : { arn },
      tags: tagsIn(properties),
      properties,
      ...whole ? { partial: isUnknown(raw) ? raw.$unknown : 'its properties are not an object' } : {},
      location: { file: parsed.file, ...line === undefined ? {} : { line }, ...typeof construct === 'string' ? { path: construct } : {} },
      lines: placed,
      ...ignores.length === 0 ? {} : { ignores },
    }]
  })

  const outputs: Record<string, unknown> = {}
  const exports: Record<string, unknown> = {}
  for (const [name, output] of Object.entries(section(template, 'Outputs'))) {
    const { Value: value, Export: exported } = (output ?? {}) as { Value?: unknown, Export?: { Name?: unknown } }
    outputs[name] = evaluate(value, scope)
    const exportName = evaluate(exported?.Name, scope)
    if (typeof exportName === 'string') exports[exportName] = outputs[name]
  }
  return { resources, outputs, exports, gaps }
}

const isOwnProperty = (definition: Definition, name: string): boolean => typeof definition.Properties === 'object' && definition.Properties !== null && Object.hasOwn(definition.Properties, name)

/** Identifiers that AWS makes are not in a template; naming properties are. */
const own = (id: readonly string[], resolved: Section): Section => Object.fromEntries(Object.entries(resolved).filter(([name]) => !(name.endsWith('Arn') && !id.includes(name))))
