import { passing } from '../../family.ts'

/** Roles handed to bedrock.amazonaws.com. */
export default passing('role passing', 'bedrock.amazonaws.com', [
  ['AI-br-agent-new', 'deputy', 'makes an agent that invokes models, knowledge bases and functions as {role}',
    ['bedrock:CreateAgent', 'bedrock:CreateAgentActionGroup', 'bedrock:PrepareAgent', 'bedrock:InvokeAgent']],
  ['AI-br-flow-new', 'deputy', 'starts a flow as {role}, and has the service move data as it',
    ['bedrock:CreateFlow', 'bedrock:PrepareFlow', 'bedrock:CreateFlowVersion',
      'bedrock:CreateFlowAlias', 'bedrock:InvokeFlow']],
  ['AI-br-kb-new', 'deputy', 'starts a knowledge base as {role}, and has the service move data as it',
    ['bedrock:CreateKnowledgeBase', 'bedrock:CreateDataSource', 'bedrock:StartIngestionJob', 'bedrock:Retrieve']],
  ['AI-br-custommodel', 'deputy', 'starts a model customization job as {role}, and has the service move data as it',
    ['bedrock:CreateModelCustomizationJob']],
  ['AI-br-batchinvoke', 'deputy', 'starts a model invocation job as {role}, and has the service move data as it',
    ['bedrock:CreateModelInvocationJob']],
  ['AI-br-import', 'deputy', 'starts a model import job as {role}, and has the service move data as it',
    ['bedrock:CreateModelImportJob']],
  ['AI-br-createcustom', 'deputy', 'starts a custom model as {role}, and has the service move data as it',
    ['bedrock:CreateCustomModel']],
  ['AI-br-eval', 'deputy', 'starts an evaluation job as {role}, and has the service move data as it',
    ['bedrock:CreateEvaluationJob']],
])
