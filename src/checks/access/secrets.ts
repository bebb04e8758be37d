import { some } from '../../core/unknown.ts'
import { isAiFunction } from '../families/ai-callers.ts'
import { allow, role, roleArn } from '../families/examples.ts'
import { noSecrets } from '../families/no-secrets.ts'
import {
  EXAMPLE_KEY_ID, EXAMPLE_PROVIDER_KEY, holdsProviderKey, scriptHoldsProviderKey, scriptsHoldCredential, textsHoldCredential, variablesHold,
} from '../families/secrets.ts'
import { IMAGE, ROLE } from '../families/values.ts'

/** Variables that hold a secret, and the same with a reference to one. */
const key = { AWS_ACCESS_KEY_ID: EXAMPLE_KEY_ID }
const token = { HF_TOKEN: EXAMPLE_PROVIDER_KEY }
const fine = { HF_TOKEN_SECRET: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:hf-AbCdEf', LOG_LEVEL: 'info' }

const processing = {
  AppSpecification: { ImageUri: IMAGE }, RoleArn: ROLE,
  ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.xlarge' as const, VolumeSizeInGB: 30 } },
}
const runtime = {
  AgentRuntimeName: 'helper', RoleArn: ROLE, AgentRuntimeArtifact: { ContainerConfiguration: { ContainerUri: IMAGE } },
}
const harness = { HarnessName: 'helper', ExecutionRoleArn: ROLE, Model: { BedrockModelConfig: { ModelId: 'amazon.nova-pro-v1:0' } } }
const lambda = { FunctionName: 'answer', Role: roleArn('answer'), Code: { ZipFile: 'x' } }
const caller = role('answer', 'lambda.amazonaws.com', allow('bedrock:InvokeModel', 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0'))
const model = { ExecutionRoleArn: ROLE }
const setting = { HarmlessScript: btoa('#!/bin/bash\nset -e\npip install -r requirements.txt\n'), Script: btoa(`#!/bin/bash\nexport AWS_ACCESS_KEY_ID=${EXAMPLE_KEY_ID}\n`) }
const parameter = { Name: '/chat/token', Type: 'String' as const }
const inScripts = 'Remove the secret from the script, read it from Secrets Manager when the script runs, and replace the one that stood here.'

export default [
  noSecrets({
    id: 'sagemaker-notebook-lifecycle-secrets', on: 'AWS::SageMaker::NotebookInstanceLifecycleConfig', where: 'Lifecycle script of the notebook',
    fix: inScripts,
    also: ['prowler:sagemaker_notebook_instance_no_secrets'],
    holds: ({ OnCreate, OnStart }) => some([OnCreate, OnStart], (scripts) => some(scripts, ({ Content }) => scriptsHoldCredential([Content]))),
    fails: [{ OnStart: [{ Content: setting.Script }] }, { OnCreate: [{ Content: setting.Script }] }],
    passes: [{ OnStart: [{ Content: setting.HarmlessScript }] }],
  }),
  noSecrets({
    id: 'sagemaker-studio-lifecycle-secrets', on: 'AWS::SageMaker::StudioLifecycleConfig', where: 'Lifecycle script of Studio',
    fix: inScripts,
    holds: (config) => scriptsHoldCredential([config.StudioLifecycleConfigContent]),
    fails: [{ StudioLifecycleConfigAppType: 'JupyterLab', StudioLifecycleConfigName: 'setup', StudioLifecycleConfigContent: setting.Script }],
    passes: [{ StudioLifecycleConfigAppType: 'JupyterLab', StudioLifecycleConfigName: 'setup', StudioLifecycleConfigContent: setting.HarmlessScript }],
  }),
  noSecrets({
    id: 'sagemaker-model-env-secrets', on: 'AWS::SageMaker::Model', where: 'Environment of the model',
    holds: ({ PrimaryContainer, Containers }) => some([
      () => variablesHold(PrimaryContainer?.Environment as Record<string, unknown> | undefined),
      () => some(Containers, ({ Environment }) => variablesHold(Environment as Record<string, unknown> | undefined)),
    ], (look) => look()),
    fails: [
      { ...model, PrimaryContainer: { Image: IMAGE, Environment: token } },
      { ...model, Containers: [{ Image: IMAGE, Environment: key }] },
      { ...model, PrimaryContainer: { Image: IMAGE, Environment: { DB_PASSWORD: 'correct-horse-battery' } } },
    ],
    passes: [{ ...model, PrimaryContainer: { Image: IMAGE, Environment: fine } }, { ...model, Containers: [{ Image: IMAGE, Environment: fine }] }],
  }),
  noSecrets({
    id: 'sagemaker-training-hyperparameter-secrets', on: 'AWS::SageMaker::TrainingJob', where: 'Hyperparameters or environment of the training job',
    holds: ({ HyperParameters, Environment }) => some([HyperParameters, Environment], (variables) => variablesHold(variables)),
    fails: [{ TrainingJobName: 'churn', HyperParameters: { hub_token: EXAMPLE_PROVIDER_KEY } }, { TrainingJobName: 'churn', Environment: key }],
    passes: [{ TrainingJobName: 'churn', HyperParameters: { epochs: '10' }, Environment: fine }],
  }),
  noSecrets({
    id: 'sagemaker-processing-env-secrets', on: 'AWS::SageMaker::ProcessingJob', where: 'Environment or arguments of the processing job',
    holds: ({ Environment, AppSpecification }) => some([
      () => variablesHold(Environment),
      () => textsHoldCredential(AppSpecification.ContainerArguments),
    ], (look) => look()),
    fails: [
      { ...processing, Environment: key },
      { ...processing, AppSpecification: { ImageUri: IMAGE, ContainerArguments: ['--key', EXAMPLE_KEY_ID] } },
    ],
    passes: [{ ...processing, Environment: fine, AppSpecification: { ImageUri: IMAGE, ContainerArguments: ['--epochs', '10'] } }],
  }),
  noSecrets({
    id: 'agentcore-runtime-secrets-in-env', on: 'AWS::BedrockAgentCore::Runtime', where: 'Environment of the agent runtime',
    holds: ({ EnvironmentVariables }) => variablesHold(EnvironmentVariables),
    fails: [{ ...runtime, EnvironmentVariables: key }],
    passes: [{ ...runtime, EnvironmentVariables: fine }],
  }),
  noSecrets({
    id: 'agentcore-runtime-secrets-in-env', on: 'AWS::BedrockAgentCore::Harness', where: 'Environment of the agent harness',
    holds: ({ EnvironmentVariables }) => variablesHold(EnvironmentVariables),
    fails: [{ ...harness, EnvironmentVariables: key }],
    passes: [{ ...harness, EnvironmentVariables: fine }],
  }),
  noSecrets({
    id: 'ai-lambda-secrets', on: 'AWS::Lambda::Function', where: 'Environment of a function that uses AI', which: 'other',
    also: ['prowler:awslambda_function_no_secrets_in_variables', 'prowler:awslambda_function_no_secrets_in_code'],
    when: (resource, estate) => isAiFunction(estate, resource),
    holds: ({ Environment }) => variablesHold(Environment?.Variables, 'other'),
    fails: [{ ...lambda, Environment: { Variables: key }, given: [caller] }],
    passes: [{ ...lambda, Environment: { Variables: fine }, given: [caller] }],
  }),
  noSecrets({
    id: 'ai-provider-secret-exposed', on: 'AWS::Lambda::Function', where: 'Environment of the function', which: 'provider',
    also: ['prowler:awslambda_function_no_secrets_in_variables', 'prowler:ecs_task_definitions_no_environment_secrets'],
    holds: ({ Environment }) => variablesHold(Environment?.Variables, 'provider'),
    fails: [{ ...lambda, Environment: { Variables: token } }, { ...lambda, Environment: { Variables: { OPENAI_API_KEY: '«secret: openai-api-key»' } } }],
    passes: [{ ...lambda, Environment: { Variables: fine } }],
  }),
  noSecrets({
    id: 'ai-provider-secret-exposed', on: 'AWS::ECS::TaskDefinition', where: 'Environment of a container', which: 'provider',
    also: ['prowler:awslambda_function_no_secrets_in_variables', 'prowler:ecs_task_definitions_no_environment_secrets'],
    holds: ({ ContainerDefinitions }) => some(ContainerDefinitions, ({ Environment }) => variablesHold(Environment, 'provider')),
    fails: [{ ContainerDefinitions: [{ Name: 'chat', Image: IMAGE, Environment: [{ Name: 'HF_TOKEN', Value: EXAMPLE_PROVIDER_KEY }] }] }],
    passes: [{ ContainerDefinitions: [{ Name: 'chat', Image: IMAGE, Environment: [{ Name: 'LOG_LEVEL', Value: 'info' }] }] }],
  }),
  noSecrets({
    id: 'ai-provider-secret-exposed', on: 'AWS::SSM::Parameter', where: 'Plain parameter', which: 'provider',
    also: ['prowler:awslambda_function_no_secrets_in_variables', 'prowler:ecs_task_definitions_no_environment_secrets'],
    holds: ({ Value }) => holdsProviderKey(Value),
    fails: [{ ...parameter, Value: EXAMPLE_PROVIDER_KEY }],
    passes: [{ ...parameter, Value: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:hf-AbCdEf' }],
  }),
  noSecrets({
    id: 'ai-provider-secret-exposed', on: 'AWS::SageMaker::Model', where: 'Environment of the model', which: 'provider',
    also: ['prowler:awslambda_function_no_secrets_in_variables', 'prowler:ecs_task_definitions_no_environment_secrets'],
    holds: ({ PrimaryContainer, Containers }) => some([PrimaryContainer, ...Containers ?? []], (container) =>
      variablesHold(container?.Environment as Record<string, unknown> | undefined, 'provider')),
    fails: [{ ...model, PrimaryContainer: { Image: IMAGE, Environment: token } }],
    passes: [{ ...model, PrimaryContainer: { Image: IMAGE, Environment: fine } }],
  }),
  noSecrets({
    id: 'ai-provider-secret-exposed', on: 'AWS::BedrockAgentCore::Runtime', where: 'Environment of the agent runtime', which: 'provider',
    also: ['prowler:awslambda_function_no_secrets_in_variables', 'prowler:ecs_task_definitions_no_environment_secrets'],
    holds: ({ EnvironmentVariables }) => variablesHold(EnvironmentVariables, 'provider'),
    fails: [{ ...runtime, EnvironmentVariables: token }],
    passes: [{ ...runtime, EnvironmentVariables: fine }],
  }),
  noSecrets({
    id: 'ai-provider-secret-exposed', on: 'AWS::EC2::Instance', where: 'User data of the instance', which: 'provider',
    fix: inScripts,
    also: ['prowler:ec2_instance_secrets_user_data'],
    holds: ({ UserData }) => scriptHoldsProviderKey(UserData),
    fails: [{ ImageId: 'ami-0a1b2c3d4e5f60718', UserData: btoa(`#!/bin/bash\nexport HF_TOKEN=${EXAMPLE_PROVIDER_KEY}\n`) }],
    passes: [{ ImageId: 'ami-0a1b2c3d4e5f60718', UserData: setting.HarmlessScript }],
  }),
]
