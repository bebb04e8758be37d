import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'elbv2',
  prefix: 'elasticloadbalancing',
  scope: 'region',
  client: () => import('@aws-sdk/client-elastic-load-balancing-v2'),
  tags: call('DescribeTags', { ResourceArns: '$arn[]' }, { at: 'TagDescriptions/0/Tags' }),
  resources: [{
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', list: call('DescribeLoadBalancers'), items: 'LoadBalancers', arn: 'LoadBalancerArn', name: 'LoadBalancerName',
    derive: ({ AvailabilityZones, LoadBalancerName }) => ({ Name: LoadBalancerName, Subnets: ((AvailabilityZones ?? []) as { SubnetId?: string }[]).map(({ SubnetId }) => SubnetId) }),
    more: [call('DescribeLoadBalancerAttributes', 'LoadBalancerArn', { at: 'Attributes', as: 'LoadBalancerAttributes' })],
    children: [{ type: 'AWS::ElasticLoadBalancingV2::Listener', list: call('DescribeListeners', { LoadBalancerArn: '$parent/LoadBalancerArn' }), items: 'Listeners', arn: 'ListenerArn', name: 'ListenerArn' }],
  },
  { type: 'AWS::ElasticLoadBalancingV2::TargetGroup', list: call('DescribeTargetGroups'), items: 'TargetGroups', arn: 'TargetGroupArn', name: 'TargetGroupName', derive: ({ TargetGroupName }) => ({ Name: TargetGroupName }) }],
})
