import type { Estate } from '../graph/estate.ts'
import { aiServices } from '../sources/ai-use.ts'

interface AiUse { readonly Provider?: string, readonly Evidence?: string }

/** Workloads that are AI only when something in them says so. */
const workloads = new Set([
  'AWS::Amplify::App', 'AWS::AppRunner::Service', 'AWS::Batch::ComputeEnvironment', 'AWS::Batch::JobDefinition', 'AWS::CodeBuild::Project', 'AWS::EC2::Image', 'AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate',
  'AWS::ECR::Repository', 'AWS::ECS::TaskDefinition', 'AWS::EKS::Cluster', 'AWS::EKS::Nodegroup', 'AWS::Events::ApiDestination', 'AWS::Lambda::Function', 'AWS::Lambda::LayerVersion', 'AWS::SecretsManager::Secret', 'AWS::SSM::Parameter', 'AWS::Marketplace::Agreement',
  'Bartizan::Repository::File',
])

/** The signs that a workload uses AI although no AI service says so, as people read them; undefined where there are none. */
export const shadowSigns = (estate: Estate, index: number): string | undefined => {
  if (!workloads.has(estate.table.typeOf(index))) return undefined
  const found = estate.resource(index).properties['BartizanAiUse']
  const signs = [...Array.isArray(found) ? found as AiUse[] : [], ...portSigns(estate, index)]
  return signs.length === 0 ? undefined : signs.map(({ Provider: provider = 'AI', Evidence: evidence = '' }) => `${provider}${evidence === '' ? '' : ` (${evidence})`}`).join(', ')
}

interface Ingress { readonly FromPort?: unknown, readonly ToPort?: unknown }

/** A wider range is open for other reasons. */
const widest = 10

/** Ports that hardly anything but AI listens on, opened in a workload's security groups. */
const portSigns = (estate: Estate, index: number): AiUse[] =>
  estate.graph.out(index, 'in security group').flatMap(({ node }) => {
    const group = estate.graph.node(node).resource
    const { name, properties } = group === undefined ? { name: '', properties: {} as Readonly<Record<string, unknown>> } : estate.resource(group)
    const rules = properties['SecurityGroupIngress']
    return (Array.isArray(rules) ? rules as Ingress[] : []).flatMap(({ FromPort: from, ToPort: to }) => {
      if (typeof from !== 'number' || typeof to !== 'number' || to - from > widest) return []
      return aiServices().tellingPorts.filter((port) => from <= port && port <= to).map((port): AiUse => ({ Provider: serverOn(port), Evidence: `port ${port} is open in ${name}` }))
    })
  })

const serverOn = (port: number): string => aiServices().servers.find(({ ports }) => ports.includes(port))?.name ?? 'AI server'
