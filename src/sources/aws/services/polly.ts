import { unknown } from '../../../core/unknown.ts'
import type { Item } from '../collector.ts'
import { call, defineCollector } from '../collector.ts'

const lexicon = ({ Attributes }: Item): Item => ({ ...Attributes as Item | undefined, Content: unknown('a scan does not read the content of lexicons') })

export default defineCollector({
  id: 'polly',
  prefix: 'polly',
  scope: 'region',
  client: () => import('@aws-sdk/client-polly'),
  resources: [
    { type: 'AWS::Polly::Lexicon', list: call('ListLexicons'), items: 'Lexicons', arn: 'arn:{partition}:polly:{region}:{account}:lexicon/{Name}', name: 'Name', derive: lexicon },
    { type: 'AWS::Polly::SpeechSynthesisTask', list: call('ListSpeechSynthesisTasks'), items: 'SynthesisTasks', id: ['TaskId'], name: 'TaskId' },
  ],
})
