import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'config',
  prefix: 'config',
  scope: 'region',
  client: () => import('@aws-sdk/client-config-service'),
  resources: [
    { type: 'AWS::Config::ConfigurationRecorder', list: call('DescribeConfigurationRecorders'), items: 'ConfigurationRecorders', id: ['name'], name: 'name' },
    { type: 'AWS::Config::DeliveryChannel', list: call('DescribeDeliveryChannels'), items: 'DeliveryChannels', id: ['name'], name: 'name' },
  ],
})
