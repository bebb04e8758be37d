// From a snapshot on disk to the last finding, for estates of two sizes; run in a process of its own so that peak memory is its own.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { analyse } from '../src/analysis/analysis.ts'
import type { Resource } from '../src/model/resource.ts'
import { snapshotSchema } from '../src/model/snapshot.ts'
import { readSnapshot, writeSnapshot } from '../src/sources/snapshot-file.ts'

interface Result { readonly metric: string, readonly value: number, readonly unit: string, readonly reference?: string, readonly ratio?: number }

const sizes = [100_000, 1_000_000]
const limits = { seconds: 60, gigabytes: 4 }

const accountOf = (group: number): string => String(100_000_000_000 + Math.floor(group / 1_000))

function* accountsOf(count: number): Generator<string> {
  for (let group = 0; group < count / 20; group += 1_000) yield accountOf(group)
}

/** A believable mixture: for every twenty resources one role, and the others things that it works on. */
function* resources(count: number): Generator<Resource> {
  const region = 'us-east-1'
  for (let index = 0; index < count; index++) {
    const group = Math.floor(index / 20)
    const account = accountOf(group)
    const role = `arn:aws:iam::${account}:role/app-${group}`
    const base = { account, region, tags: { owner: `team-${group % 50}` } }
    const bucket = `data-${group}`
    const kind = index % 20
    if (kind === 0) {
      yield { ...base, region: 'global', type: 'AWS::IAM::Role', id: role, arn: role, name: `app-${group}`, properties: {
        RoleName: `app-${group}`,
        AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
        Policies: [{ PolicyName: 'data', PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: `arn:aws:s3:::${bucket}/*` }] } }],
      } }
    } else if (kind < 4) {
      const arn = `arn:aws:sagemaker:${region}:${account}:model/m-${index}`
      yield { ...base, type: 'AWS::SageMaker::Model', id: arn, arn, name: `m-${index}`, properties: { ModelName: `m-${index}`, ExecutionRoleArn: role, EnableNetworkIsolation: true, PrimaryContainer: { Image: `${account}.dkr.ecr.${region}.amazonaws.com/serve@sha256:${'0'.repeat(64)}`, ModelDataUrl: `s3://${bucket}/models/${index}/model.tar.gz` } } }
    } else if (kind === 4) {
      yield { ...base, type: 'AWS::S3::Bucket', id: `arn:aws:s3:::${bucket}`, arn: `arn:aws:s3:::${bucket}`, name: bucket, properties: { BucketName: bucket, VersioningConfiguration: { Status: 'Enabled' }, PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true } } }
    } else if (kind < 8) {
      const arn = `arn:aws:lambda:${region}:${account}:function:f-${index}`
      yield { ...base, type: 'AWS::Lambda::Function', id: arn, arn, name: `f-${index}`, properties: { FunctionName: `f-${index}`, Role: role, Runtime: 'python3.12', Code: {}, Environment: { Variables: { TABLE: 'x' } } } }
    } else if (kind < 14) {
      const arn = `arn:aws:logs:${region}:${account}:log-group:/app/${index}`
      yield { ...base, type: 'AWS::Logs::LogGroup', id: arn, arn, name: `/app/${index}`, properties: { LogGroupName: `/app/${index}`, RetentionInDays: 30 } }
    } else {
      const id = `sg-${index}`
      yield { ...base, type: 'AWS::EC2::SecurityGroup', id, name: id, properties: { GroupId: id, GroupDescription: 'x', SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/8' }] } }
    }
  }
}

const write = (path: string, count: number): void => {
  const writer = writeSnapshot(path)
  writer.write({ kind: 'header', header: { schema: snapshotSchema, takenAt: '2026-01-01T00:00:00Z', tool: 'bench', source: 'aws', origin: 'bench', accounts: [...accountsOf(count)].map((id) => ({ id })), regions: ['us-east-1'] } })
  for (const resource of resources(count)) writer.write({ kind: 'resource', resource })
  writer.close()
}

/** One size, measured in a process of its own. */
const measure = async (path: string): Promise<void> => {
  const start = process.cpuUsage()
  const began = performance.now()
  const analysis = await analyse(await readSnapshot(path), { paths: process.argv.includes('--paths') })
  const { user, system } = process.cpuUsage(start)
  process.stdout.write(JSON.stringify({
    seconds: (performance.now() - began) / 1000, cpu: (user + system) / 1e6, gigabytes: process.resourceUsage().maxRSS / 1024 / 1024, findings: analysis.findings.length, paths: analysis.paths.length,
  }))
}

/** Seconds and memory from opening a snapshot to its findings, and with `--paths` to its paths, for estates of so many resources. */
export const measureSnapshots = (counts: readonly number[], kinds: readonly ('' | '--paths')[]): Result[] => {
  const folder = mkdtempSync(join(tmpdir(), 'bartizan-'))
  try {
    return counts.flatMap((count) => {
      const path = join(folder, `${count}.jsonl.gz`)
      write(path, count)
      return kinds.flatMap((kind): Result[] => {
        const { stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--measure-snapshot', path, ...kind === '' ? [] : [kind]], { encoding: 'utf8', maxBuffer: 1 << 26 })
        if (stdout === '') throw new Error(stderr.slice(-2000))
        const { seconds, gigabytes } = JSON.parse(stdout) as { seconds: number, gigabytes: number }
        const named = `${count.toLocaleString('en')} resources, snapshot to ${kind === '' ? 'findings' : 'findings and paths'}`
        return [
          { metric: named, value: seconds, unit: 's', reference: `the budget of ${limits.seconds} s`, ratio: limits.seconds / seconds },
          { metric: `${named}, peak memory`, value: gigabytes, unit: 'GiB', reference: `the budget of ${limits.gigabytes} GiB`, ratio: limits.gigabytes / gigabytes },
        ]
      })
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export const name = 'estate'

export const run = (): Result[] => measureSnapshots(sizes, ['', '--paths'])

if (process.argv[2] === '--measure-snapshot') await measure(process.argv[3]!)
