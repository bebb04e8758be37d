import { acts, family, hackTricks, makes, place } from '../../family.ts'
import { endpoint, group, model, repository } from '../../nodes.ts'
import { any, fact, has, may } from '../../step.ts'
import type { Variable } from '../../step.ts'

const step = family('model theft', ['AML.T0035', 'AML.T0048.004'])
const read = (on: Variable) => ({ power: 'read', on } as const)
const holder = any('model', ...model.types, 'AWS::SageMaker::TrainingJob', 'AWS::Bedrock::ModelCustomizationJob')
const custom = any('model', 'AWS::Bedrock::CustomModel', 'AWS::Bedrock::ImportedModel')
const pack = any('model', 'AWS::SageMaker::ModelPackage')
const job = any('job', 'AWS::Bedrock::ModelCustomizationJob')
const run = any('training', 'AWS::SageMaker::TrainingJob')
const hub = any('content', 'AWS::SageMaker::HubContent')
const shareable = any('model', 'AWS::SageMaker::Hub', 'AWS::SageMaker::ModelPackageGroup', 'AWS::Bedrock::CustomModel')
const volume = any('volume', 'AWS::EC2::Volume')
const files = any('files', 'AWS::EFS::FileSystem')
const code = any('repository', 'AWS::CodeCommit::Repository')

export default [
  step('DM-theft-artifact', 'downloads the weights of {model} from {place}', [has('read', place), fact(holder, 'loads', place)], read(holder)),
  step('theft-output', 'downloads what {model} wrote to {place}', [has('read', place), fact(holder, 'writes', place)], read(holder), { source: 'Amazon SageMaker Developer Guide' }),
  step('DM-theft-checkpoint', 'downloads checkpoints of {training} from {place}', [has('read', place), fact(run, 'stores in', place)], read(run)),
  step('DM-theft-customout', 'downloads metrics and artifacts of {job} from {place}', [has('read', place), fact(job, 'writes', place)], read(job)),
  step('DM-theft-modelpkg', 'looks {model} up in the registry and downloads it from {place}', [may('sagemaker:DescribeModelPackage', pack), has('read', place), fact(pack, 'loads', place)], read(pack)),
  step('DM-theft-ecr', 'pulls the image in {repository}', [...makes('ecr:GetAuthorizationToken'), ...acts(repository, 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer')], read(repository)),
  step('DM-theft-hub', 'downloads {content} by presigned URLs', acts(hub, 'sagemaker:CreateHubContentPresignedUrls'), read(hub)),
  step('DM-theft-sharedpkg', 'shares the models of {group} with an outsider', acts(group, 'sagemaker:PutModelPackageGroupPolicy'), read(group), hackTricks),
  step('AI-sm-sharedmodelpkg', 'lets an outsider read and register models in {group}', acts(group, 'sagemaker:PutModelPackageGroupPolicy'), [read(group), { power: 'write', on: group }], hackTricks),
  step('DM-theft-ramshare', 'shares {model} with an outsider', acts(shareable, 'ram:CreateResourceShare'), read(shareable)),
  step('DM-theft-copyjob', 'copies {model} to another region or account', acts(custom, 'bedrock:CreateModelCopyJob'), read(custom)),
  step('DM-theft-ebs', 'shares a copy of {volume} with an outsider', acts(volume, 'ec2:CreateSnapshot', 'ec2:ModifySnapshotAttribute'), read(volume), { techniques: ['T1537'] }),
  step('DM-theft-efs', 'mounts {files}', acts(files, 'elasticfilesystem:ClientMount'), read(files)),
  step('DM-theft-invoke', 'copies the behaviour of {endpoint} by asking it', acts(endpoint, 'sagemaker:InvokeEndpoint'), read(endpoint), { techniques: ['AML.T0024.002'] }),
  step('DM-theft-gitops', 'clones {repository}', acts(code, 'codecommit:GitPull'), read(code), { techniques: ['T1213.003'] }),
  step('package-in-group', 'takes {model} out of {group}', [has('read', group), fact(pack, 'part of', group)], read(pack), { source: 'Amazon SageMaker Developer Guide' }),
]
