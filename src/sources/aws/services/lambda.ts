import { unknown } from '../../../core/unknown.ts'
import { readFunctionCode } from '../code/functions.ts'
import { call, defineCollector } from '../collector.ts'
import type { Item } from '../collector.ts'

/** What CloudFormation nests, from what the API gives flat. */
const shaped = (item: Item): Item => {
  const { Layers, Code, Environment, ImageConfigResponse, SnapStart, FunctionArn, SigningJobArn, policyText } = item
  const layers = ((Layers ?? []) as { Arn: string }[]).map(({ Arn }) => Arn)
  const image = (Code as { ImageUri?: string } | undefined)?.ImageUri
  const variables = ((Environment as { Variables?: Item } | undefined)?.Variables ?? {})
  return {
    Layers: layers,
    Code: image === undefined ? {} : { ImageUri: image },
    Environment: { Variables: variables },
    ImageConfig: (ImageConfigResponse as { ImageConfig?: unknown } | undefined)?.ImageConfig,
    SnapStart: { ApplyOn: (SnapStart as { ApplyOn?: string } | undefined)?.ApplyOn ?? 'None' },
    Arn: FunctionArn,
    // which configuration enforced the signature is not told; code without one was enforced by none
    ...(SigningJobArn === undefined ? {} : { CodeSigningConfigArn: unknown('the list of functions does not name code signing configurations') }),
    ...(policyText === undefined ? {} : { BartizanPolicy: parsed(policyText) }),
  }
}

interface Statement { readonly Sid?: string, readonly Effect?: string, readonly Principal?: '*' | Readonly<Record<string, unknown>>, readonly Action?: unknown, readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>> }

const parsed = (policy: unknown): unknown => {
  try {
    return typeof policy === 'string' ? JSON.parse(policy) : policy
  } catch {
    return unknown('the policy is not JSON')
  }
}

const allowing = (policy: unknown): Statement[] => {
  const { Statement: statements } = (parsed(policy) ?? {}) as { readonly Statement?: unknown }
  return (Array.isArray(statements) ? statements as Statement[] : []).filter(({ Effect, Action }) => Effect === 'Allow' && typeof Action === 'string')
}

/** CloudFormation writes each statement of the policy as a permission. */
const permissions = ({ policyText, FunctionArn }: Item): Item[] =>
  allowing(policyText).map(({ Sid, Principal, Action, Condition = {} }) => {
    const values = new Map(Object.values(Condition).flatMap((keys) => Object.entries(keys)).map(([key, value]) => [key.toLowerCase(), value]))
    return {
      Id: Sid, Action, FunctionName: FunctionArn, Principal: typeof Principal === 'object' ? Object.values(Principal)[0] : Principal,
      SourceArn: values.get('aws:sourcearn'), SourceAccount: values.get('aws:sourceaccount'), PrincipalOrgID: values.get('aws:principalorgid'), FunctionUrlAuthType: values.get('lambda:functionurlauthtype'),
    }
  })

/** The newest version of a layer; where its code came from, Lambda does not tell. */
const layer = ({ LatestMatchingVersion }: Item): Item => ({ ...LatestMatchingVersion as Item | undefined, Content: unknown('Lambda does not tell where a layer came from') })

const layerPermissions = ({ LatestMatchingVersion, layerPolicy }: Item): Item[] => {
  const { LayerVersionArn } = (LatestMatchingVersion ?? {}) as Item
  return allowing(layerPolicy).map(({ Sid, Principal, Action, Condition }) => ({
    Id: `${String(LayerVersionArn)}#${Sid ?? ''}`, LayerVersionArn, Action, Principal: typeof Principal === 'object' ? accountOf(Object.values(Principal)[0]) : Principal, OrganizationId: Condition?.['StringEquals']?.['aws:PrincipalOrgID'],
  }))
}

/** CloudFormation names the account, and the policy its root. */
const accountOf = (principal: unknown): unknown => (typeof principal === 'string' ? /^arn:[^:]*:iam::(\d{12}):root$/.exec(principal)?.[1] ?? principal : principal)

export default defineCollector({
  id: 'lambda',
  prefix: 'lambda',
  scope: 'region',
  client: () => import('@aws-sdk/client-lambda'),
  page: { MaxItems: 50 },
  tags: call('ListTags', { Resource: '$arn' }),
  resources: [
    {
      type: 'AWS::Lambda::Function', list: call('ListFunctions'), items: 'Functions', arn: 'FunctionArn', name: 'FunctionName', derive: shaped, usage: { namespace: 'AWS/Lambda', metric: 'Invocations', dimension: 'FunctionName', by: 'FunctionName' },
      more: [
        call('GetPolicy', 'FunctionName', { at: 'Policy', as: 'policyText' }),
        call('GetFunctionConcurrency', 'FunctionName', { at: 'ReservedConcurrentExecutions', as: 'ReservedConcurrentExecutions' }),
        call('ListFunctionUrlConfigs', 'FunctionName', { at: 'FunctionUrlConfigs', as: 'urls', otherwise: call('GetFunctionUrlConfig', 'FunctionName', { as: 'url' }) }),
      ],
      rename: { FunctionArn: 'Arn' }, code: { permissions: ['lambda:GetFunction', 'lambda:GetLayerVersion'], when: ({ PackageType, Layers }) => PackageType !== 'Image' || Layers !== undefined, read: readFunctionCode },
      with: [
        { type: 'AWS::Lambda::Permission', items: permissions, needs: 'policyText', id: ['FunctionName', 'Id'], name: 'Id' },
        ...['urls', 'url'].map((needs) => ({
          type: 'AWS::Lambda::Url', needs, items: (item: Item) => [item[needs]].flat() as Item[], id: ['FunctionArn'], name: 'FunctionUrl', derive: ({ FunctionArn }: Item) => ({ TargetFunctionArn: FunctionArn }),
        })),
      ],
    },
    {
      type: 'AWS::Lambda::LayerVersion', list: call('ListLayers'), items: 'Layers', arn: 'LatestMatchingVersion/LayerVersionArn', name: 'LayerName', derive: layer,
      more: [call('GetLayerVersionPolicy', { LayerName: 'LayerName', VersionNumber: 'LatestMatchingVersion/Version' }, { at: 'Policy', as: 'layerPolicy' })],
      with: [{ type: 'AWS::Lambda::LayerVersionPermission', items: layerPermissions, needs: 'layerPolicy', id: ['Id'], name: 'Id' }],
    },
    { type: 'AWS::Lambda::EventSourceMapping', list: call('ListEventSourceMappings'), items: 'EventSourceMappings', id: ['UUID'], name: 'UUID', rename: { UUID: 'Id', FunctionArn: 'FunctionName' }, derive: ({ State }) => ({ Enabled: State === 'Enabled' }) },
    { type: 'AWS::Lambda::CodeSigningConfig', list: call('ListCodeSigningConfigs'), items: 'CodeSigningConfigs', arn: 'CodeSigningConfigArn', name: 'CodeSigningConfigId' },
  ],
})
