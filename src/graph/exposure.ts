import { placesAt, valueAt } from '../core/pointer.ts'
import { isUnknown, throwUnknown } from '../core/unknown.ts'
import type { Resource } from '../model/resource.ts'
import type { Estate } from './estate.ts'
import { networkExposure } from './network.ts'
import type { Exposure } from './view.ts'

type Rule = (estate: Estate, resource: Resource, index: number) => Exposure | undefined

/** How the resource with this number can be reached from outside; undefined when it cannot. Reads of unknowns stop the caller. */
export const exposureOf = (estate: Estate, index: number): Exposure | undefined => {
  const resource = estate.resource(index)
  return rules[resource.type]?.(estate, resource, index) ?? byPolicy(estate, resource)
}

/** One fact that makes a resource reachable. */
const exposed = (resource: Resource, pointer: string, reason: string, kind: Exposure['kind'] = 'public'): Exposure =>
  ({ kind, reason, evidence: [{ resource: resource.id, pointer, note: reason }] })

/** The action that stands for using a resource, for types that a policy can open to anyone. */
const uses: Readonly<Record<string, readonly [action: string, suffix: string]>> = {
  'AWS::S3::Bucket': ['s3:GetObject', '/*'],
  'AWS::S3::AccessPoint': ['s3:GetObject', '/object/*'],
  'AWS::ECR::Repository': ['ecr:BatchGetImage', ''],
  'AWS::Lambda::Function': ['lambda:InvokeFunction', ''],
  'AWS::KMS::Key': ['kms:Decrypt', ''],
  'AWS::SecretsManager::Secret': ['secretsmanager:GetSecretValue', ''],
  'AWS::SQS::Queue': ['sqs:SendMessage', ''],
  'AWS::SNS::Topic': ['sns:Publish', ''],
  'AWS::SageMaker::ModelPackageGroup': ['sagemaker:DescribeModelPackageGroup', ''],
  'AWS::S3Vectors::VectorBucket': ['s3vectors:QueryVectors', '/*'],
  'AWS::BedrockAgentCore::Runtime': ['bedrock-agentcore:InvokeAgentRuntime', ''],
  'AWS::BedrockAgentCore::Gateway': ['bedrock-agentcore:InvokeGateway', ''],
  'AWS::OpenSearchService::Domain': ['es:ESHttpGet', '/*'],
}

/** A resource policy or ACL that lets anyone in, with nothing that the environment must add. */
const byPolicy = (estate: Estate, resource: Resource): Exposure | undefined => {
  const use = uses[resource.type]
  const arn = resource.arn ?? resource.id
  if (use === undefined || !arn.startsWith('arn:')) return undefined
  const [action, suffix] = use
  const anyone = estate.iam().whoCan(action, `${arn}${suffix}`).find(({ kind }) => kind === 'anyone')
  if (anyone === undefined) return undefined
  const gap = anyone.conditions.find(({ kind }) => kind === 'gap' || kind === 'unknown')
  if (gap !== undefined) return throwUnknown(gap.text)
  if (anyone.conditions.some(({ kind }) => kind === 'environment')) return undefined
  return exposed(resource, '', `its policy lets anyone do ${action}`)
}

const rules: Readonly<Record<string, Rule>> = {
  'AWS::SageMaker::NotebookInstance': (_estate, notebook) =>
    notebook.properties['DirectInternetAccess'] === 'Disabled' ? undefined
      : exposed(notebook, 'DirectInternetAccess', 'the notebook has a direct way to the internet', 'authenticated'),
  'AWS::Lambda::Url': (_estate, url) =>
    url.properties['AuthType'] === 'NONE' ? exposed(url, 'AuthType', 'the function URL asks for no authentication') : undefined,
  'AWS::Lambda::Function': (estate, lambda, index) => {
    const open = estate.graph.in(index).map(({ node }) => estate.graph.node(node))
      .filter(({ type, resource }) => type === 'AWS::Lambda::Url' && resource !== undefined)
      .map(({ resource }) => estate.resource(resource!)).find((url) => url.properties['AuthType'] === 'NONE')
    return open === undefined ? byPolicy(estate, lambda) : exposed(open, 'AuthType', 'its function URL asks for no authentication')
  },
  'AWS::EC2::Instance': networkExposure,
  'AWS::ECS::Service': networkExposure,
  'AWS::AppRunner::Service': (_estate, service) =>
    valueAt(service.properties, 'NetworkConfiguration/IngressConfiguration/IsPubliclyAccessible') === false ? undefined
      : exposed(service, 'NetworkConfiguration/IngressConfiguration/IsPubliclyAccessible', 'the service has a public address'),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': networkExposure,
  'AWS::OpenSearchServerless::Collection': (estate, collection) => publicCollection(estate, collection),
  'AWS::ApiGateway::Method': (estate, method, index) =>
    method.properties['AuthorizationType'] === 'NONE' && method.properties['ApiKeyRequired'] !== true && !isClosed(estate, index)
      ? exposed(method, 'AuthorizationType', 'the method asks for no authorisation') : undefined,
  'AWS::ApiGatewayV2::Route': (_estate, route) =>
    (route.properties['AuthorizationType'] ?? 'NONE') === 'NONE' ? exposed(route, 'AuthorizationType', 'the route asks for no authorisation') : undefined,
  'AWS::BedrockAgentCore::Gateway': (estate, gateway) =>
    gateway.properties['AuthorizerType'] === 'NONE' ? exposed(gateway, 'AuthorizerType', 'the gateway asks for no authorisation') : byPolicy(estate, gateway),
  'AWS::RDS::DBInstance': (_estate, instance) =>
    instance.properties['PubliclyAccessible'] === true ? exposed(instance, 'PubliclyAccessible', 'the database has a public address', 'authenticated') : undefined,
  'AWS::NeptuneGraph::Graph': (_estate, graph) =>
    graph.properties['PublicConnectivity'] === true ? exposed(graph, 'PublicConnectivity', 'the graph has a public endpoint', 'authenticated') : undefined,
  'AWS::EKS::Cluster': (_estate, cluster) => {
    const access = valueAt(cluster.properties, 'ResourcesVpcConfig/EndpointPublicAccess')
    const open = placesAt(cluster.properties, 'ResourcesVpcConfig/PublicAccessCidrs/*').map(({ value }) => value)
    return access !== false && (open.length === 0 || open.includes('0.0.0.0/0'))
      ? exposed(cluster, 'ResourcesVpcConfig/EndpointPublicAccess', 'the API server answers the whole internet', 'authenticated') : undefined
  },
}

/** Whether the API of a method is private, or its policy lets in only some. */
const isClosed = (estate: Estate, method: number): boolean =>
  estate.graph.out(method, 'part of').map(({ node }) => estate.graph.node(node).resource).filter((api) => api !== undefined).map((api) => estate.resource(api).properties).some((api) => {
    if (placesAt(api, 'EndpointConfiguration/Types/*').some(({ value }) => value === 'PRIVATE')) return true
    const statements = placesAt(api, 'Policy/Statement/*').map(({ value }) => value as Readonly<Record<string, unknown>>)
    return statements.length > 0 && (statements.some(({ Effect }) => Effect === 'Deny') || !statements.some(({ Condition }) => Condition === undefined))
  })

/** A network policy that opens a collection to the internet; who may read is then the data access policy's to say. */
const publicCollection = (estate: Estate, collection: Resource): Exposure | undefined => {
  const gap = estate.incomplete('AWS::OpenSearchServerless::SecurityPolicy', collection.account, collection.region)
  if (gap !== undefined) return throwUnknown(gap)
  let open: Resource | undefined
  for (const index of estate.ofType('AWS::OpenSearchServerless::SecurityPolicy')) {
    const policy = estate.resource(index)
    const { Type, Policy } = policy.properties
    if (isUnknown(Type) || (Type === 'network' && isUnknown(Policy))) open = policy
    if (Type !== 'network') continue
    const text = typeof policy.properties['Policy'] === 'string' ? policy.properties['Policy'] : JSON.stringify(policy.properties['Policy'] ?? '')
    const speaks = text.includes(`collection/${collection.name}"`) || text.includes('collection/*')
    if (speaks && /"AllowFromPublic"\s*:\s*true/.test(text)) return exposed(policy, 'Policy', 'its network policy lets the internet in', 'authenticated')
  }
  return open === undefined ? undefined : throwUnknown(`what security policy ${open.name} says is not known`)
}
