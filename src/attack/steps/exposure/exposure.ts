import { acts, family, hackTricks } from '../../family.ts'
import { agent, lambda, repository } from '../../nodes.ts'
import { any, fact, has } from '../../step.ts'

const step = family('exposure', ['AML.T0132'])
const store = any('store', 'AWS::OpenSearchServerless::Collection')
const catalog = any('table', 'AWS::Glue::Table', 'AWS::Glue::Database', 'AWS::Glue::Catalog')
const api = any('api', 'AWS::ApiGateway::RestApi', 'AWS::ApiGateway::Method', 'AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Route')

const anyone = any('anyone', 'anyone')
const host = any('host', 'AWS::EC2::Instance', 'AWS::ECS::Service')
const code = any('server', 'code server')
const server = any('server', 'code server', 'model server')
const role = any('role', 'AWS::IAM::Role')
const front = any('front', 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::ElasticLoadBalancingV2::Listener', 'AWS::ElasticLoadBalancingV2::TargetGroup')

/** Servers that answer whoever reaches them. */
const open = [
  step('open-server', 'uses {server}, which is open to the internet', [has('be', anyone), fact(server, 'shared with', anyone)], { power: 'invoke', on: server }, { source: 'MITRE ATT&CK T1133', techniques: ['T1133', 'AML.T0049'] }),
  step('server-of-host', 'uses {server} through {front}', [has('invoke', front), fact(front, 'routes to', host), fact(server, 'hosted on', host)], { power: 'invoke', on: server }, { source: 'MITRE ATT&CK T1190', techniques: ['T1190', 'AML.T0049'] }),
  step('run-on-server', 'runs code in {server}, and acts as {role}', [has('invoke', code), fact(code, 'hosted on', host), fact(host, 'runs as', role)], { power: 'be', on: role }, { source: 'Oligo Security on ShadowRay', techniques: ['T1059', 'T1552.005'] }),
]

/** Opening what was closed. */
const opened = [
  step('DM-aoss-public', 'opens {store} to the internet, and reads it', acts(store, 'aoss:UpdateSecurityPolicy', 'aoss:APIAccessAll'), { power: 'read', on: store }),
  step('DM-lambdaurl-chat', 'publishes {function}, behind which {agent} works, without authorisation', [...acts(lambda, 'lambda:CreateFunctionUrlConfig', 'lambda:AddPermission'), fact(lambda, 'invokes', agent)], { power: 'invoke', on: lambda }),
  step('EN-lambda-addperm', 'lets outsiders call {function}', acts(lambda, 'lambda:AddPermission'), { power: 'invoke', on: lambda }, { ...hackTricks, techniques: ['T1098'] }),
  step('EN-ecr-policy', 'lets outsiders pull and push images of {repository}', acts(repository, 'ecr:SetRepositoryPolicy'), [{ power: 'read', on: repository }, { power: 'write', on: repository }], { ...hackTricks, techniques: ['T1098'] }),
  step('EN-glue-catalogpolicy', 'shares {table} with an outsider', acts(catalog, 'glue:PutResourcePolicy'), { power: 'read', on: catalog }, { techniques: ['T1537'] }),
  step('EN-apigw', 'takes the authorisation off {api}', acts(api, 'apigateway:PATCH'), { power: 'invoke', on: api }),
]

export default [...open, ...opened]
