import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { attackPaths } from '../../attack/paths.ts'
import type { Step } from '../../attack/step.ts'
import { buildEstate } from '../../graph/estate.ts'
import { readTemplates } from '../../sources/templates.ts'
import { facts } from '../facts.ts'
import { loadCatalogue } from '../load.ts'

const here = join(dirname(fileURLToPath(import.meta.url)), 'terraform')
const steps = (await loadCatalogue<Step>('attack/steps')).map(({ item }) => item)
const known = await facts()

/** The ways to a target in a folder of Terraform, as the ids of their steps; `change` makes a twin of its text. */
const ways = async (lab: string, from: string, to: string, change = (text: string): string => text): Promise<string[]> => {
  const file = join(here, lab, 'main.tf')
  const snapshot = await readTemplates([join(here, lab)], { takenAt: '2026-01-01T00:00:00Z', texts: new Map([[file, change(readFileSync(file, 'utf8'))]]) })
  return attackPaths(buildEstate(snapshot, known), { steps, facts: known, from: [from], to: [to] })
    .filter(({ target }) => target.power === 'read' || target.power === 'be').map((path) => path.steps.map(({ step }) => step).join(' '))
}

const scp = (action: string) => `
resource "aws_organizations_policy" "fence" {
  name    = "fence"
  content = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Action = "${action}", Resource = "*" }] })
  type    = "SERVICE_CONTROL_POLICY"
}
resource "aws_organizations_policy_attachment" "fence" {
  policy_id = aws_organizations_policy.fence.id
  target_id = data.aws_organizations_organization.all.roots[0].id
}
data "aws_organizations_organization" "all" {}
`

test('CloudGoat agentcore_identity_confusion: a code interpreter as the role of the agent reads its knowledge base', async () => {
  const read = (change?: (text: string) => string) => ways('identity-confusion', 'aws_iam_user.start', 'aws_bedrockagent_knowledge_base.kb', change)
  expect(await read()).toEqual(['AI-ac-ci-confusion DM-kb-retrieve'])
  expect(await read((text) => text.replace(':role/agentcore_*', ':role/agentcore_code_*'))).toEqual([])
  expect(await read((text) => `${text}${scp('bedrock-agentcore:CreateCodeInterpreter')}`)).toEqual([])
  expect(await read((text) => text.replace('["bedrock:Retrieve", "bedrock:RetrieveAndGenerate"]', '["bedrock:GetKnowledgeBase"]'))).toEqual([])
})

test('CloudGoat bedrock_agent_hijacking: the function behind an agent is replaced and called through it', async () => {
  const become = (change?: (text: string) => string) => ways('agent-hijacking', 'aws_iam_user.start', 'aws_iam_role.inv', change)
  expect(await become()).toEqual(['AI-br-agent-lambda'])
  expect(await ways('agent-hijacking', 'aws_iam_user.start', 'aws_s3_bucket.flag')).toEqual(['AI-br-agent-lambda read-object'])
  expect(await become((text) => text.replace('"lambda:UpdateFunctionCode", "lambda:UpdateFunctionConfiguration"', '"lambda:GetPolicy"'))).toEqual([])
  expect(await become((text) => `${text}${scp('lambda:UpdateFunction*')}`)).toEqual([])
})

test('pathfinding.cloud sagemaker-004: a presigned URL opens the notebook of an administrator, unless something denies it', async () => {
  const takeover = (change?: (text: string) => string) => ways('notebook-url', 'aws_iam_user.start', '000000000000', change)
  expect(await takeover()).toEqual(['PF-sagemaker-004 administrator'])
  expect(await takeover((text) => text.replace('"sagemaker:CreatePresignedNotebookInstanceUrl"', '"sagemaker:DescribeNotebookInstance"'))).toEqual([])
  expect(await takeover((text) => text.replace('AdministratorAccess', 'AmazonS3ReadOnlyAccess'))).toEqual([])
  const fence = 'resource "aws_iam_policy" "fence" {\n  name = "fence"\n  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })\n}\n'
  expect(await takeover((text) => `${text}${fence}`.replace('name = "pl-sm4-start"', 'name = "pl-sm4-start"\n  permissions_boundary = aws_iam_policy.fence.arn'))).toEqual([])
})
