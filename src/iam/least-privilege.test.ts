import { describe, expect, test } from 'vitest'
import { compile } from './compile.ts'
import { actionsOfEvent, leastPrivilege, renderPolicy, type Activity } from './least-privilege.ts'
import { summarize } from './summary.ts'
import { ACCOUNT, BUCKET, ROLE, allow, scene } from './testing.ts'

const did = (action: string, resource?: string, principal = ROLE): Activity => ({ principal, action, ...(resource !== undefined && { resource }) })

describe('the least policy from activity', () => {
  const activity = [did('s3:GetObject', `${BUCKET}/a`), did('s3:PutObject', `${BUCKET}/a`), did('s3:GetObject', `${BUCKET}/a`), did('ec2:DescribeInstances'), did('iam:CreateUser', undefined, 'other')]
  test('allows what was done, and nothing else', () => {
    const document = leastPrivilege(activity, ROLE)
    expect(document.Statement).toEqual([
      { Sid: 'ec21', Effect: 'Allow', Action: ['ec2:DescribeInstances'], Resource: ['*'] },
      { Sid: 's32', Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: [`${BUCKET}/a`] },
    ])
    const iam = compile({ policies: [{ id: 'p', kind: 'identity', document }], accounts: [{ id: ACCOUNT }], principals: [{ arn: ROLE, policies: ['p'] }] })
    expect(iam.diagnostics).toEqual([])
    for (const { action, resource = '*' } of activity.slice(0, 4)) expect(iam.verdict({ principal: ROLE, action, resource, complete: true })).toBe('allow')
    expect(iam.verdict({ principal: ROLE, action: 's3:GetObject', resource: `${BUCKET}/b`, complete: true })).toBe('deny')
  })

  test('many objects of a folder become the folder; a star in a name stays a star', () => {
    const objects = Array.from({ length: 9 }, (_, i) => did('s3:GetObject', `${BUCKET}/in/${i}`))
    expect(leastPrivilege(objects, ROLE).Statement[0]!.Resource).toEqual([`${BUCKET}/in/*`])
    expect(leastPrivilege([did('s3:GetObject', `${BUCKET}/a*`)], ROLE).Statement[0]!.Resource).toEqual([`${BUCKET}/a\${*}`])
  })

  test('renders as JSON, CloudFormation and Terraform', () => {
    const document = leastPrivilege([did('s3:GetObject', `${BUCKET}/a*`)], ROLE)
    expect(JSON.parse(renderPolicy(document, 'json', 'least', 'dev'))).toEqual(document)
    expect(JSON.parse(renderPolicy(document, 'cloudformation', 'least', 'dev'))).toMatchObject({ Resources: { LeastPrivilege: { Type: 'AWS::IAM::RolePolicy', Properties: { RoleName: 'dev', PolicyDocument: document } } } })
    const user = 'arn:aws:iam::111122223333:user/team/ann'
    expect(JSON.parse(renderPolicy(document, 'cloudformation', 'least', user))).toMatchObject({ Resources: { LeastPrivilege: { Type: 'AWS::IAM::UserPolicy', Properties: { UserName: 'ann' } } } })
    expect(renderPolicy(document, 'terraform', 'least', user)).toMatch(/^resource "aws_iam_user_policy" "least_privilege" \{\n {2}name {3}= "least"\n {2}user {3}= "ann"\n/)
    expect(renderPolicy(document, 'terraform', 'least', 'dev')).toContain(`Resource = ["${BUCKET}/a$\${*}"]`)
  })

  test('events of CloudTrail are named by the permissions they need', () => {
    expect(actionsOfEvent('s3.amazonaws.com', 'ListObjectsV2')).toEqual(['s3:ListBucket'])
    expect(actionsOfEvent('lambda.amazonaws.com', 'Invoke20150331')).toEqual(['lambda:InvokeFunction'])
    expect(actionsOfEvent('monitoring.amazonaws.com', 'PutMetricData')).toEqual(['cloudwatch:PutMetricData'])
    expect(actionsOfEvent('bedrock.amazonaws.com', 'Converse')).toEqual(['bedrock:InvokeModel'])
  })
})

test('permissions are summed up by service and level', () => {
  const iam = scene({ identity: [allow(['s3:GetObject', 'ec2:RunInstances'], '*')] }, {
    services: { s3: { name: 'S3', actions: { GetObject: { level: 'Read', resources: [{ type: 'object' }] }, PutObject: { level: 'Write', resources: [{ type: 'object' }] } }, resources: {} } }, globalKeys: {}, rcpServices: ['s3'],
  })
  expect(summarize(iam.permissions(ROLE), new Set(['s3']))).toEqual([
    { service: 'ec2', levels: { unknown: { actions: ['ec2:runinstances'], conditional: [] } }, resources: ['*'], unused: true },
    { service: 's3', levels: { Read: { actions: ['s3:GetObject'], conditional: [] } }, resources: ['*'], unused: false },
  ])
})
