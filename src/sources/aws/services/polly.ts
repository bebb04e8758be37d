import type { Item } from '../collector.ts'
import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'polly',
  prefix: 'polly',
  scope: 'region',
  client: () => import('@aws-sdk/client-polly'),
  resources: [
    { type: 'AWS::Polly::Lexicon', list: call('ListLexicons'), items: 'Lexicons', arn: 'arn:{partition}:polly:{region}:{account}:lexicon/{Name}', name: 'Name', derive: ({ Attributes }) => (Attributes ?? {}) as Item },
    { type: 'AWS::Polly::SpeechSynthesisTask', list: call('ListSpeechSynthesisTasks'), items: 'SynthesisTasks', id: ['TaskId'], name: 'TaskId' },
  ],
})
