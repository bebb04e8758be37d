import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Catalogue } from '../src/iam/catalogue.ts'
import { loadCollectors, typesOf } from '../src/sources/aws/catalogue.ts'
import type { Call, Collector, Row } from '../src/sources/aws/collector.ts'
import { actionsOf, scanPermissions } from '../src/sources/aws/permissions.ts'
import { schemaOf } from '../src/sources/shape.ts'
import { typeDescriptions } from '../src/analysis/facts.ts'

const collectors = await loadCollectors()

/** The package that a collector imports, as its source says; one that has none is called as its service. */
const packageOf = ({ id, client }: Collector): string => /client-[a-z0-9-]+/.exec(client.toString())?.[0] ?? `client-${id}`

const rowsOf = (row: Row): Row[] => [row, ...(row.children ?? []).flatMap(rowsOf)]

const callsOf = (row: Row): string[] => {
  const named = (call: Call | undefined): string[] => (call === undefined ? [] : [call.operation, ...named(call.each), ...named(call.otherwise)])
  return [
    ...named(row.list), ...named(row.describe), ...(row.more ?? []).flatMap(named), ...(typeof row.tags === 'object' ? named(row.tags) : []),
    ...(row.describeMany === undefined ? [] : [row.describeMany.operation]),
  ]
}

describe('collectors', () => {
  it('name operations, inputs and answers that the service models have', () => {
    const tables = collectors.map((collector) => ({
      id: collector.id, package: packageOf(collector), page: collector.page, tags: collector.tags,
      resources: collector.resources.map((row) => JSON.parse(JSON.stringify(row, (key, value: unknown) => (typeof value === 'function' ? true : value))) as object),
    }))
    const mistakes = execFileSync('.venv/bin/python', ['test/check_tables.py'], { input: JSON.stringify(tables), encoding: 'utf8' }).trim()
    expect(mistakes).toBe('')
  })

  it.each(collectors.map((collector) => [collector.id, collector] as const))('%s uses commands that its SDK client has', async (_, collector) => {
    const module = await collector.client() as Record<string, unknown>
    const unknown = [...collector.resources.flatMap(rowsOf).flatMap(callsOf), ...(collector.tags === undefined ? [] : [collector.tags.operation])].filter((operation) => typeof module[`${operation}Command`] !== 'function')
    expect(unknown).toEqual([])
  })

  it('give types that have a schema', () => {
    const types = collectors.flatMap(({ resources, collects }) => [...resources.flatMap(rowsOf).flatMap((row) => [row.type, ...(row.with ?? []).map(({ type }) => type)]), ...(collects?.types ?? [])])
    expect(types.filter((type) => schemaOf(type) === undefined).filter((type) => !withoutSchema.has(type))).toEqual([])
  })

  it('read nothing of an AI service that the inventory does not list', async () => {
    const descriptions = await typeDescriptions()
    const types = [...new Set(collectors.flatMap(typesOf))].filter((type) => aiServices.has(type.split('::')[1]!))
    expect(types.filter((type) => descriptions.get(type)?.asset === undefined && !partsOfAssets.has(type))).toEqual([])
  })

  it('need permissions that IAM knows, and only ones that read', () => {
    const catalogue = JSON.parse(gunzipSync(readFileSync('data/iam-catalogue.json.gz')).toString()) as Catalogue
    const levels = new Map(Object.entries(catalogue.services).flatMap(([prefix, { actions }]) => Object.entries(actions).map(([name, { level }]) => [`${prefix}:${name}`.toLowerCase(), level] as const)))
    const actions = collectors.flatMap(actionsOf)
    expect(actions.filter((action) => !levels.has(action.toLowerCase()) && !onlyHandlersKnow.has(action))).toEqual([])
    expect(actions.filter((action) => !onlyHandlersKnow.has(action) && !['Read', 'List'].includes(levels.get(action.toLowerCase()) ?? '')).filter((action) => !readsAllTheSame.has(action))).toEqual([])
  })

  it('can be granted by one policy and deployed by one template', async () => {
    const { policy, template, actions } = await scanPermissions()
    expect(policy.Statement).toHaveLength(1)
    expect(actions).toContain('sagemaker:ListNotebookInstances')
    const { Resources } = JSON.parse(template) as { Resources: Record<string, { Type: string, Properties: { PolicyDocument?: object } }> }
    const policies = Object.values(Resources).filter(({ Type }) => Type === 'AWS::IAM::ManagedPolicy')
    expect(policies.length).toBeLessThanOrEqual(10)
    for (const { Properties } of policies) expect(JSON.stringify(Properties.PolicyDocument).length).toBeLessThanOrEqual(6144)
  })

  it('can be granted in parts that a managed policy takes, which together say the same', async () => {
    const { policy, parts } = await scanPermissions({ readCode: true, org: true, roleName: 'Reader' })
    for (const part of Object.values(parts)) expect(JSON.stringify(part).length).toBeLessThanOrEqual(6144)
    const actionsIn = (policies: readonly { readonly Statement: readonly object[] }[]) => policies.flatMap(({ Statement }) => (Statement as { Action: string | string[] }[]).flatMap(({ Action }) => Action)).sort()
    expect(actionsIn(Object.values(parts))).toEqual(actionsIn([policy]))
    expect(Object.values(parts).flatMap(({ Statement }) => Statement)).toContainEqual({ Sid: 'BartizanEnterAccounts1', Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: 'arn:*:iam::*:role/Reader' })
  })
})

const aiServices = new Set(`
  AIOps AgentRegistry Bedrock BedrockAgentCore BedrockMantle CodeGuruProfiler CodeGuruReviewer Comprehend ComprehendMedical DevOpsAgent DevOpsGuru Forecast FraudDetector
  HealthLake Kendra Lex NeptuneGraph NovaAct Personalize Polly QBusiness Rekognition S3Vectors SageMaker Textract Transcribe Translate Wisdom
`.trim().split(/\s+/))

/** Versions, policies and other parts, which are told with what they belong to. */
const partsOfAssets = new Set(`
  Bedrock::AgentVersion Bedrock::AutomatedReasoningPolicyVersion Bedrock::FlowVersion Bedrock::IngestionJob Bedrock::KnowledgeBasePolicy Bedrock::PromptVersion Bedrock::ResourcePolicy
  Bedrock::RetrievalInstruction Bedrock::Session BedrockAgentCore::GatewayRateLimit BedrockAgentCore::GatewayRule BedrockAgentCore::ResourcePolicy Comprehend::DocumentClassifierEndpoint
  Comprehend::EntityRecognizerEndpoint DevOpsAgent::Asset DevOpsAgent::Association DevOpsAgent::PrivateConnection DevOpsAgent::Service DevOpsAgent::Trigger FraudDetector::EncryptionKey
  Kendra::AccessControlConfiguration Kendra::FeaturedResultsSet Kendra::QuerySuggestionsBlockList Lex::BotVersion Lex::ResourcePolicy NeptuneGraph::PrivateGraphEndpoint Personalize::MetricAttribution
  QBusiness::Permission Rekognition::ProjectPolicy S3Vectors::VectorBucketPolicy SageMaker::Action SageMaker::Artifact SageMaker::Context SageMaker::ServicecatalogPortfolio
  Wisdom::AIAgentVersion Wisdom::AIGuardrailVersion Wisdom::AIPromptVersion Wisdom::AssistantAssociation
`.trim().split(/\s+/).map((name) => `AWS::${name}`))

/** Things without a CloudFormation type whose answers are small enough to take as they are. */
const withoutSchema = new Set(['AWS::SageMaker::ServicecatalogPortfolio', 'AWS::IAM::RootUser', 'AWS::Organizations::Root', 'AWS::Marketplace::Agreement'])

/** AWS files these under other access levels though they change nothing. */
const readsAllTheSame = new Set(['quicksight:DescribeKnowledgeBasePermissions', 'quicksight:DescribeSpacePermissions'])

/** What handlers in the CloudFormation registry ask for, and the service reference does not have (yet). */
const onlyHandlersKnow = new Set([
  'bedrock:ListRetrievalInstructions', 'bedrock:GetRetrievalInstruction', 'aidevops:GetOperatorAppTeams', 'lex:ListCustomVocabularies', 'redshift:DescribeSnapshotCopyGrant',
  'wisdom:GetAIAgentVersion', 'wisdom:GetAIGuardrailVersion', 'wisdom:GetAIPromptVersion',
])
