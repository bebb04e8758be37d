import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'accessanalyzer',
  prefix: 'access-analyzer',
  scope: 'region',
  client: () => import('@aws-sdk/client-accessanalyzer'),
  page: { maxResults: 100 },
  resources: [{
    type: 'AWS::AccessAnalyzer::Analyzer', list: call('ListAnalyzers'), items: 'analyzers', arn: 'arn', name: 'name', derive: ({ name }) => ({ AnalyzerName: name }),
    rename: { configuration: 'AnalyzerConfiguration', 'configuration/unusedAccess': 'UnusedAccessConfiguration', 'configuration/internalAccess': 'InternalAccessConfiguration', 'configuration/internalAccess/analysisRule': 'InternalAccessAnalysisRule' },
    children: [{
      type: 'AWS::AccessAnalyzer::Finding', list: call('ListFindingsV2', { analyzerArn: '$parent/arn' }, { permission: 'access-analyzer:ListFindings', with: { filter: { status: { eq: ['ACTIVE'] } } } }), items: 'findings', id: ['id'], name: 'resource',
    }],
  }],
})
