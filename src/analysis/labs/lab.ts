import { attackPaths } from '../../attack/paths.ts'
import type { PathOptions } from '../../attack/paths.ts'
import type { AttackPath } from '../../attack/path.ts'
import type { Step } from '../../attack/step.ts'
import type { Given } from '../../checks/check.ts'
import type { Estate } from '../../graph/estate.ts'
import type { ResourceType } from '../../model/types.gen.ts'
import { exampleAccount, exampleEstate } from '../example.ts'
import { facts } from '../facts.ts'
import { loadCatalogue } from '../load.ts'

const steps = (await loadCatalogue<Step>('attack/steps')).map(({ item }) => item)
const known = await facts()

/** ARNs of a lab's account start so. */
export const account = `arn:aws:iam::${exampleAccount}`
export const arn = (service: string, rest: string): string => `arn:aws:${service}:us-east-1:${exampleAccount}:${rest}`

type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>

export const allow = (Action: string | string[], Resource: string | string[] = '*', condition?: Condition) =>
  ({ Effect: 'Allow', Action, Resource, ...(condition === undefined ? {} : { Condition: condition }) })

export const deny = (Action: string | string[], Resource: string | string[] = '*') => ({ Effect: 'Deny', Action, Resource })

export const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement })

/** A trust policy; a service by its name, anything else by ARN or account. */
export const trust = (who: string, condition?: Condition) => policy({
  Effect: 'Allow', Action: 'sts:AssumeRole', Principal: who.endsWith('.amazonaws.com') ? { Service: who } : { AWS: who },
  ...(condition === undefined ? {} : { Condition: condition }),
})

export const resource = (type: ResourceType, properties: Readonly<Record<string, unknown>>, more: Partial<Given> = {}): Given => ({ type, properties, ...more })

export const user = (UserName: string, ...statements: object[]): Given =>
  resource('AWS::IAM::User', { UserName, Policies: [{ PolicyName: 'own', PolicyDocument: policy(...statements) }] })

export const role = (RoleName: string, AssumeRolePolicyDocument: object, ...statements: object[]): Given =>
  resource('AWS::IAM::Role', { RoleName, AssumeRolePolicyDocument, Policies: [{ PolicyName: 'own', PolicyDocument: policy(...statements) }] })

export const key = (UserName: string): Given => resource('AWS::IAM::AccessKey', { UserName, Status: 'Active' })

export const bucket = (BucketName: string, more: Readonly<Record<string, unknown>> = {}): Given => resource('AWS::S3::Bucket', { BucketName, ...more })

export const administrator = (name: string, service: string, condition?: Condition): Given => role(name, trust(service, condition), allow('*'))

/** A resource with some properties changed. */
export const but = (given: Given, properties: Readonly<Record<string, unknown>>): Given => ({ ...given, properties: { ...given.properties, ...properties } })

/** A lab with its paths, and what solved it. */
export interface Solved { readonly estate: Estate, readonly options: PathOptions, readonly paths: readonly AttackPath[] }

export const solve = (given: readonly Given[], wishes: Omit<Partial<PathOptions>, 'steps' | 'facts'> = {}): Solved => {
  const estate = exampleEstate('AWS::SNS::Topic', { TopicName: 'unrelated', given } as never, known)
  const options = { steps, facts: known, ...wishes }
  return { estate, options, paths: attackPaths(estate, options) }
}

/** The ids of the steps by which `from` gets a power over what `to` names; undefined where there is no path. */
export const way = (given: readonly Given[], from: string | undefined, to: string, power?: string): string[] | undefined =>
  solve(given, { to: [to], ...(from === undefined ? {} : { from: [from] }) }).paths.find(({ target }) => power === undefined || target.power === power)?.steps.map(({ step }) => step)

/** The ids of the steps by which `from` becomes the administrator of the account. */
export const takeover = (given: readonly Given[], from: string): string[] | undefined => way(given, from, exampleAccount)
