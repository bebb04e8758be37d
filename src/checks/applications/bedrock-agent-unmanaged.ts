import { tracked } from '../families/tracked.ts'

export default [
  tracked('bedrock-agent-unmanaged', 'AWS::Bedrock::Agent', 'agent', 'AgentArn', {
    AgentName: 'helper', AgentArn: 'arn:aws:bedrock:us-east-1:111122223333:agent/AGENT12345',
  }, 'misconfigured-pipeline'),
]
