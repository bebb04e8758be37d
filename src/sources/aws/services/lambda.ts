import { unknown } from '../../../core/unknown.ts'
import { aiInImage, aiInLayer, aiInVariables, aiProperties } from '../../ai-use.ts'
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
    ...(typeof policyText === 'string' ? { BartizanPolicy: JSON.parse(policyText) as unknown } : {}),
    ...aiProperties([...aiInVariables(variables), ...layers.flatMap(aiInLayer), ...(image === undefined ? [] : aiInImage(image))]),
  }
}

export default defineCollector({
  id: 'lambda',
  prefix: 'lambda',
  scope: 'region',
  client: () => import('@aws-sdk/client-lambda'),
  page: { MaxItems: 50 },
  resources: [
    {
      type: 'AWS::Lambda::Function', list: call('ListFunctions'), items: 'Functions', arn: 'FunctionArn', name: 'FunctionName', derive: shaped,
      more: [
        call('GetPolicy', 'FunctionName', { at: 'Policy', as: 'policyText', gives: ['BartizanPolicy'] }),
        call('GetFunctionConcurrency', 'FunctionName', { at: 'ReservedConcurrentExecutions', as: 'ReservedConcurrentExecutions' }),
        call('ListFunctionUrlConfigs', 'FunctionName', { at: 'FunctionUrlConfigs', as: 'urls' }),
      ],
      rename: { FunctionArn: 'Arn' },
      with: [{ type: 'AWS::Lambda::Url', items: 'urls', id: ['FunctionArn'], name: 'FunctionUrl', derive: ({ FunctionArn }) => ({ TargetFunctionArn: FunctionArn }) }],
    },
    { type: 'AWS::Lambda::EventSourceMapping', list: call('ListEventSourceMappings'), items: 'EventSourceMappings', id: ['UUID'], name: 'UUID', rename: { UUID: 'Id', FunctionArn: 'FunctionName' }, derive: ({ State }) => ({ Enabled: State === 'Enabled' }) },
    { type: 'AWS::Lambda::CodeSigningConfig', list: call('ListCodeSigningConfigs'), items: 'CodeSigningConfigs', arn: 'CodeSigningConfigArn', name: 'CodeSigningConfigId' },
  ],
})
