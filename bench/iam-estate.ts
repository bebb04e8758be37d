import type { IamInput, PolicyInput } from '../src/iam/index.ts'

const accounts = Array.from({ length: 20 }, (_, i) => String(100_000_000_000 + i * 7_919_377))
const actions = ['s3:GetObject', 's3:PutObject', 's3:ListBucket', 'sagemaker:CreateTrainingJob', 'bedrock:InvokeModel', 'logs:PutLogEvents', 'kms:Decrypt', 'ecr:BatchGetImage', 'dynamodb:GetItem', 'iam:PassRole', 'sqs:SendMessage', 'lambda:InvokeFunction']

/** Repeatable random numbers below a bound. */
const numbers = (): ((below: number) => number) => {
  let state = 42
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state % below
  }
}

/** An organisation of 20 accounts with so many principals and resources; each principal has three policies, a tenth of the buckets a policy. */
export const makeEstate = (principals: number, resources: number): IamInput => {
  const next = numbers()
  const policies: PolicyInput[] = []
  const add = (id: string, kind: PolicyInput['kind'], statements: object[]): string => {
    policies.push({ id, kind, document: { Version: '2012-10-17', Statement: statements } })
    return id
  }
  const full = add('full', 'scp', [{ Effect: 'Allow', Action: '*', Resource: '*' }])
  const guard = add('guard', 'scp', [{ Effect: 'Deny', Action: 'organizations:*', Resource: '*' }])
  const managed = Array.from({ length: 200 }, (_, i) => add(`managed-${i}`, 'identity', [
    { Effect: 'Allow', Action: [actions[next(12)]!, actions[next(12)]!, `${['s3', 'ec2', 'glue', 'logs'][next(4)]}:${['Get*', 'List*', 'Describe*', '*'][next(4)]}`], Resource: next(3) === 0 ? '*' : `arn:aws:s3:::data-${next(50)}*` },
    ...(next(4) === 0 ? [{ Effect: 'Deny', Action: 's3:Delete*', Resource: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } }] : []),
  ]))
  return {
    policies,
    accounts: accounts.map((id) => ({ id, organization: 'o-1', scps: [[full], [full, guard], [full]] })),
    principals: Array.from({ length: principals }, (_, i) => {
      const account = accounts[i % 20]!
      const role = i % 3 !== 0
      const inline = add(`inline-${i}`, 'identity', [{ Effect: 'Allow', Action: [actions[i % 12]!, actions[next(12)]!], Resource: [`arn:aws:s3:::data-${next(1000)}/*`, `arn:aws:s3:::data-${next(1000)}`] }])
      return {
        arn: `arn:aws:iam::${account}:${role ? 'role' : 'user'}/team-${i % 40}/p${i}`, policies: [managed[next(200)]!, managed[next(200)]!, inline], tags: { team: `t${i % 40}` },
        ...(role && { trust: add(`trust-${i}`, 'trust', [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }]) }),
      }
    }),
    resources: Array.from({ length: resources }, (_, i) => {
      const account = accounts[next(20)]!
      const bucket = i % 10 === 0
      const arn = bucket ? `arn:aws:s3:::data-${i / 10}` : `arn:aws:${['sagemaker', 'dynamodb', 'sqs'][i % 3]}:eu-west-1:${account}:${['model/', 'table/', 'queue-'][i % 3]}r${i}`
      return {
        arn, account, tags: { env: ['prod', 'dev'][i % 2]! },
        ...(bucket && i % 100 === 0 && { policy: add(`bucket-${i}`, 'resource', [
          { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: `${arn}/*`, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
          { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${accounts[next(20)]!}:root` }, Action: ['s3:GetObject', 's3:PutObject'], Resource: `${arn}/*` },
        ]) }),
      }
    }),
  }
}
