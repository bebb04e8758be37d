import { readFileSync, readdirSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { Catalogue } from '../src/iam/catalogue.ts'
import type { ValueSchema } from '../src/model/type-schema.ts'
import { sources } from './fetch.ts'
import { gzipComment, gzipWithComment } from './gzip.ts'
import { ownTypes } from './own-type-table.ts'
import { readTypes, typesFile } from './read-types.ts'
import { typeText } from './type-text.ts'

const data = new URL('../data/', import.meta.url)
const types = readTypes()
const catalogue = JSON.parse(gunzipSync(readFileSync(new URL('iam-catalogue.json.gz', data))).toString()) as Catalogue

test('the committed types are those that data/ gives', () => {
  expect(typeText(types) === readFileSync(typesFile, 'utf8'), 'run "npm run generate -- --offline"').toBe(true)
})

test('the sources are those that the tools name', () => {
  expect(JSON.parse(readFileSync(new URL('SOURCES.json', data), 'utf8'))).toEqual(sources)
  const notices = readFileSync(new URL('LICENSES.txt', data), 'utf8')
  for (const { name, version, licence } of sources) expect(notices).toContain(`${name} ${version} (${licence})`)
})

test.each(readdirSync(data).filter((name) => name.endsWith('.gz')))('%s says in its header what it was made from', (name) => {
  const file = readFileSync(new URL(name, data))
  const mine = sources.filter(({ gives }) => gives.includes(`data/${name}`))
  expect(mine.length).toBeGreaterThan(0)
  for (const source of mine) expect(gzipComment(file)).toContain(`${source.name} ${source.version} (${source.licence})`)
})

test('a compressed text with a comment is read by any gunzip', () => {
  const file = gzipWithComment('größer', 'why')
  expect(gunzipSync(file).toString()).toBe('größer')
  expect(gzipComment(file)).toBe('why')
})

test('every reference inside a type leads somewhere, and every required or identifying property exists', () => {
  const broken: string[] = []
  for (const [type, schema] of Object.entries(types)) {
    const follow = (value: ValueSchema): void => {
      if ('ref' in value && schema.definitions[value.ref] === undefined) broken.push(`${type} → ${value.ref}`)
      else if ('list' in value) follow(value.list)
      else if ('map' in value) follow(value.map)
      else if ('fields' in value) Object.values(value.fields).forEach(follow)
    }
    for (const value of [...Object.values(schema.properties), ...Object.values(schema.definitions)]) follow(value)
    for (const name of schema.required) if (schema.properties[name] === undefined) broken.push(`${type} lacks ${name}`)
    const identifying = schema.id.map((name) => name.split('/')[0]!)
    const inArn = schema.own === true ? [...(schema.arn ?? '').matchAll(/\$\{(?!Partition|Region|Account)(\w+)\}/g)].map(([, name]) => name!) : []
    for (const name of [...identifying, ...inArn]) if (schema.properties[name] === undefined) broken.push(`${type} is not identified by ${name}`)
  }
  expect(broken).toEqual([])
})

test('each own type is told once, and none where CloudFormation has the type', () => {
  const names = ownTypes.map(({ type }) => type)
  expect(names.length).toBe(new Set(names).size)
  expect(names.filter((type) => types[type]?.own !== true)).toEqual([])
})

test('alternatives, maps and words come through', () => {
  expect(types['AWS::SageMaker::NotebookInstance']!.properties['DirectInternetAccess']).toEqual({ text: ['Disabled', 'Enabled'] })
  expect(types['AWS::Bedrock::Agent']!.definitions['ActionGroupExecutor'])
    .toEqual({ fields: { CustomControl: { ref: 'CustomControlMethod' }, Lambda: { text: [] } } })
  expect(types['AWS::Glue::Job']!.properties['DefaultArguments']).toEqual({ map: { text: [] } })
  expect(types['AWS::IAM::Role']!.properties['AssumeRolePolicyDocument']).toEqual({ json: true })
  expect(types['AWS::BedrockAgentCore::GatewayTarget']!.list!.parents).toEqual(['GatewayIdentifier'])
})

test('each action has one access level, and each resource type its ARNs one by one', () => {
  const services = Object.entries(catalogue.services)
  const levels = new Set(services.flatMap(([, { actions }]) => Object.values(actions).map(({ level }) => level)))
  expect([...levels].sort()).toEqual(['List', 'Permissions management', 'Read', 'Tagging', 'Write'])
  expect(catalogue.services['s3']!.actions['PutBucketPolicy']!.level).toBe('Permissions management')
  expect(catalogue.services['sagemaker']!.actions['AddTags']!.level).toBe('Tagging')
  const arns = services.flatMap(([, { resources }]) => Object.values(resources).flatMap((resource) => resource.arns))
  expect(arns.filter((arn) => !/^arn:[^\s,]+$/.test(arn))).toEqual([])
  const lost = services.flatMap(([prefix, { actions, resources }]) => Object.entries(actions)
    .filter(([, action]) => action.resources?.some(({ type }) => resources[type] === undefined)).map(([name]) => `${prefix}:${name}`))
  expect(lost).toEqual([])
})

test('the catalogue knows what an action takes, needs and hands over', () => {
  expect(catalogue.services['sagemaker']!.actions['CreateNotebookInstance']).toMatchObject({
    level: 'Write',
    resources: [{ type: 'notebook-instance', required: true }],
    dependent: ['iam:PassRole', 'sagemaker:AddTags'],
    roles: ['RoleArn'],
  })
  expect(catalogue.services['bedrock']!.actions['CreateAgent']!.roles).toEqual(['agentResourceRoleArn'])
  expect(catalogue.services['bedrock']!.actions['Converse']?.roles).toBeUndefined()
  expect(catalogue.services['ec2']!.actions['RunInstances']!.roles).toEqual(['IamInstanceProfile'])
  expect(catalogue.globalKeys).toMatchObject({ 'aws:sourcevpce': 'String', 'aws:vpceorgpaths': 'ArrayOfString', 'aws:viaawsservice': 'Bool' })
  expect(catalogue.rcpServices).toEqual(expect.arrayContaining(['s3', 'sts', 'kms', 'sqs', 'secretsmanager']))
})
