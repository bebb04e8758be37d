import { call, defineCollector } from '../collector.ts'
import type { Item } from '../collector.ts'

/** Switches are listed as pairs of texts, and CloudFormation has them as one object. */
const attributes = ({ switches }: Item): Item => {
  const pairs = (switches ?? []) as { AttributeType?: string, Value?: string }[]
  return { Attributes: Object.fromEntries(pairs.map(({ AttributeType = '', Value }) => [AttributeType.toLowerCase().split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(''), Value === 'true'])) }
}

const instance = { InstanceId: '$parent/Id' }

export default defineCollector({
  id: 'connect',
  prefix: 'connect',
  scope: 'region',
  client: () => import('@aws-sdk/client-connect'),
  tags: call('ListTagsForResource', { resourceArn: '$arn' }, { at: 'tags' }),
  resources: [{
    type: 'AWS::Connect::Instance', list: call('ListInstances'), items: 'InstanceSummaryList', arn: 'Arn', name: 'InstanceAlias',
    more: [call('ListInstanceAttributes', { InstanceId: 'Id' }, { at: 'Attributes', as: 'switches', gives: ['Attributes'] })], derive: attributes,
    children: [{
      type: 'AWS::Connect::IntegrationAssociation', list: call('ListIntegrationAssociations', instance), items: 'IntegrationAssociationSummaryList', arn: 'IntegrationAssociationArn', name: 'IntegrationAssociationId',
    }],
  }],
})
