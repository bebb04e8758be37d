import type { Estate } from '../../graph/estate.ts'
import type { Link } from '../scene.ts'

/** Which of several roles the code of a workload has; the others are the service's own: to pull images, to scale, to call other services. */
const ofCode: Readonly<Record<string, RegExp>> = {
  'AWS::AppRunner::Service': /^InstanceConfiguration\//,
  'AWS::Batch::JobDefinition': /(Job|Task)RoleArn$/,
  'AWS::CodeBuild::Project': /^ServiceRole$/,
  'AWS::EMR::Cluster': /^JobFlowRole$/,
  'AWS::EMR::Studio': /^UserRole$/,
  'AWS::SageMaker::Cluster': /ExecutionRole$/,
  'AWS::SageMaker::Domain': /(User|Space)Settings\/ExecutionRole$/,
  'AWS::SageMaker::Space': /ExecutionRole$/,
  'AWS::SageMaker::UserProfile': /^UserSettings\/ExecutionRole$/,
  'AWS::CodeDeploy::DeploymentGroup': /^$/,
}

/** Whether a property of a type names the role of its code. */
export const isCodeRole = (type: string, pointer: string): boolean => ofCode[type]?.test(pointer) !== false

/** The roles that code has which a workload runs. */
export const codeRoles = ({ graph }: Estate) => ({
  out: (workload: number): readonly Link[] => graph.out(workload, 'runs as').filter(({ pointer }) => isCodeRole(graph.node(workload).type, pointer)),
  in: (role: number): readonly Link[] => graph.in(role, 'runs as').filter(({ node, pointer }) => isCodeRole(graph.node(node).type, pointer)),
})
