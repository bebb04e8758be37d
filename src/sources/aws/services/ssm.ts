import { unknown } from '../../../core/unknown.ts'
import { call, defineCollector } from '../collector.ts'

/** Parameters by name and kind; their values are data, which a scan does not read. */
export default defineCollector({
  id: 'ssm',
  prefix: 'ssm',
  scope: 'region',
  client: () => import('@aws-sdk/client-ssm'),
  page: { MaxResults: 50 },
  resources: [{
    type: 'AWS::SSM::Parameter', list: call('DescribeParameters'), items: 'Parameters', arn: 'arn:{partition}:ssm:{region}:{account}:parameter{path}', name: 'Name',
    tags: call('ListTagsForResource', { ResourceId: 'Name' }, { with: { ResourceType: 'Parameter' }, at: 'TagList' }),
    derive: ({ Name, Type }) => ({ path: `/${String(Name).replace(/^\//, '')}`, Value: Type === 'SecureString' ? '«encrypted»' : unknown('values of parameters are not read') }),
  }],
})
