import { none } from '../../core/unknown.ts'
import { defineCheck } from '../check.ts'
import type { Check, Example } from '../check.ts'
import { ownTags } from '../families/tagged.ts'
import { ROLE } from '../families/values.ts'

const variant = { VariantName: 'all', ModelName: 'churn', InstanceType: 'ml.m5.xlarge', InitialInstanceCount: 2 } as const

type Tagged = 'AWS::SageMaker::Domain' | 'AWS::SageMaker::AppImageConfig' | 'AWS::SageMaker::Image' | 'AWS::SageMaker::FeatureGroup'

/** A check that a resource has any tag of its owner. */
const tagged = <T extends Tagged>(on: T, label: string, bare: Example<T>): Check => defineCheck<Tagged>({
  id: 'sagemaker-resource-untagged',
  title: `${label} has no tags`,
  risk: 'weak-iam', severity: 'low', on,
  why: 'Nobody can tell whose it is, and no policy can tell one team\'s from another\'s.',
  fix: { text: 'Tag it with its owner, its environment and how sensitive its data is.' },
  also: [
    'securityhub:SageMaker.6', 'securityhub:SageMaker.7', 'config:sagemaker-domain-tagged',
    'config:sagemaker-app-image-config-tagged', 'config:sagemaker-image-tagged', 'config:sagemaker-feature-group-tagged',
  ],
  requires: (resource, estate) => ownTags(resource, estate).length > 0,
  fails: [bare as Example<Tagged>],
  passes: [{ ...bare, Tags: [{ Key: 'owner', Value: 'research' }] } as Example<Tagged>],
})

/** CodeCommit takes the notebook's role, and what AWS publishes anyone may read. */
const open = /git-codecommit\.|^https:\/\/github\.com\/(?:aws|aws-samples|awslabs|amazon-science)\//

export default [
  defineCheck({
    id: 'sagemaker-endpointconfig-ssm-access',
    title: 'Inference containers can be entered with a shell',
    risk: 'weak-iam', severity: 'high', on: 'AWS::SageMaker::EndpointConfig',
    why: 'Whoever may start a session reads the model, its credentials and the requests of its users.',
    fix: { text: 'Leave EnableSSMAccess off in each variant of a new endpoint configuration.' },
    requires: ({ ProductionVariants, ShadowProductionVariants }) =>
      none([...ProductionVariants, ...ShadowProductionVariants ?? []], ({ EnableSSMAccess }) => EnableSSMAccess === true),
    fails: [{ ProductionVariants: [{ ...variant, EnableSSMAccess: true }] }, { ProductionVariants: [variant], ShadowProductionVariants: [{ ...variant, EnableSSMAccess: true }] }],
    passes: [{ ProductionVariants: [variant] }, { ProductionVariants: [{ ...variant, EnableSSMAccess: false }] }],
  }),
  defineCheck({
    id: 'sagemaker-training-remote-debug',
    title: 'Training container can be entered with a shell',
    risk: 'weak-iam', severity: 'medium', on: 'AWS::SageMaker::TrainingJob',
    why: 'Whoever may start a session reads the training data and the credentials of the job.',
    fix: { text: 'Leave RemoteDebugConfig off in production, and deny it with sagemaker:EnableRemoteDebug.', set: { RemoteDebugConfig: { EnableRemoteDebug: false } } },
    requires: ({ RemoteDebugConfig }) => RemoteDebugConfig?.EnableRemoteDebug !== true,
    fails: [{ TrainingJobName: 'churn', RemoteDebugConfig: { EnableRemoteDebug: true } }],
    passes: [{ TrainingJobName: 'churn' }, { TrainingJobName: 'churn', RemoteDebugConfig: { EnableRemoteDebug: false } }],
  }),
  defineCheck({
    id: 'sagemaker-code-repository-no-secret',
    title: 'Code repository has no credentials of its own',
    risk: 'weak-iam', severity: 'low', on: 'AWS::SageMaker::CodeRepository',
    why: 'People type their own tokens into notebooks, where they stay.',
    fix: { text: 'Keep a token that only reads this repository in Secrets Manager and name it in GitConfig.SecretArn.' },
    when: ({ GitConfig }) => !open.test(GitConfig.RepositoryUrl),
    requires: ({ GitConfig }) => GitConfig.SecretArn !== undefined,
    fails: [{ GitConfig: { RepositoryUrl: 'https://github.com/example/churn.git' } }],
    passes: [{ GitConfig: { RepositoryUrl: 'https://github.com/aws/amazon-sagemaker-examples.git' } }, { GitConfig: { RepositoryUrl: 'https://github.com/example/churn.git', SecretArn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:AmazonSageMaker-git-AbCdEf' } }],
  }),
  tagged('AWS::SageMaker::Domain', 'Studio domain', { AuthMode: 'SSO', DomainName: 'studio', DefaultUserSettings: { ExecutionRole: ROLE } }),
  tagged('AWS::SageMaker::AppImageConfig', 'Image configuration', { AppImageConfigName: 'python' }),
  tagged('AWS::SageMaker::Image', 'Studio image', { ImageName: 'python', ImageRoleArn: ROLE }),
  tagged('AWS::SageMaker::FeatureGroup', 'Feature group', {
    FeatureGroupName: 'customers', RecordIdentifierFeatureName: 'id', EventTimeFeatureName: 'at',
    FeatureDefinitions: [{ FeatureName: 'id', FeatureType: 'String' }, { FeatureName: 'at', FeatureType: 'String' }],
  }),
]
