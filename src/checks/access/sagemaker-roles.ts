import { none, some } from '../../core/unknown.ts'
import { defineCheck } from '../check.ts'
import { allow, everything, oneBucket } from '../families/examples.ts'
import { rolePower } from '../families/role-power.ts'
import { administers, assumesAnyRole, passesAnyRole, readsAnyBucket, usesAnyBucket } from '../families/roles.ts'
import { IMAGE, ROLE } from '../families/values.ts'

const service = 'sagemaker.amazonaws.com'
const anyBucket = allow(['s3:GetObject', 's3:ListBucket'], '*')
const passAny = allow('iam:PassRole', '*')
const passOne = allow('iam:PassRole', ROLE, { StringEquals: { 'iam:PassedToService': service } })

const notebook = {
  on: 'AWS::SageMaker::NotebookInstance', service, pointer: 'RoleArn',
  example: (RoleArn: string) => ({ InstanceType: 'ml.t3.medium', RoleArn }),
} as const

const training = {
  on: 'AWS::SageMaker::TrainingJob', service, pointer: 'RoleArn',
  example: (RoleArn: string) => ({ TrainingJobName: 'churn', RoleArn }),
} as const

const admin = {
  title: 'administers the account',
  why: 'Anyone who runs code here owns the account.',
  fix: 'Give it a role that names the buckets, keys and SageMaker actions it needs.',
}

const studioAdmin = {
  id: 'sagemaker-domain-role-admin', title: 'Studio role administers the account', severity: 'critical', service,
  why: 'Anyone who opens Studio owns the account.', fix: admin.fix, powers: [administers], bad: [everything],
} as const

export default [
  rolePower({
    ...notebook, id: 'sagemaker-notebook-role-admin', title: `Role of the notebook ${admin.title}`, severity: 'critical',
    why: admin.why, fix: admin.fix, powers: [administers], bad: [everything],
    also: ['checkov:CKV2_AWS_68'],
  }),
  rolePower({
    ...notebook, id: 'sagemaker-notebook-role-s3-wildcard', title: 'Role of the notebook reads every bucket', severity: 'high',
    why: 'Code in the notebook can take any data of the account, not only its own.',
    fix: 'Name the buckets that the notebook works on in the Resource of its S3 statements.', powers: [readsAnyBucket], bad: [anyBucket],
  }),
  rolePower({
    ...notebook, id: 'sagemaker-notebook-role-passrole-wildcard', title: 'Role of the notebook passes any role to any service', severity: 'high',
    risk: 'privilege-escalation',
    why: 'Code in the notebook can start something that runs with a stronger role.',
    fix: 'Name the roles in the Resource of iam:PassRole and limit iam:PassedToService to sagemaker.amazonaws.com.',
    powers: [passesAnyRole], bad: [passAny], good: [passOne],
  }),
  rolePower({
    ...notebook, id: 'sagemaker-notebook-role-assumerole-wildcard', title: 'Role of the notebook assumes any role', severity: 'high',
    risk: 'privilege-escalation',
    why: 'Code in the notebook can step into every role that trusts the account, in other accounts too.',
    fix: 'Name the roles in the Resource of sts:AssumeRole, or remove it.',
    powers: [], trait: assumesAnyRole, bad: [allow('sts:AssumeRole', '*')], good: [allow('sts:AssumeRole', ROLE)],
  }),
  rolePower({
    ...studioAdmin, on: 'AWS::SageMaker::Domain', pointer: 'DefaultUserSettings/ExecutionRole',
    example: (ExecutionRole) => ({ AuthMode: 'SSO', DomainName: 'studio', DefaultUserSettings: { ExecutionRole } }),
  }),
  rolePower({
    ...studioAdmin, on: 'AWS::SageMaker::UserProfile', pointer: 'UserSettings/ExecutionRole',
    example: (ExecutionRole) => ({ DomainId: 'd-1', UserProfileName: 'ana', UserSettings: { ExecutionRole } }),
  }),
  rolePower({
    id: 'sagemaker-model-role-overprivileged', on: 'AWS::SageMaker::Model', service, pointer: 'ExecutionRoleArn',
    title: 'Role of the model reaches every bucket or administers the account', severity: 'high',
    why: 'Whoever breaks the inference container, through a poisoned model file for one, gets all that its role can do.',
    fix: 'Give the model a role that reads its own artifacts and image, and nothing else.', powers: [usesAnyBucket, administers], bad: [anyBucket],
    example: (ExecutionRoleArn) => ({ ExecutionRoleArn, PrimaryContainer: { Image: IMAGE } }),
  }),
  rolePower({
    ...training, id: 'sagemaker-training-role-passrole-wildcard', title: 'Role of the training job passes any role', severity: 'high',
    risk: 'privilege-escalation',
    why: 'Training code can start something that runs with a stronger role.',
    fix: 'Name the roles in the Resource of iam:PassRole, or remove it: a training job needs none.', powers: [passesAnyRole], bad: [passAny],
    good: [passOne],
  }),
  rolePower({
    ...training, id: 'sagemaker-training-role-s3-wildcard', title: 'Role of the training job reads every bucket', severity: 'high',
    why: 'Training code, or a package that it installs, can take any data of the account.',
    fix: 'Name the buckets of the job\'s channels and output in the Resource of its S3 statements.', powers: [readsAnyBucket], bad: [anyBucket],
  }),
  rolePower({
    id: 'sagemaker-pipeline-role-overprivileged', on: 'AWS::SageMaker::Pipeline', service, pointer: 'RoleArn',
    title: 'Role of the pipeline reaches every bucket, passes any role or administers the account', severity: 'high',
    why: 'Whoever may change a step of the pipeline gets all that its role can do.',
    fix: 'Name the buckets, SageMaker resources and roles that the steps use.',
    powers: [usesAnyBucket, passesAnyRole, administers], bad: [passAny], good: [oneBucket, passOne],
    example: (RoleArn) => ({ PipelineName: 'churn', RoleArn, PipelineDefinition: { PipelineDefinitionBody: '{}' } }),
  }),
  defineCheck({
    id: 'sagemaker-notebook-role-shared-with-production',
    title: 'Notebook shares its role with a deployed model or pipeline',
    risk: 'weak-iam', severity: 'medium', on: 'AWS::SageMaker::NotebookInstance',
    why: 'What people try out in the notebook runs with the permissions of production, and the other way round.',
    fix: { text: 'Give the notebook a role of its own.' },
    requires: ({ RoleArn }, estate) => none([
      () => some(estate.all('AWS::SageMaker::Model'), ({ properties }) => properties.ExecutionRoleArn === RoleArn),
      () => some(estate.all('AWS::SageMaker::Pipeline'), ({ properties }) => properties.RoleArn === RoleArn),
    ], (look) => look()),
    fails: [{ ...notebook.example(ROLE), given: [{ type: 'AWS::SageMaker::Model', properties: { ModelName: 'churn', ExecutionRoleArn: ROLE } }] }],
    passes: [{ ...notebook.example(ROLE), given: [{ type: 'AWS::SageMaker::Model', properties: { ModelName: 'churn', ExecutionRoleArn: `${ROLE}-serving` } }] }],
  }),
]
