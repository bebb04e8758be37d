// Compares findings on templates with Checkov's AI rules and with the conditions of KICS's: "node tools/compare.ts FOLDER…", with CHECKOV naming the program.
// A row for each rule: what the other finds, and how many of those a check here finds too, leaves open, or has argued away. Needs no account.
import { spawnSync } from 'node:child_process'
import { analyse } from '../src/analysis/analysis.ts'
import type { Analysis } from '../src/analysis/analysis.ts'
import type { Resource } from '../src/model/resource.ts'
import { readTemplates } from '../src/sources/templates.ts'

/** What another tool says of a resource of a file. */
interface Said { readonly rule: string, readonly file: string, readonly resource: string }

const checkovRules = [
  22, 98, 122, 187, 262, 267, 268, 306, 307, 367, 368, 369, 370, 371, 372, 373, 383,
].map((number) => `CKV_AWS_${number}`).concat('CKV2_AWS_68')

interface Failed { readonly check_id: string, readonly file_path: string, readonly resource: string }

const checkov = (folder: string): Said[] => {
  const { stdout } = spawnSync(process.env['CHECKOV'] ?? 'checkov', ['-d', folder, '--quiet', '--skip-download', '-o', 'json', '--check', checkovRules.join(',')], { encoding: 'utf8', maxBuffer: 1 << 28 })
  const reports = [JSON.parse(stdout) as unknown].flat() as { readonly results?: { readonly failed_checks?: readonly Failed[] } }[]
  return reports.flatMap(({ results }) => results?.failed_checks ?? []).map(({ check_id: rule, file_path: file, resource }) => ({ rule: `checkov:${rule}`, file: file.replace(/^\//, ''), resource: resource.replace(/^\w+::\w+::\w+\./, '') }))
}

/** The conditions of KICS's queries on AI types, as their public Rego states them. */
const kicsRules: readonly (readonly [rule: string, type: string, fails: (properties: Resource['properties']) => boolean])[] = [
  ['sagemaker_enabling_internet_access', 'AWS::SageMaker::NotebookInstance', ({ DirectInternetAccess: access }) => access === 'Enabled'],
  ['sagemaker_notebook_not_placed_in_vpc', 'AWS::SageMaker::NotebookInstance', ({ SubnetId: subnet }) => subnet === undefined],
  ['sagemaker_data_encryption_disabled', 'AWS::SageMaker::NotebookInstance', ({ KmsKeyId: key }) => key === undefined],
  ['sagemaker_endpoint_config_should_specify_kms_key_id_attribute', 'AWS::SageMaker::EndpointConfig', ({ KmsKeyId: key }) => key === undefined],
]

const resourcesOf = ({ estate }: Analysis): Resource[] => Array.from({ length: estate.table.length }, (_, index) => estate.resource(index))

const kics = (analysis: Analysis): Said[] => resourcesOf(analysis).flatMap(({ id, type, properties, location }) =>
  kicsRules.filter(([, on, fails]) => on === type && fails(properties)).map(([rule]) => ({ rule: `kics:${rule}`, file: location?.file ?? '', resource: id })))

const rows = async (folder: string): Promise<string[]> => {
  const analysis = await analyse(await readTemplates([folder], { takenAt: new Date().toISOString(), from: folder }), { paths: false })
  const checksOf = (rule: string) => new Set(analysis.checks.filter(({ also }) => also?.includes(rule)).map(({ id }) => id))
  const files = new Map(resourcesOf(analysis).map(({ id, location }) => [id, location?.file ?? '']))
  const same = (id: string, { file, resource }: Said) => (id === resource || id.endsWith(`/${resource}`)) && (files.get(id) ?? '').endsWith(file)
  const said = Map.groupBy([...checkov(folder), ...kics(analysis)], ({ rule }) => rule)
  return [...said].sort(([a], [b]) => (a < b ? -1 : 1)).map(([rule, all]) => {
    const ours = checksOf(rule)
    const found = all.filter((one) => analysis.findings.some(({ check, resource }) => ours.has(check) && same(resource, one)))
    const open = all.filter((one) => !found.includes(one) && analysis.undecided.some(({ check, resource }) => ours.has(check) && resource !== undefined && same(resource, one)))
    const left = all.filter((one) => !found.includes(one) && !open.includes(one))
    return `| ${rule} | ${[...ours].join(', ')} | ${all.length} | ${found.length} | ${open.length} | ${left.map(({ resource }) => resource).join('<br>')} |`
  })
}

for (const folder of process.argv.slice(2)) console.log([`${folder}`, '', '| their rule | our check | theirs | ours too | not known | theirs alone |', '| --- | --- | --- | --- | --- | --- |', ...await rows(folder), ''].join('\n'))
