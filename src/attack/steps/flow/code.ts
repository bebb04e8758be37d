import { acts, family, makes, place, role } from '../../family.ts'
import { lambda, workload } from '../../nodes.ts'
import { any, fact, has, may } from '../../step.ts'

const step = family('code execution', ['T1648'])
const later = { waits: true }
const seen = { source: 'AWS documentation' }
const still = { ...seen, effort: 1 }
const cluster = any('cluster', 'AWS::SageMaker::Cluster')
const dags = any('environment', 'AWS::MWAA::Environment')
const packages = any('repository', 'AWS::CodeArtifact::Repository')
const code = any('repository', 'AWS::CodeCommit::Repository')
const studio = any('studio', 'AWS::SageMaker::UserProfile', 'AWS::SageMaker::Space')
const artifact = any('model', 'AWS::SageMaker::Model')
const registry = any('repository', 'AWS::ECR::Repository')
const external = any('code', 'image', 'external code')

/** Who can change what a workload runs is, sooner or later, its role. */
export default [
  step('AI-sm-clusterscript', 'replaces lifecycle scripts of {cluster} in {place}, which run as root', [has('write', place), fact(cluster, 'runs code', place), fact(cluster, 'runs as', role)], { power: 'be', on: role }, later),
  step('DM-notebook-poison', 'plants a notebook in {place}, which the users of {studio} open', [has('write', place), fact(studio, 'reads', place), fact(studio, 'runs as', role)], { power: 'be', on: role }, later),
  step('DM-script-poison', 'replaces the script of {workload} in {place}', [has('write', place), fact(workload, 'runs code', place), fact(workload, 'runs as', role)], { power: 'be', on: role }, later),
  step('DM-codeartifact', 'publishes a version in {repository}, which {workload} installs', [may('codeartifact:PublishPackageVersion', packages), fact(workload, 'runs code', packages), fact(workload, 'runs as', role)], { power: 'be', on: role }, { waits: true, techniques: ['AML.T0010.001'] }),
  step('EN-codecommit-push', 'pushes to {repository}, which {workload} runs', [may('codecommit:GitPush', code), fact(workload, 'runs code', code), fact(workload, 'runs as', role)], { power: 'be', on: role }, { waits: true, techniques: ['T1195.002'] }),
  step('EN-mwaa-dag', 'replaces a DAG of {environment} in {place}', [has('write', place), fact(dags, 'runs code', place), fact(dags, 'runs as', role)], { power: 'be', on: role }, later),
  step('load-artifact', 'has {model} run code hidden in its artifacts in {place} as {role}', [has('write', place), fact(artifact, 'loads', place), fact(artifact, 'runs as', role)], { power: 'be', on: role }, { waits: true, techniques: ['AML.T0011.000'], source: 'MITRE ATLAS AML.T0011.000' }),
  step('run-image', 'has {workload} run an image of {repository} as {role}', [has('write', registry), fact(workload, 'follows', registry), fact(workload, 'runs as', role)], { power: 'be', on: role }, { waits: true, techniques: ['AML.T0010.004'], source: 'MITRE ATLAS AML.T0010.004' }),
  step('repush-image', 'deletes an image in {repository} and pushes its own under the same tag, which {workload} runs as {role}', [
    ...makes('ecr:GetAuthorizationToken'), ...acts(registry, 'ecr:BatchDeleteImage', 'ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload', 'ecr:PutImage'),
    fact(workload, 'runs image', registry), fact(workload, 'runs as', role)], { power: 'be', on: role }, { waits: true, techniques: ['AML.T0010.004'] }),
  step('run-outside-image', 'has {workload} run {code}, which an outsider publishes, as {role}', [has('write', external), fact(workload, 'follows', external), fact(workload, 'runs as', role)], { power: 'be', on: role }, { waits: true, techniques: ['T1195.002'], source: 'MITRE ATT&CK T1195.002' }),
  step('changed-function', 'has {function} do something else as {role}', [has('write', lambda), fact(lambda, 'runs as', role)], { power: 'be', on: role }, { waits: true, ...seen }),
  step('edit-lambda', 'replaces the code of {function}', acts(lambda, 'lambda:UpdateFunctionCode'), { power: 'write', on: lambda }, seen),
  step('rewritten-role', 'is still {role} after its policies were rewritten', [has('be', any('rewritten', 'rewritten principal')), fact(any('rewritten', 'rewritten principal'), 'rewrites', role)], { power: 'be', on: role }, still),
  step('rewritten-user', 'is still {user} after its policies were rewritten', [has('be', any('rewritten', 'rewritten principal')), fact(any('rewritten', 'rewritten principal'), 'rewrites', any('user', 'AWS::IAM::User'))], { power: 'be', on: any('user', 'AWS::IAM::User') }, still),
]
