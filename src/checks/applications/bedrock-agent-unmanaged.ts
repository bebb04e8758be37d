import { tracked } from '../families/tracked.ts'

export default [tracked('bedrock-agent-unmanaged', 'AWS::Bedrock::Agent', 'agent', { AgentName: 'helper' }, 'misconfigured-pipeline')]
