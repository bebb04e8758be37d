import { none, some } from '../../core/unknown.ts'
import type { ResourceTypes } from '../../model/types.gen.ts'
import { defineCheck } from '../check.ts'
import type { Given } from '../check.ts'
import { seenUsingAi } from '../families/ai-callers.ts'
import { ACCOUNT, REGION } from '../families/examples.ts'
import { isAccelerated } from '../families/hosts.ts'
import { variablesHold, EXAMPLE_KEY_ID } from '../families/secrets.ts'
import { IMAGE, ROLE } from '../families/values.ts'

const container = { Name: 'chat', Image: IMAGE, ResourceRequirements: [{ Type: 'GPU' as const, Value: '1' }], LogConfiguration: { LogDriver: 'awslogs' as const } }

/** Whether a task runs AI: by its images and variables, or by the accelerators that it asks for. */
const isAiTask = (task: ResourceTypes['AWS::ECS::TaskDefinition']): boolean => seenUsingAi(task) || (task.InferenceAccelerators ?? []).length > 0 ||
  some(task.ContainerDefinitions, ({ ResourceRequirements }) => some(ResourceRequirements, ({ Type }) => Type === 'GPU' || Type === 'InferenceAccelerator'))

const serving: Given = { type: 'AWS::ECS::TaskDefinition', id: `arn:aws:ecs:${REGION}:${ACCOUNT}:task-definition/model:1`, properties: { Family: 'model', ContainerDefinitions: [container] } }
const served = (AssignPublicIp: 'ENABLED' | 'DISABLED') =>
  ({ TaskDefinition: serving.id!, NetworkConfiguration: { AwsvpcConfiguration: { Subnets: ['subnet-0a1b2c3d4e5f60718'], AssignPublicIp } } })

const cluster = (more: { EndpointPublicAccess?: boolean, PublicAccessCidrs?: string[] } = {}, logged = true) => ({
  Name: 'models', RoleArn: ROLE, ResourcesVpcConfig: { SubnetIds: ['subnet-1'], EndpointPublicAccess: false, ...more },
  EncryptionConfig: [{ Resources: ['secrets'], Provider: { KeyArn: 'arn:aws:kms:us-east-1:111122223333:key/1' } }],
  ...(logged ? { Logging: { ClusterLogging: { EnabledTypes: [{ Type: 'audit' as const }] } } } : {}),
})
const nodes = { type: 'AWS::EKS::Nodegroup', properties: { ClusterName: 'models', InstanceTypes: ['g5.xlarge'], NodeRole: ROLE, Subnets: ['subnet-1'] } } as const

export default [
  defineCheck({
    id: 'ai-container-workload-insecure',
    title: 'AI container is privileged, unlogged or holds secrets',
    risk: 'misconfigured-pipeline', severity: 'high', on: 'AWS::ECS::TaskDefinition',
    why: 'Whoever breaks the model server gets the host or its credentials, and leaves no trace.',
    fix: { text: 'Turn Privileged off, take secrets from Secrets Manager, and set a LogConfiguration.' },
    also: [
      'prowler:ecs_task_definitions_no_privileged_containers', 'prowler:ecs_task_definitions_no_environment_secrets',
      'prowler:ecs_task_set_no_assign_public_ip',
    ],
    when: isAiTask,
    requires: ({ ContainerDefinitions }) => none(ContainerDefinitions, ({ Privileged, Environment, LogConfiguration }) =>
      Privileged === true || LogConfiguration === undefined || variablesHold(Environment)),
    fails: [
      { ContainerDefinitions: [{ ...container, Privileged: true }] },
      { ContainerDefinitions: [{ ...container, LogConfiguration: undefined }] },
      { ContainerDefinitions: [{ ...container, Environment: [{ Name: 'AWS_ACCESS_KEY_ID', Value: EXAMPLE_KEY_ID }] }] },
    ],
    passes: [{ ContainerDefinitions: [container] }],
  }),
  defineCheck({
    id: 'ai-container-workload-insecure',
    title: 'AI container has a public address',
    risk: 'misconfigured-pipeline', severity: 'high', on: 'AWS::ECS::Service',
    why: 'Model servers ask for no password by default: one wrong rule of a security group lets the internet use the model.',
    fix: { text: 'Set AssignPublicIp to DISABLED, and reach the service through a load balancer or from the VPC.' },
    also: ['prowler:ecs_task_set_no_assign_public_ip', 'prowler:ecs_service_no_assign_public_ip'],
    when: ({ TaskDefinition }, estate) => {
      const task = estate.find('AWS::ECS::TaskDefinition', TaskDefinition)
      return task !== undefined && isAiTask(task.properties)
    },
    requires: ({ NetworkConfiguration }) => NetworkConfiguration?.AwsvpcConfiguration?.AssignPublicIp !== 'ENABLED',
    fails: [{ ...served('ENABLED'), given: [serving] }],
    passes: [{ ...served('DISABLED'), given: [serving] }],
  }),
  defineCheck({
    id: 'ai-eks-cluster-insecure',
    title: 'Cluster with accelerators is open, unlogged or keeps its secrets unencrypted',
    risk: 'misconfigured-pipeline', severity: 'high', on: 'AWS::EKS::Cluster',
    why: 'Whoever gets at the API server gets the models and the accelerators.',
    fix: { text: 'Turn EndpointPublicAccess off or name PublicAccessCidrs, encrypt secrets with a key of yours, and enable the audit log.' },
    also: ['prowler:eks_cluster_not_publicly_accessible', 'prowler:eks_cluster_private_nodes_enabled'],
    when: ({ Name }, estate) => some(estate.all('AWS::EKS::Nodegroup'), ({ properties }) =>
      properties.ClusterName === (Name ?? estate.self.name) && some(properties.InstanceTypes, (type) => isAccelerated(type))),
    requires: ({ ResourcesVpcConfig, EncryptionConfig, Logging }) =>
      (ResourcesVpcConfig.EndpointPublicAccess === false ||
        ((ResourcesVpcConfig.PublicAccessCidrs ?? []).length > 0 && none(ResourcesVpcConfig.PublicAccessCidrs, (range) => range === '0.0.0.0/0'))) &&
      some(EncryptionConfig, ({ Resources }) => some(Resources, (resource) => resource === 'secrets')) &&
      some(Logging?.ClusterLogging?.EnabledTypes, ({ Type }) => Type === 'audit'),
    fails: [{ ...cluster({ EndpointPublicAccess: true }), given: [nodes] }, { ...cluster({}, false), given: [nodes] }],
    passes: [{ ...cluster(), given: [nodes] }, { ...cluster({ EndpointPublicAccess: true, PublicAccessCidrs: ['198.51.100.0/24'] }), given: [nodes] }],
  }),
]
