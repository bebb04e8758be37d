// Growing estates in this process; the largest from a snapshot on disk, in a process of its own so that peak memory is its own.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rebuilder } from '../src/attack/fix/edit.ts'
import { attackPaths } from '../src/attack/paths.ts'
import type { Step } from '../src/attack/step.ts'
import { facts } from '../src/analysis/facts.ts'
import { loadCatalogue } from '../src/analysis/load.ts'
import { buildEstate } from '../src/graph/estate.ts'
import type { Resource } from '../src/model/resource.ts'
import { snapshotSchema, tableOf } from '../src/model/snapshot.ts'
import type { SnapshotHeader } from '../src/model/snapshot.ts'
import { readSnapshot, writeSnapshot } from '../src/sources/snapshot-file.ts'

export const name = 'paths'

const account = '111122223333'
const region = 'us-east-1'

/** CPU-seconds that PMapper 1.1.5 took for its graph of as many principals, measured on a like machine: quadratic. */
const pmapper: Readonly<Record<number, number>> = { 100: 0.94, 200: 3.57, 400: 14.2, 800: 55.3 }

/** Half users, half roles with three statements each, and around them buckets, models, knowledge bases and functions. */
const estateOf = (principals: number, resources: number): Resource[] => {
  const made: Resource[] = []
  const add = (type: string, id: string, properties: Record<string, unknown>) => made.push({ type, id, arn: id, account, region, name: id.slice(id.lastIndexOf('/') + 1).split(':').at(-1)!, tags: {}, properties })
  const policy = (...Statement: object[]) => [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement } }]
  const services = ['sagemaker', 'lambda', 'bedrock', 'ec2', 'glue']
  const roles = Math.floor(principals / 2)
  const arn = (kind: string, at: number) => `arn:aws:iam::${account}:${kind}/${kind}-${at}`
  for (let at = 0; at < roles; at++) {
    const team = at % 50
    add('AWS::IAM::User', arn('user', at), { UserName: `user-${at}`, Policies: policy(
      { Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: arn('role', at) },
      { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: `arn:aws:s3:::team-${team}/*` },
      { Effect: 'Allow', Action: ['iam:PassRole', 'sagemaker:CreateNotebookInstance'], Resource: at % 100 === 0 ? '*' : arn('role', at) }) })
    if (at % 20 === 0) add('AWS::IAM::AccessKey', `key-${at}`, { UserName: `user-${at}`, Status: 'Active' })
    add('AWS::IAM::Role', arn('role', at), { RoleName: `role-${at}`, AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: `${services[at % 5]}.amazonaws.com` }, Action: 'sts:AssumeRole' }] }, Policies: policy(
      { Effect: 'Allow', Action: 's3:*', Resource: [`arn:aws:s3:::team-${team}`, `arn:aws:s3:::team-${team}/*`] },
      { Effect: 'Allow', Action: 'sagemaker:InvokeEndpoint', Resource: '*' },
      at % 400 === 0 ? { Effect: 'Allow', Action: '*', Resource: '*' } : { Effect: 'Allow', Action: 'logs:PutLogEvents', Resource: '*' }) })
  }
  for (let at = 0; at < 50; at++) add('AWS::S3::Bucket', `arn:aws:s3:::team-${at}`, { BucketName: `team-${at}` })
  for (let at = 0; made.length < principals + resources; at++) {
    const path = `arn:aws:sagemaker:${region}:${account}`
    if (at % 100 === 0) add('AWS::SageMaker::Model', `${path}:model/m-${at}`, { ModelName: `m-${at}`, ExecutionRoleArn: arn('role', at % roles), PrimaryContainer: { ModelDataUrl: `s3://team-${at % 50}/models/m-${at}/model.tar.gz` } })
    else if (at % 100 === 1) add('AWS::Bedrock::KnowledgeBase', `arn:aws:bedrock:${region}:${account}:knowledge-base/KB${at}`, { KnowledgeBaseId: `KB${at}`, RoleArn: arn('role', at % roles) })
    else add('AWS::Lambda::Function', `arn:aws:lambda:${region}:${account}:function:f-${at}`, { FunctionName: `f-${at}`, Role: arn('role', at % roles) })
  }
  return made
}

const cpu = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

const header: SnapshotHeader = { schema: snapshotSchema, takenAt: '2026-01-01T00:00:00Z', tool: 'bartizan', source: 'bench', origin: 'bench', accounts: [{ id: account }], regions: [region] }
const limits = { seconds: 60, gigabytes: 4 }

const stepsOf = async (): Promise<Step[]> => (await loadCatalogue<Step>('attack/steps')).map(({ item }) => item)

/** A snapshot on disk: CPU-seconds from the end of loading to the last path. */
const measure = async (path: string): Promise<void> => {
  const [known, steps, snapshot] = [await facts(), await stepsOf(), await readSnapshot(path)]
  const from = cpu()
  const paths = attackPaths(buildEstate(snapshot, known), { steps, facts: known })
  process.stdout.write(JSON.stringify({ seconds: cpu() - from, gigabytes: process.resourceUsage().maxRSS / 1024 / 1024, paths: paths.length }))
}

const onDisk = (principals: number, resources: number) => {
  const folder = mkdtempSync(join(tmpdir(), 'bartizan-'))
  const path = join(folder, 'estate.jsonl.gz')
  try {
    const writer = writeSnapshot(path)
    writer.write({ kind: 'header', header })
    for (const resource of estateOf(principals, resources)) writer.write({ kind: 'resource', resource })
    writer.close()
    const { stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--measure-paths', path], { encoding: 'utf8', maxBuffer: 1 << 26 })
    if (stdout === '') throw new Error(stderr.slice(-2000))
    const { seconds, gigabytes } = JSON.parse(stdout) as { seconds: number, gigabytes: number }
    const named = `after load: ${principals} principals, ${resources} resources`
    return [
      { metric: named, value: seconds, unit: 'CPU-seconds', reference: `the budget of ${limits.seconds} s`, ratio: limits.seconds / seconds },
      { metric: `${named}, peak memory`, value: gigabytes, unit: 'GiB', reference: `the budget of ${limits.gigabytes} GiB`, ratio: limits.gigabytes / gigabytes },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Paths from all entry points to all targets in growing estates. */
export const run = async () => {
  const [known, steps] = [await facts(), await stepsOf()]
  const solve = (principals: number, resources: number) => {
    const table = tableOf(estateOf(principals, resources))
    const from = cpu()
    const estate = buildEstate({ header, resources: table, gaps: [], done: [] }, known)
    attackPaths(estate, { steps, facts: known })
    return { estate, seconds: cpu() - from }
  }
  /** What a statement of one user says changes, and everything is solved again. */
  const solveAgain = (principals: number, resources: number): number => {
    const { estate } = solve(principals, resources)
    const rebuild = rebuilder(estate, known)
    rebuild([])
    const from = cpu()
    const edit = { title: 'change', resource: `arn:aws:iam::${account}:user/user-0`, type: 'AWS::IAM::User', pointer: 'Policies/0/PolicyDocument/Statement/0/Effect', before: 'Allow', after: 'Deny', accessLost: 1 }
    attackPaths(rebuild([edit]), { steps, facts: known })
    return cpu() - from
  }
  solve(20, 100)
  const sizes: (readonly [number, number])[] = [[100, 1000], [200, 2000], [400, 4000], [800, 8000], [10_000, 100_000]]
  const results = sizes.map(([principals, resources]) => {
    const { seconds } = solve(principals, resources)
    const theirs = pmapper[principals]
    return {
      metric: `all paths: ${principals} principals, ${resources} resources`, value: seconds, unit: 'CPU-seconds',
      ...(theirs === undefined ? { reference: 'the budget of 30 s', ratio: 30 / seconds } : { reference: 'PMapper 1.1.5 (graph only)', ratio: theirs / seconds }),
    }
  })
  const again = ([[800, 8000], [10_000, 100_000]] as const).map(([principals, resources]) => {
    const seconds = solveAgain(principals, resources)
    return { metric: `one policy changed: ${principals} principals, ${resources} resources`, value: seconds, unit: 'CPU-seconds', reference: 'the budget of 1 s', ratio: 1 / seconds }
  })
  return [...results, ...again, ...onDisk(10_000, 100_000), ...onDisk(50_000, 1_000_000)]
}

if (process.argv[2] === '--measure-paths') await measure(process.argv[3]!)
