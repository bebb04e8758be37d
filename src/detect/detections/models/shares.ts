import { defineDetection, personEase, usualEases } from '../../detection.ts'
import { objectOf, textOf, type LogEvent } from '../../event.ts'
import type { Estate } from '../../estate.ts'
import { BEDROCK, SAGEMAKER } from '../../names.ts'
import { ACCOUNT, call, FOREIGN, role, user } from '../../records.ts'
import { crossAccount } from '../agents/agents.ts'

const eve = user('eve')
const app = role('App', 'i-0abc')
const pipeline = role('Pipeline', 'run')
const share = (principal: string) => call('ram', 'CreateResourceShare', { as: eve, request: { name: 's', resourceArns: [`arn:aws:sagemaker:us-east-1:${ACCOUNT}:model-package-group/fraud`], principals: [principal], allowExternalPrincipals: true } })
const policyFor = (principal: string) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: principal === '*' ? '*' : { AWS: principal }, Action: '*', Resource: '*' }] })

/** Whether a request names a principal, bucket or target outside the account, or anyone. */
const namesOutside = (event: LogEvent, estate: Estate): boolean => {
  const text = JSON.stringify(event.raw['requestParameters'] ?? '').replaceAll('\\"', '"').replaceAll('\\n', '')
  if (/"(?:AWS|Principal)"\s*:\s*(?:\[\s*)?"\*"/.test(text)) return true
  return accountsIn(text).some((account) => account !== event.account && account !== '' && (estate.facts.accounts.length === 0 || estate.foreign(account)))
}

const accountsIn = (text: string): string[] =>
  [...text.matchAll(/arn:aws[\w-]*:[\w-]+:[\w-]*:(\d{12}):|"(?:AWS|accountId|targetAccountId|sourceAccountId)"\s*:\s*(?:\[\s*)?"(\d{12})"/g)].map(([, arn, id]) => arn ?? id ?? '')

const sharesAi = (event: LogEvent, { facts, foreign }: Estate): boolean => {
  const { resourceArns, principals } = objectOf(event.raw['requestParameters'])
  const outside = [principals].flat().map(textOf).filter((principal) => /^\d{12}$/.test(principal) && principal !== event.account && (facts.accounts.length === 0 || foreign(principal)))
  return outside.length > 0 && [resourceArns].flat().some((arn) => /:(?:bedrock|sagemaker|bedrock-agentcore):/.test(textOf(arn)))
}

/** Models and what they make, given to other accounts or called from them. */
export default [
  defineDetection({
    id: 'bedrock-custom-model-shared',
    title: 'Custom model copied or given to another account',
    risk: 'model-theft', severity: 'critical', techniques: ['T1537', 'AML.T0048.004', 'AML.T0025'],
    why: 'A tuned model holds what it was trained on; the copy is out of reach.',
    eases: [...usualEases, personEase],
    when: { kind: 'event', match: { eventSource: BEDROCK, eventName: ['CreateModelCopyJob', 'PutResourcePolicy'], outcome: 'success' }, where: namesOutside },
    fires: [[call('bedrock', 'CreateModelCopyJob', { as: eve, request: { sourceModelArn: `arn:aws:bedrock:us-east-1:${FOREIGN}:custom-model/x`, targetModelName: 'x' } })], [call('bedrock', 'PutResourcePolicy', { as: eve, request: { resourceArn: `arn:aws:bedrock:us-east-1:${ACCOUNT}:custom-model/x`, resourcePolicy: policyFor(`arn:aws:iam::${FOREIGN}:root`) } })]],
    quiet: [[call('bedrock', 'CreateModelCopyJob', { as: eve, request: { sourceModelArn: `arn:aws:bedrock:us-east-1:${ACCOUNT}:custom-model/x`, targetModelName: 'x' } })]],
  }),
  defineDetection({
    id: 'ai-output-to-other-account',
    title: 'Batch or asynchronous inference writes to a bucket of another account',
    risk: 'model-misuse', severity: 'high', techniques: ['T1537', 'T1496.004', 'AML.T0025', 'AML.T0034'],
    why: 'Answers, and what they were made from, are delivered outside.',
    when: { kind: 'event', match: [
      { eventName: 'CreateModelInvocationJob', 'requestParameters.outputDataConfig.s3OutputDataConfig.s3BucketOwner': { present: true } },
      { eventName: 'StartAsyncInvoke', 'requestParameters.outputDataConfig.s3OutputDataConfig.bucketOwner': { present: true } }], where: ownedByOther },
    fires: [[call('bedrock', 'CreateModelInvocationJob', { as: eve, request: { outputDataConfig: { s3OutputDataConfig: { s3Uri: 's3://drop/', s3BucketOwner: FOREIGN } } } })]],
    quiet: [[call('bedrock', 'CreateModelInvocationJob', { as: eve, request: { outputDataConfig: { s3OutputDataConfig: { s3Uri: 's3://ours/', s3BucketOwner: ACCOUNT } } } })]],
  }),
  defineDetection({
    id: 'bedrock-batch-job-by-user',
    title: 'Batch inference started with a long-term key',
    risk: 'model-misuse', severity: 'medium', techniques: ['T1496.004', 'AML.T0034'],
    why: 'One job is a whole day of calls, and makes no InvokeModel record that a rate would show.',
    when: { kind: 'event', match: { eventSource: BEDROCK, eventName: ['CreateModelInvocationJob', 'CreateModelCustomizationJob', 'StartAsyncInvoke'], keyType: ['long-term', 'bearer'], outcome: 'success' } },
    fires: [[call('bedrock', 'CreateModelInvocationJob', { as: eve })]],
    quiet: [[call('bedrock', 'CreateModelInvocationJob', { as: pipeline })]],
  }),
  defineDetection({
    id: 'ai-resource-shared-outside',
    title: 'AI resource shared with another account',
    risk: 'model-theft', severity: 'high', techniques: ['T1537', 'T1098', 'AML.T0035'],
    why: 'Resource Access Manager now gives a model, package group or endpoint to an account outside.',
    eases: [...usualEases, personEase],
    when: { kind: 'event', match: { eventSource: 'ram.amazonaws.com', eventName: ['CreateResourceShare', 'AssociateResourceShare'], outcome: 'success' }, where: sharesAi },
    qualifies: { parameter: 'resourceArns', like: /:(?:bedrock|sagemaker|bedrock-agentcore):/ },
    fires: [[share(FOREIGN)]],
    quiet: [[share(ACCOUNT)], [call('ram', 'CreateResourceShare', { as: eve, request: { name: 's', resourceArns: [`arn:aws:ec2:us-east-1:${ACCOUNT}:subnet/subnet-1`], principals: [FOREIGN] } })]],
  }),
  defineDetection({
    id: 'model-shared-outside',
    title: 'Model package, image or hub opened to another account',
    risk: 'model-theft', severity: 'high', techniques: ['T1537', 'AML.T0035'],
    why: 'A resource policy now lets another account, or anyone, take the model or the image it runs in.',
    eases: [...usualEases, personEase],
    when: { kind: 'event', match: [{ eventSource: SAGEMAKER, eventName: ['PutModelPackageGroupPolicy', 'PutResourcePolicy'], outcome: 'success' }, { eventSource: 'ecr.amazonaws.com', eventName: 'SetRepositoryPolicy', 'requestParameters.repositoryName': { like: /model|sagemaker|bedrock|agent|llm|infer|train|ml/i }, outcome: 'success' }], where: namesOutside },
    fires: [[call('sagemaker', 'PutModelPackageGroupPolicy', { as: eve, request: { modelPackageGroupName: 'fraud', resourcePolicy: policyFor(`arn:aws:iam::${FOREIGN}:root`) } })], [call('ecr', 'SetRepositoryPolicy', { as: eve, request: { repositoryName: 'fraud-model', policyText: policyFor('*') } })]],
    quiet: [[call('sagemaker', 'PutModelPackageGroupPolicy', { as: eve, request: { modelPackageGroupName: 'fraud', resourcePolicy: policyFor(`arn:aws:iam::${ACCOUNT}:root`) } })]],
  }),
  defineDetection({
    id: 'model-image-pulled-cross-account',
    title: 'Image of a model pulled by another account',
    risk: 'model-theft', severity: 'medium', techniques: ['T1537', 'AML.T0035'],
    why: 'The image holds code, and often weights.',
    when: { kind: 'event', match: { eventSource: 'ecr.amazonaws.com', eventName: 'BatchGetImage', 'requestParameters.repositoryName': { like: /model|sagemaker|bedrock|agent|llm|infer|train/i } }, where: crossAccount },
    qualifies: { parameter: 'repositoryName', like: /model|sagemaker|bedrock|agent|llm|infer|train/i },
    fires: [[call('ecr', 'BatchGetImage', { as: role('Stranger', 'x', { account: FOREIGN }), request: { repositoryName: 'fraud-model' } })]],
    quiet: [[call('ecr', 'BatchGetImage', { as: app, request: { repositoryName: 'fraud-model' } })]],
  }),
  defineDetection({
    id: 'ai-invoked-cross-account',
    title: 'Model called by a principal of another account',
    risk: 'insecure-api', severity: 'high', techniques: ['T1078.004', 'T1199', 'AML.T0040'], source: 'management reads',
    why: 'The account pays for calls that another makes: a role it lent, or a resource policy too wide.',
    when: { kind: 'event', match: { eventSource: BEDROCK, eventName: ['InvokeModel', 'InvokeModelWithResponseStream', 'Converse', 'ConverseStream'], outcome: 'success' }, where: crossAccount },
    fires: [[call('bedrock', 'InvokeModel', { as: role('Stranger', 'x', { account: FOREIGN }) })]],
    quiet: [[call('bedrock', 'InvokeModel', { as: app })]],
  }),
]

function ownedByOther(event: LogEvent, estate: Estate): boolean {
  const output = objectOf(objectOf(objectOf(event.raw['requestParameters'])['outputDataConfig'])['s3OutputDataConfig'])
  const owner = textOf(output['s3BucketOwner']) || textOf(output['bucketOwner'])
  return owner !== event.account && (estate.facts.accounts.length === 0 || estate.foreign(owner))
}
