import { some } from '../../core/unknown.ts'
import { allow } from '../families/examples.ts'
import { noPolicyGrants } from '../families/identity-policy.ts'
import { conditionKeys, givesAllOf, isLimitedBy, listOf, namesService, speaksOf, speaksOfAll, speaksOfResource } from '../families/policy-text.ts'

const MODEL = 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0'
const ENDPOINT = 'arn:aws:sagemaker:us-east-1:111122223333:endpoint/churn'
const NOTEBOOK = 'arn:aws:sagemaker:us-east-1:111122223333:notebook-instance/research'
const nobodysModel = 'arn:aws:bedrock:us-east-1::foundation-model/no-policy-names-this'
const tags = ['aws:resourcetag/', 'aws:principaltag/', 'bedrock:resourcetag/', 'sagemaker:resourcetag/']

const whole = (service: string) => allow(`${service}:*`, '*')

const aiServices = ['comprehend', 'comprehendmedical', 'rekognition', 'textract', 'transcribe', 'translate', 'polly', 'lex', 'kendra',
  'personalize', 'forecast', 'frauddetector', 'healthlake', 'qbusiness', 'q']

/** What weakens the controls over AI: their logs, their guardrails, what is kept. */
const tampering = ['bedrock:DeleteModelInvocationLoggingConfiguration', 'bedrock:PutModelInvocationLoggingConfiguration', 'bedrock:DeleteGuardrail',
  'bedrock:UpdateGuardrail', 'bedrock:DeleteEnforcedGuardrailConfiguration', 'bedrock:PutEnforcedGuardrailConfiguration']

const presigned = ['sagemaker:CreatePresignedDomainUrl', 'sagemaker:CreatePresignedNotebookInstanceUrl', 'sagemaker:CreatePresignedMlflowTrackingServerUrl']

export default [
  ...noPolicyGrants({
    id: 'bedrock-full-access-policy', title: 'Policy grants everything in Bedrock', severity: 'high',
    why: 'Whoever holds it can call any model at your cost, change agents and guardrails, and turn the logging off.',
    fix: 'Grant the actions that are needed on the models, agents and knowledge bases that are used.',
    also: ['prowler:bedrock_full_access_policy_attached', 'awsaiml:BR-01'],
    managed: ['AmazonBedrockFullAccess', 'AmazonBedrockMantleFullAccess'], bad: (statement) => givesAllOf(statement, 'bedrock'),
    fails: [whole('bedrock')], passes: [allow('bedrock:InvokeModel', MODEL)],
  }),
  ...noPolicyGrants({
    id: 'sagemaker-full-access-policy', title: 'Policy grants everything in SageMaker', severity: 'high',
    why: 'Whoever holds it can open any notebook, replace any model and read whatever the execution roles read.',
    fix: 'Grant the actions that are needed on the resources that are used; start from the SageMaker role manager\'s personas.',
    also: ['awsaiml:SM-02'],
    managed: ['AmazonSageMakerFullAccess'], bad: (statement) => givesAllOf(statement, 'sagemaker'),
    fails: [whole('sagemaker')], passes: [allow('sagemaker:InvokeEndpoint', ENDPOINT)],
  }),
  ...noPolicyGrants({
    id: 'agentcore-full-access-policy', title: 'Policy grants everything in AgentCore', severity: 'high',
    why: 'Whoever holds it can run code in any interpreter, read every agent\'s memory and fetch the credentials of its tools.',
    fix: 'Grant the actions that are needed on the runtimes, gateways and memories that are used.',
    also: ['awsaiml:AC-02', 'awsaiml:AG-16'],
    managed: ['BedrockAgentCoreFullAccess'], bad: (statement) => givesAllOf(statement, 'bedrock-agentcore'),
    fails: [whole('bedrock-agentcore')],
    passes: [allow('bedrock-agentcore:InvokeAgentRuntime', 'arn:aws:bedrock-agentcore:us-east-1:111122223333:runtime/helper')],
  }),
  ...noPolicyGrants({
    id: 'ai-service-full-access-policy', title: 'Policy grants everything in an AI service', severity: 'medium',
    why: 'Whoever holds it can read, change and delete all that the service holds, at your cost.',
    fix: 'Grant the actions that are needed on the resources that are used.',
    managed: ['ComprehendFullAccess', 'ComprehendMedicalFullAccess', 'AmazonRekognitionFullAccess', 'AmazonTextractFullAccess',
      'AmazonTranscribeFullAccess', 'TranslateFullAccess', 'AmazonPollyFullAccess', 'AmazonLexFullAccess', 'AmazonKendraFullAccess',
      'AmazonPersonalizeFullAccess', 'AmazonForecastFullAccess', 'AmazonFraudDetectorFullAccessPolicy', 'AmazonHealthLakeFullAccess', 'AmazonQFullAccess'],
    bad: (statement) => aiServices.some((service) => givesAllOf(statement, service)),
    fails: [whole('comprehend')], passes: [allow('comprehend:DetectSentiment', '*')],
  }),
  ...noPolicyGrants({
    id: 'bedrock-invoke-any-model', title: 'Policy lets any model of Bedrock be called', severity: 'medium',
    why: 'A stolen credential can call the dearest model there is, and one that nobody has reviewed.',
    fix: 'Name the models and inference profiles in Resource.',
    also: ['awsaiml:FS-12'],
    bad: (statement) => namesService(statement, 'bedrock') && speaksOf(statement, 'bedrock:InvokeModel') && speaksOfResource(statement, nobodysModel),
    fails: [allow('bedrock:InvokeModel', '*'), allow('bedrock:InvokeModel*', 'arn:aws:bedrock:*::foundation-model/*')],
    passes: [allow('bedrock:InvokeModel', MODEL), allow('bedrock:ListFoundationModels', '*')],
  }),
  ...noPolicyGrants({
    id: 'sagemaker-endpoint-invoke-wildcard', title: 'Policy lets any endpoint be called', severity: 'medium',
    why: 'A stolen credential can question, and so copy, every model that is deployed.',
    fix: 'Name the endpoints in Resource.',
    bad: (statement) => namesService(statement, 'sagemaker') && speaksOf(statement, 'sagemaker:InvokeEndpoint') && speaksOfAll(statement) &&
      !isLimitedBy(statement, tags),
    fails: [allow('sagemaker:InvokeEndpoint', '*')], passes: [allow('sagemaker:InvokeEndpoint', ENDPOINT)],
  }),
  ...noPolicyGrants({
    id: 'sagemaker-presigned-url-unrestricted', title: 'Policy lets any notebook or Studio be opened from anywhere', severity: 'high',
    why: 'A stolen credential gives an interactive shell with the execution role of somebody else, from any address.',
    fix: 'Name the notebooks or user profiles in Resource, or add a condition on aws:SourceIp, aws:SourceVpce or a tag of the owner.',
    also: ['prowler:iam_policy_allows_privilege_escalation'],
    bad: (statement) => namesService(statement, 'sagemaker') && speaksOfAll(statement) && some(presigned, (action) => speaksOf(statement, action)) &&
      !isLimitedBy(statement, ['aws:sourceip', 'aws:vpcsourceip', 'aws:sourcevpce', 'aws:sourcevpc', ...tags]),
    fails: [allow('sagemaker:CreatePresignedDomainUrl', '*'), allow('sagemaker:CreatePresigned*', '*')],
    passes: [
      allow('sagemaker:CreatePresignedNotebookInstanceUrl', NOTEBOOK),
      allow('sagemaker:CreatePresignedDomainUrl', '*', { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }),
    ],
  }),
  ...noPolicyGrants({
    id: 'bedrock-inverted-policy', title: 'Policy allows AI by exception', severity: 'high',
    why: 'It reads like a limit and grants whatever it does not name: NotAction and NotResource let every other AI action through, and a negated guardrail condition allows calls without the guardrail.',
    fix: 'Write what is allowed in Action and Resource; put negated conditions in a statement that denies.',
    bad: (statement) => {
      const ai = ['bedrock:InvokeModel', 'sagemaker:CreatePresignedDomainUrl']
      if (statement.NotAction !== undefined) return some(ai, (action) => speaksOf(statement, action)) && statement.Condition === undefined
      if (!namesService(statement, 'bedrock') && !namesService(statement, 'sagemaker')) return false
      return statement.NotResource !== undefined || some(Object.entries(statement.Condition ?? {}), ([operator, keys]) =>
        /Not(?:Equals|Like)/i.test(operator) && Object.keys(keys).some((key) => key.toLowerCase() === 'bedrock:guardrailidentifier'))
    },
    fails: [
      { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' },
      { Effect: 'Allow', Action: 'bedrock:InvokeModel', NotResource: MODEL },
      allow('bedrock:InvokeModel', MODEL, { StringNotEquals: { 'bedrock:GuardrailIdentifier': 'gr-1' } }),
    ],
    passes: [
      { Effect: 'Allow', NotAction: ['bedrock:*', 'sagemaker:*', 'iam:*'], Resource: '*' },
      allow('bedrock:InvokeModel', MODEL, { StringEquals: { 'bedrock:GuardrailIdentifier': 'gr-1' } }),
    ],
  }),
  ...noPolicyGrants({
    id: 'bedrock-no-abac', title: 'AI permissions on everything, whatever its tags', severity: 'low',
    why: 'One team\'s policy reaches every other team\'s agents, models and notebooks.',
    fix: 'Add a condition that compares aws:ResourceTag with aws:PrincipalTag, or name the resources.',
    bad: (statement) => ['bedrock', 'sagemaker', 'bedrock-agentcore'].some((service) => namesService(statement, service)) && speaksOfAll(statement) &&
      some(listOf(statement.Action), (action) => /:(?:\*|Delete|Update|Put|Stop)/.test(action)) && !isLimitedBy(statement, [...tags, 'aws:requesttag/']),
    fails: [allow('bedrock:UpdateAgent', '*')],
    passes: [allow('bedrock:UpdateAgent', '*', { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } })],
  }),
  ...noPolicyGrants({
    id: 'ai-control-tamper-permission', title: 'Policy lets the controls over AI be weakened', severity: 'high', risk: 'privilege-escalation',
    why: 'Whoever holds it can turn the record of model calls off or empty a guardrail before an abuse.',
    fix: 'Keep these actions for a break-glass role, and deny them to all others by a service control policy.',
    bad: (statement) => namesService(statement, 'bedrock') && some(tampering, (action) => speaksOf(statement, action)),
    fails: [allow('bedrock:DeleteModelInvocationLoggingConfiguration', '*'), allow(['bedrock:InvokeModel', 'bedrock:Update*'], '*')],
    passes: [allow(['bedrock:InvokeModel', 'bedrock:GetGuardrail', 'bedrock:ApplyGuardrail'], '*')],
  }),
  ...noPolicyGrants({
    id: 'bedrock-bearer-token-unrestricted', title: 'Policy lets Bedrock API keys be used or made without a limit', severity: 'medium',
    why: 'A bearer token works from anywhere, without a signature, for whoever copies it.',
    fix: 'Add a condition on bedrock:BearerTokenType (SHORT_TERM), or deny bedrock:CallWithBearerToken; do not grant iam:CreateServiceSpecificCredential.',
    bad: (statement) => [...conditionKeys(statement)].every((key) => key !== 'bedrock:bearertokentype' && key !== 'iam:servicespecificcredentialservicename') && (
      (namesService(statement, 'bedrock') && speaksOf(statement, 'bedrock:CallWithBearerToken')) ||
      (namesService(statement, 'bedrock-mantle') && speaksOf(statement, 'bedrock-mantle:CallWithBearerToken')) ||
      (some(listOf(statement.Action), (action) => /^iam:[^*]/i.test(action)) && speaksOf(statement, 'iam:CreateServiceSpecificCredential') && speaksOfAll(statement))),
    fails: [allow('bedrock:CallWithBearerToken', '*'), allow('iam:CreateServiceSpecificCredential', '*')],
    passes: [allow('bedrock:CallWithBearerToken', '*', { StringEquals: { 'bedrock:BearerTokenType': 'SHORT_TERM' } })],
  }),
]
