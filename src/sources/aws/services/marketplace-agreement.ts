import { call, defineCollector } from '../collector.ts'
import type { Item } from '../collector.ts'

const filters = Object.entries({ PartyType: 'Acceptor', AgreementType: 'PurchaseAgreement', Status: 'ACTIVE' }).map(([name, value]) => ({ name, values: [value] }))

/** The products of an agreement that are models or agents; what a SaaS product is, its type does not tell. */
const models = ({ proposalSummary }: Item): { readonly id?: string, readonly type?: string }[] =>
  ((proposalSummary as { resources?: { id?: string, type?: string }[] } | undefined)?.resources ?? []).filter(({ type = '' }) => /MachineLearning|Model|Agent/.test(type))

/** Models that the account subscribed to on AWS Marketplace. */
export default defineCollector({
  id: 'marketplace-agreement',
  prefix: 'aws-marketplace',
  scope: 'global',
  client: () => import('@aws-sdk/client-marketplace-agreement'),
  page: { maxResults: 50 },
  resources: [{
    type: 'AWS::Marketplace::Agreement', list: call('SearchAgreements', {}, { with: { catalog: 'AWSMarketplace', filters } }), items: 'agreementViewSummaries', keep: (item) => models(item).length > 0,
    id: ['agreementId'], name: 'agreementId', createdAt: 'acceptanceTime', derive: (item) => ({ BartizanAiUse: models(item).map(({ id, type }) => ({ Provider: 'AWS Marketplace', Evidence: `subscription to ${type ?? ''} ${id ?? ''}` })) }),
  }],
})
