import type { Json } from '../../model/types.gen.ts'
import type { Given } from '../check.ts'

/** The account and region that examples live in, and an account that is not theirs. */
export const ACCOUNT = '111122223333'
export const REGION = 'us-east-1'
export const STRANGER = '999988887777'

/** The ARN of a role in the examples' account. */
export const roleArn = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`

/** A statement that allows. */
export const allow = (action: string | readonly string[], resource: string | readonly string[], condition?: Json): Json =>
  ({ Effect: 'Allow', Action: action, Resource: resource, ...(condition === undefined ? {} : { Condition: condition }) })

/** A policy document of these statements. */
export const policy = (...statements: readonly (Json | object)[]): Json => ({ Version: '2012-10-17', Statement: statements as readonly Json[] })

/** A trust policy for a service, guarded against confused deputies. */
export const trust = (service: string): Json => policy({
  Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole',
  Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
})

/** A role around an example, with these permissions. */
export const role = (name: string, service: string, ...statements: readonly Json[]): Given => ({
  type: 'AWS::IAM::Role',
  id: roleArn(name),
  properties: {
    RoleName: name,
    AssumeRolePolicyDocument: trust(service),
    Policies: [{ PolicyName: 'permissions', PolicyDocument: policy(...statements) }],
  },
})

/** Everything on everything. */
export const everything = allow('*', '*')

/** What a careful role may do: read one bucket. */
export const oneBucket = allow('s3:GetObject', 'arn:aws:s3:::training-data/*')

/** A security group around an example, with these rules to let in. */
export const securityGroup = (id: string, ...rules: readonly object[]): Given => ({
  type: 'AWS::EC2::SecurityGroup', id, properties: { GroupDescription: 'example', SecurityGroupIngress: rules },
})
