import { call, defineCollector } from '../collector.ts'
import type { Item, Row } from '../collector.ts'
import { fill } from '../draft.ts'

const botArn = 'arn:{partition}:lex:{region}:{account}:bot/{botId}'
const aliasArn = 'arn:{partition}:lex:{region}:{account}:bot-alias/{botId}/{botAliasId}'

/** The policy of a bot or an alias, which CloudFormation has as a resource of its own. */
const policy = (arn: string): Pick<Row, 'more' | 'with'> => ({
  more: [call('DescribeResourcePolicy', { resourceArn: arn }, { at: 'policy', as: 'policy' })],
  with: [{
    type: 'AWS::Lex::ResourcePolicy', needs: 'policy', id: ['ResourceArn'], name: 'ResourceArn',
    derive: (item, place) => ({ ResourceArn: fill(place, arn, item), Id: `${fill(place, arn, item) ?? ''}#policy` }),
  }],
})

/** The API has the locales of an alias as a map, and CloudFormation as a list. */
const locales = ({ botAliasLocaleSettings }: Item): Item => ({
  botAliasLocaleSettings: Object.entries((botAliasLocaleSettings ?? {}) as Item).map(([localeId, botAliasLocaleSetting]) => ({ localeId, botAliasLocaleSetting })),
})

export default defineCollector({
  id: 'lex',
  prefix: 'lex',
  scope: 'region',
  client: () => import('@aws-sdk/client-lex-models-v2'),
  page: { maxResults: 100 },
  tags: call('ListTagsForResource', { resourceARN: '$arn' }, { at: 'tags' }),
  resources: [
    {
      type: 'AWS::Lex::Bot', list: call('ListBots'), items: 'botSummaries', describe: call('DescribeBot', 'botId'), arn: botArn, name: 'botName', rename: { botName: 'Name', botId: 'Id' },
      derive: ({ errorLogSettings }) => ({ ErrorLogSettings: errorLogSettings }), ...policy(botArn),
      children: [
        {
          type: 'AWS::Lex::BotAlias', list: call('ListBotAliases', { botId: '$parent/botId' }), items: 'botAliasSummaries', describe: call('DescribeBotAlias', { botId: '$parent/botId', botAliasId: 'botAliasId' }),
          arn: aliasArn, name: 'botAliasName', derive: locales, ...policy(aliasArn),
        },
        {
          type: 'AWS::Lex::BotLocale', list: call('ListBotLocales', { botId: '$parent/botId' }, { with: { botVersion: 'DRAFT' } }), items: 'botLocaleSummaries',
          describe: call('DescribeBotLocale', { botId: '$parent/botId', localeId: 'localeId' }, { with: { botVersion: 'DRAFT' } }), id: ['$parent/botId', 'localeId'], name: 'localeName',
        },
      ],
    },
  ],
})
