import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { makeEstate } from './iam-estate.ts'
import { compile } from '../src/iam/index.ts'
import { specify } from '../src/iam/specification/index.ts'
import type { Catalogue, IamInput, PolicyInput, Request } from '../src/iam/index.ts'

/** One measured figure; `reference` is what it is compared with, `ratio` ours to it. */
export interface Result { readonly metric: string, readonly value: number, readonly unit: string, readonly reference?: string, readonly ratio?: number }

const account = '111122223333'
const role = `arn:aws:iam::${account}:role/app/trainer`

const allow = (action: string | string[], resource: string | string[], condition?: object): object =>
  ({ Effect: 'Allow', Action: action, Resource: resource, ...(condition && { Condition: condition }) })
const deny = (action: string | string[], resource: string, condition?: object): object =>
  ({ Effect: 'Deny', Action: action, Resource: resource, ...(condition && { Condition: condition }) })
const policy = (id: string, kind: PolicyInput['kind'], ...statements: object[]): PolicyInput =>
  ({ id, kind, document: { Version: '2012-10-17', Statement: statements } })

/** One principal, five policies with twelve statements, one SCP level with two policies, a bucket policy. */
const single: IamInput = {
  policies: [
    policy('p1', 'identity', allow(['s3:GetObject', 's3:ListBucket'], ['arn:aws:s3:::training-*', 'arn:aws:s3:::training-*/*']), allow('s3:PutObject', 'arn:aws:s3:::results/${aws:PrincipalTag/team}/*')),
    policy('p2', 'identity', allow('sagemaker:*', '*', { StringEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] } }), allow('iam:PassRole', `arn:aws:iam::${account}:role/sm-*`, { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } }), deny('sagemaker:Delete*', '*')),
    policy('p3', 'identity', allow(['logs:Create*', 'logs:Put*'], '*'), allow('cloudwatch:PutMetricData', '*', { StringLike: { 'cloudwatch:namespace': 'app/*' } })),
    policy('p4', 'identity', allow('ecr:Get*', '*'), allow('ecr:BatchGetImage', `arn:aws:ecr:*:${account}:repository/base/*`), deny('s3:*', 'arn:aws:s3:::training-secret/*', { Bool: { 'aws:SecureTransport': 'false' } })),
    policy('p5', 'identity', allow('kms:Decrypt', '*', { StringLike: { 'kms:ViaService': 's3.*.amazonaws.com' } }), allow('ec2:Describe*', '*')),
    policy('full', 'scp', allow('*', '*')),
    policy('guard', 'scp', deny(['organizations:*', 'account:*'], '*'), deny('*', '*', { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] }, ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/admin' } })),
    policy('bucket', 'resource', { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: ['arn:aws:s3:::training-data', 'arn:aws:s3:::training-data/*'], Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:role/app/reader` }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::training-data/*' }),
  ],
  accounts: [{ id: account, organization: 'o-1', scps: [['full', 'guard']] }],
  principals: [{ arn: role, policies: ['p1', 'p2', 'p3', 'p4', 'p5'], tags: { team: 'vision' } }],
  resources: [{ arn: 'arn:aws:s3:::training-data', account, policy: 'bucket' }],
}
const context = { 'aws:SecureTransport': 'true', 'aws:RequestedRegion': 'eu-west-1', 'aws:SourceIp': '10.0.0.1' }
const requests: readonly Request[] = [
  { principal: role, action: 's3:GetObject', resource: 'arn:aws:s3:::training-data/a/b.csv', context, complete: true },
  { principal: role, action: 's3:PutObject', resource: 'arn:aws:s3:::training-data/a/b.csv', context, complete: true },
  { principal: role, action: 'sagemaker:DeleteModel', resource: `arn:aws:sagemaker:eu-west-1:${account}:model/m`, context, complete: true },
  { principal: role, action: 'sagemaker:CreateModel', resource: `arn:aws:sagemaker:eu-west-1:${account}:model/m`, context, complete: true },
]

/** CPU seconds of a piece of work. */
const cpu = (work: () => void): number => {
  const before = process.cpuUsage()
  work()
  const used = process.cpuUsage(before)
  return (used.user + used.system) / 1e6
}

const rate = (times: number, work: (request: Request) => void): number => {
  for (let i = 0; i < times / 10; i++) work(requests[i & 3]!)
  return Math.round(times / cpu(() => { for (let i = 0; i < times; i++) work(requests[i & 3]!) }))
}

const data = (name: string): unknown => JSON.parse(gunzipSync(readFileSync(new URL(`../data/${name}.json.gz`, import.meta.url))).toString())

export const run = (): Result[] => {
  const catalogue = data('iam-catalogue') as Catalogue
  const iam = compile(single, catalogue)
  const verdicts = rate(2_000_000, (request) => iam.verdict(request))
  const evidence = rate(400_000, (request) => iam.can(request))

  const slow = specify(single, catalogue)
  const readable = rate(2000, (request) => slow.can(request))

  const managed = Object.entries(data('managed-policies') as Record<string, { document: unknown }>)
  const policies = managed.map(([id, { document }]): PolicyInput => ({ id, kind: 'identity', document }))
  const principals = policies.map(({ id }, i) => ({ arn: `arn:aws:iam::${account}:role/r${i}`, policies: [id] }))
  let all = iam
  const managedSeconds = cpu(() => { all = compile({ policies, principals, accounts: [{ id: account }] }, catalogue) })
  const actionSeconds = cpu(() => { for (const action of ['s3:GetObject', 'iam:PassRole', 'bedrock:InvokeModel', 'sagemaker:CreateTrainingJob']) all.whoCan(action, '*') })

  const input = makeEstate(10_000, 100_000)
  let large = iam
  const largeSeconds = cpu(() => { large = compile(input, catalogue) })
  const memory = process.memoryUsage().heapUsed / 2 ** 20
  const inline = input.policies.find(({ id }) => id === 'inline-7')!
  const changedSeconds = cpu(() => { large.recompile([inline]) })
  const asked = performance.now()
  const granted = large.whoCan('s3:PutObject', 'arn:aws:s3:::data-500/*').length
  const whoCan = performance.now() - asked
  return [
    { metric: 'verdicts', value: verdicts, unit: 'decisions/CPU s', reference: 'a JavaScript simulator, pre-parsed (published: 5,000)', ratio: Math.round(verdicts / 5000) },
    { metric: 'verdicts, against the readable engine', value: verdicts, unit: 'decisions/CPU s', reference: `the specification in src/iam/specification (${readable})`, ratio: verdicts / readable },
    { metric: 'decisions with evidence', value: evidence, unit: 'decisions/CPU s', reference: 'PMapper (published: 20,000)', ratio: Math.round(evidence / 20_000) },
    { metric: `compile ${managed.length} AWS managed policies`, value: managedSeconds, unit: 'CPU s', reference: 'budget 2 s', ratio: 2 / managedSeconds },
    { metric: 'four who-can over all of them', value: actionSeconds, unit: 'CPU s' },
    { metric: 'compile 10,000 principals and 100,000 resources', value: largeSeconds, unit: 'CPU s', reference: 'budget 5 s', ratio: 5 / largeSeconds },
    { metric: 'heap with that estate', value: Math.round(memory), unit: 'MiB', reference: 'budget 1 GiB', ratio: 1024 / memory },
    { metric: 'compile it again with one policy changed', value: changedSeconds, unit: 'CPU s', reference: 'compiling it whole', ratio: largeSeconds / changedSeconds },
    { metric: `who-can s3:PutObject in one bucket of it (${granted} may)`, value: whoCan, unit: 'ms', reference: 'budget 50 ms', ratio: 50 / whoCan },
  ]
}

export const name = 'iam'
