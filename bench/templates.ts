// Templates from the command line to the last finding and path: the whole process, as a pipeline pays for it; Checkov beside it where it is installed.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

interface Result { readonly metric: string, readonly value: number, readonly unit: string, readonly reference?: string, readonly ratio?: number }

const command = fileURLToPath(new URL('../bin/bartizan.js', import.meta.url))

/** Checkov goes to a Python environment of its own, made once; `CHECKOV` names one that is there. */
const environment = join(tmpdir(), 'bartizan-checkov')

const checkov = (): string | undefined => {
  const given = process.env['CHECKOV']
  if (given !== undefined) return given
  const path = join(environment, 'bin', 'checkov')
  if (existsSync(path)) return path
  spawnSync('python3', ['-m', 'venv', environment])
  spawnSync(join(environment, 'bin', 'pip'), ['install', '--quiet', 'checkov'])
  return existsSync(path) ? path : undefined
}

const policy = (statement: object) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] })

/** A believable mixture: AI resources, and twice as many that surround them. */
const template = (first: number, count: number): string => JSON.stringify({
  Resources: Object.fromEntries(Array.from({ length: count }, (_, index) => {
    const n = first + index
    const kinds = [
      { Type: 'AWS::SageMaker::NotebookInstance', Properties: { NotebookInstanceName: `desk-${n}`, InstanceType: 'ml.t3.medium', RoleArn: { 'Fn::Sub': `arn:aws:iam::\${AWS::AccountId}:role/ml-${n}` } } },
      {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: `ml-${n}`, AssumeRolePolicyDocument: policy({ Principal: { Service: 'sagemaker.amazonaws.com' }, Action: 'sts:AssumeRole' }),
          Policies: [{ PolicyName: 'data', PolicyDocument: policy({ Action: ['s3:GetObject'], Resource: `arn:aws:s3:::data-${n}/*` }) }],
        },
      },
      { Type: 'AWS::S3::Bucket', Properties: { BucketName: `data-${n}`, VersioningConfiguration: { Status: 'Enabled' } } },
      { Type: 'AWS::Bedrock::Agent', Properties: { AgentName: `agent-${n}`, FoundationModel: 'amazon.nova-lite-v1:0' } },
      { Type: 'AWS::Lambda::Function', Properties: { FunctionName: `tool-${n}`, Runtime: 'python3.13', Handler: 'a.b', Code: { ZipFile: 'x' }, Role: { 'Fn::GetAtt': [`R${n - 3}`, 'Arn'] } } },
      { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: `/app/${n}`, RetentionInDays: 30 } },
    ]
    return [`R${n}`, kinds[n % kinds.length]]
  })),
}, undefined, 1)

const perFile = 50

const write = (folder: string, count: number): void => {
  mkdirSync(folder, { recursive: true })
  for (let first = 0; first < count; first += perFile) writeFileSync(join(folder, `stack-${first}.json`), template(first, Math.min(perFile, count - first)))
}

/** What a whole process took: seconds by the clock and of the processors, and peak memory in MiB. */
interface Cost { readonly seconds: number, readonly cpu: number, readonly memory: number }

// a small process in between, so that what is counted is that of its only child
const script = `
import resource, subprocess, sys, time
start = time.time()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(time.time() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)`

/** The best of some runs. */
const measure = (program: string, args: readonly string[], runs: number): Cost => {
  const all = Array.from({ length: runs }, () => {
    const [seconds = 0, cpu = 0, memory = 0] = spawnSync('python3', ['-c', script, program, ...args], { encoding: 'utf8' }).stdout.trim().split(' ').map(Number)
    return { seconds, cpu, memory }
  })
  return all.reduce((best, run) => (run.seconds < best.seconds ? run : best))
}

export const name = 'templates'

/** One template of 50 resources, and a folder of 2,000, with every check and attack path; Checkov on the same folder, as it is run by hand. */
export const run = (): Result[] => {
  const folder = mkdtempSync(join(tmpdir(), 'bartizan-'))
  const [few, many] = [join(folder, 'one'), join(folder, 'many')]
  try {
    write(few, perFile)
    write(many, 2_000)
    const ours = { few: measure(process.execPath, [command, 'scan', few, '-q'], 5), many: measure(process.execPath, [command, 'scan', many, '-q'], 3) }
    return [
      { metric: 'one template of 50 resources, all included', value: ours.few.seconds, unit: 's', reference: 'budget of 0.7 s', ratio: 0.7 / ours.few.seconds },
      { metric: '2,000 resources in 40 templates', value: 2_000 / ours.many.seconds, unit: 'resources/s', reference: '1,000 a second', ratio: 2 / ours.many.seconds },
      { metric: 'one template, peak memory', value: ours.few.memory, unit: 'MiB' },
      { metric: '2,000 resources, peak memory', value: ours.many.memory, unit: 'MiB' },
      ...besideCheckov(few, many, ours),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const besideCheckov = (few: string, many: string, ours: { readonly few: Cost, readonly many: Cost }): Result[] => {
  const program = checkov()
  if (program === undefined) return []
  const of = (path: string) => measure(program, ['--directory', path, '--quiet', '--compact', '--skip-download'], 2)
  const theirs = { few: of(few), many: of(many) }
  const compared = (metric: string, unit: string, from: 'few' | 'many', what: keyof Cost): Result =>
    ({ metric: `Checkov, ${metric}`, value: theirs[from][what], unit, reference: 'ours', ratio: theirs[from][what] / ours[from][what] })
  return [
    compared('one template', 's', 'few', 'seconds'), compared('one template, processors', 's', 'few', 'cpu'), compared('one template, peak memory', 'MiB', 'few', 'memory'),
    compared('2,000 resources', 's', 'many', 'seconds'), compared('2,000 resources, processors', 's', 'many', 'cpu'), compared('2,000 resources, peak memory', 'MiB', 'many', 'memory'),
  ]
}
