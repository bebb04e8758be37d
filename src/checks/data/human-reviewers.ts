import { defineCheck } from '../check.ts'
import { ACCOUNT } from '../families/examples.ts'

/** The work team of Amazon Mechanical Turk: `arn:aws:sagemaker:REGION:394669845002:workteam/public-crowd/default`. */
const isPublicCrowd = (team: string | undefined): boolean => team?.includes(':workteam/public-crowd/') === true
const crowd = 'arn:aws:sagemaker:us-east-1:394669845002:workteam/public-crowd/default'
const staff = `arn:aws:sagemaker:us-east-1:${ACCOUNT}:workteam/private-crowd/staff`
const why = 'Anyone who signs up as a worker sees the images and documents, and can keep them.'
const text = 'Use a private work team, or a vendor under contract, for anything that is not public already.'

export default [
  defineCheck({
    id: 'sagemaker-labeling-public-workforce', on: 'AWS::SageMaker::LabelingJob', risk: 'privacy-violation', severity: 'high', why, fix: { text },
    title: 'Data to be labelled is shown to the public workforce of Mechanical Turk',
    requires: (job) => !isPublicCrowd(job.HumanTaskConfig?.WorkteamArn),
    fails: [{ LabelingJobName: 'photos', HumanTaskConfig: { WorkteamArn: crowd } }],
    passes: [{ LabelingJobName: 'photos', HumanTaskConfig: { WorkteamArn: staff } }],
  }),
  defineCheck({
    id: 'a2i-flow-public-workforce', on: 'AWS::SageMaker::FlowDefinition', risk: 'privacy-violation', severity: 'high', why, fix: { text },
    title: 'Documents to be reviewed are shown to the public workforce of Mechanical Turk',
    requires: (flow) => !isPublicCrowd(flow.HumanLoopConfig?.WorkteamArn),
    fails: [{ FlowDefinitionName: 'invoices', HumanLoopConfig: { WorkteamArn: crowd } }],
    passes: [{ FlowDefinitionName: 'invoices', HumanLoopConfig: { WorkteamArn: staff } }],
  }),
]
