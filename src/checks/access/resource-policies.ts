import { noStrangers } from '../families/strangers.ts'

const RUNTIME = 'arn:aws:bedrock-agentcore:us-east-1:111122223333:runtime/helper'

export default [
  noStrangers({
    id: 'bedrock-resource-policy-external', on: 'AWS::Bedrock::ResourcePolicy', guards: 'a model, a guardrail or an agent', severity: 'critical',
    why: 'They can copy your custom model or call it at your cost.',
    document: ({ PolicyDocument }) => PolicyDocument, action: 'bedrock:InvokeModel',
    example: (PolicyDocument) => ({ ResourceArn: 'arn:aws:bedrock:us-east-1:111122223333:custom-model/tuned', PolicyDocument }),
  }),
  noStrangers({
    id: 'bedrock-resource-policy-external', on: 'AWS::Bedrock::KnowledgeBasePolicy', guards: 'a knowledge base', severity: 'critical',
    why: 'They can read every document that it holds, question by question.',
    document: ({ PolicyDocument }) => PolicyDocument, action: 'bedrock:Retrieve',
    example: (PolicyDocument) => ({ KnowledgeBaseId: 'KB12345678', PolicyDocument }),
  }),
  noStrangers({
    id: 'agentcore-resource-policy-external', on: 'AWS::BedrockAgentCore::ResourcePolicy', guards: 'an agent, a gateway or a memory', severity: 'critical',
    why: 'They can instruct your agent, use its tools and read what it remembers.',
    also: ['awsaiml:AC-10', 'awsaiml:AG-21'],
    document: ({ Policy }) => Policy, action: 'bedrock-agentcore:InvokeAgentRuntime',
    example: (document) => ({ ResourceArn: RUNTIME, Policy: JSON.stringify(document) }),
  }),
  noStrangers({
    id: 'lex-bot-policy-external', on: 'AWS::Lex::ResourcePolicy', guards: 'a bot', severity: 'high',
    why: 'They can talk to the bot at your cost and start what it starts.',
    document: ({ Policy }) => Policy, action: 'lex:RecognizeText',
    example: (Policy) => ({ ResourceArn: 'arn:aws:lex:us-east-1:111122223333:bot-alias/B/A', Policy }),
  }),
]
