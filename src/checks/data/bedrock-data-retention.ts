import { defineCheck } from '../check.ts'

/** What a collector read of the account's choice: GetAccountDataRetention's mode. */
const kept = (mode: string) => ({ TextDataDeliveryEnabled: true, BartizanDataRetention: mode })

const modeOf = (setting: object): string | undefined => (setting as { readonly BartizanDataRetention?: string }).BartizanDataRetention

export default defineCheck({
  id: 'bedrock-data-retention-provider-share', on: 'AWS::Bedrock::ModelInvocationLoggingConfiguration',
  title: 'Prompts and answers are kept and shared with the providers of models',
  risk: 'privacy-violation', severity: 'high',
  why: 'What people type, personal data and secrets included, leaves the account for another company.',
  fix: { text: 'Set the data retention mode of the account to none: aws bedrock put-account-data-retention --mode none.' },
  when: (setting) => modeOf(setting) !== undefined,
  requires: (setting) => modeOf(setting) !== 'provider_data_share',
  fails: [kept('provider_data_share')],
  passes: [kept('none'), kept('default')],
})
