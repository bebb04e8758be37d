import { call, defineCollector } from '../collector.ts'

const botArn = 'arn:{partition}:lex:{region}:{account}:bot/{botId}'
const aliasArn = 'arn:{partition}:lex:{region}:{account}:bot-alias/{botId}/{botAliasId}'

export default defineCollector({
  id: 'lex',
  prefix: 'lex',
  scope: 'region',
  client: () => import('@aws-sdk/client-lex-models-v2'),
  page: { maxResults: 100 },
  resources: [
    {
      type: 'AWS::Lex::Bot', list: call('ListBots'), items: 'botSummaries', describe: call('DescribeBot', 'botId'), arn: botArn, name: 'botName', rename: { botName: 'Name', botId: 'Id' },
      derive: ({ errorLogSettings }) => ({ ErrorLogSettings: errorLogSettings }),
      children: [
        {
          type: 'AWS::Lex::BotAlias', list: call('ListBotAliases', { botId: '$parent/botId' }), items: 'botAliasSummaries', describe: call('DescribeBotAlias', { botId: '$parent/botId', botAliasId: 'botAliasId' }),
          arn: aliasArn, name: 'botAliasName',
        },
        {
          type: 'AWS::Lex::BotLocale', list: call('ListBotLocales', { botId: '$parent/botId' }, { with: { botVersion: 'DRAFT' } }), items: 'botLocaleSummaries',
          describe: call('DescribeBotLocale', { botId: '$parent/botId', localeId: 'localeId' }, { with: { botVersion: 'DRAFT' } }), id: ['$parent/botId', 'localeId'], name: 'localeName',
        },
      ],
    },
  ],
})
