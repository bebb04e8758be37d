import { acts, family, hackTricks, makes } from '../../family.ts'
import { agent, lambda, repository } from '../../nodes.ts'
import { any, fact, may } from '../../step.ts'

const step = family('exposure', ['AML.T0132'])
const store = any('store', 'AWS::OpenSearchServerless::Collection')
const catalog = any('table', 'AWS::Glue::Table', 'AWS::Glue::Database', 'AWS::Glue::Catalog')
const api = any('api', 'AWS::ApiGateway::RestApi', 'AWS::ApiGateway::Method', 'AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Route')

/** Opening what was closed. */
export default [
  step('DM-aoss-public', 'opens {store} to the internet, and reads it', [...makes('aoss:UpdateSecurityPolicy'), may('aoss:APIAccessAll', store)], { power: 'read', on: store }),
  step('DM-lambdaurl-chat', 'publishes {function}, behind which {agent} works, without authorisation', [...acts(lambda, 'lambda:CreateFunctionUrlConfig', 'lambda:AddPermission'), fact(lambda, 'invokes', agent)], { power: 'invoke', on: lambda }),
  step('EN-lambda-addperm', 'lets outsiders call {function}', acts(lambda, 'lambda:AddPermission'), { power: 'invoke', on: lambda }, { ...hackTricks, techniques: ['T1098'] }),
  step('EN-ecr-policy', 'lets outsiders pull and push images of {repository}', acts(repository, 'ecr:SetRepositoryPolicy'), [{ power: 'read', on: repository }, { power: 'write', on: repository }], { ...hackTricks, techniques: ['T1098'] }),
  step('EN-glue-catalogpolicy', 'shares {table} with an outsider', acts(catalog, 'glue:PutResourcePolicy'), { power: 'read', on: catalog }, { techniques: ['T1537'] }),
  step('EN-apigw', 'takes the authorisation off {api}', acts(api, 'apigateway:PATCH'), { power: 'invoke', on: api }),
]
