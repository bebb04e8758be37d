import { every, some } from '../../core/unknown.ts'
import type { EstateView } from '../../graph/view.ts'
import { defineCheck } from '../check.ts'
import type { Given } from '../check.ts'
import { ACCOUNT, REGION } from '../families/examples.ts'
import { IMAGE, ROLE } from '../families/values.ts'

const pointArn = `arn:aws:elasticfilesystem:${REGION}:${ACCOUNT}:access-point/fsap-0a1b2c3d4e5f60718`
const runtime = {
  AgentRuntimeName: 'support', RoleArn: ROLE, AgentRuntimeArtifact: { ContainerConfiguration: { ContainerUri: IMAGE } },
  NetworkConfiguration: { NetworkMode: 'VPC' as const }, FilesystemConfigurations: [{ EfsAccessPoint: { AccessPointArn: pointArn, MountPath: '/mnt/work' } }],
}
const point: Given = { type: 'AWS::EFS::AccessPoint', id: pointArn, properties: { FileSystemId: 'fs-0a1b2c3d4e5f60718' } }
const files = (Encrypted: boolean): Given => ({ type: 'AWS::EFS::FileSystem', properties: { FileSystemId: 'fs-0a1b2c3d4e5f60718', Encrypted } })

const fileSystemOf = (accessPoint: string | undefined, estate: EstateView) =>
  estate.find('AWS::EFS::FileSystem', estate.find('AWS::EFS::AccessPoint', accessPoint)?.properties.FileSystemId)

export default defineCheck({
  id: 'agentcore-runtime-filesystem-exposed',
  title: 'The agent works on a file system that is not encrypted',
  risk: 'insufficient-encryption',
  severity: 'medium',
  on: 'AWS::BedrockAgentCore::Runtime',
  why: 'What the agent keeps there, sessions and documents of its users included, lies on disks in the clear.',
  fix: { text: 'Mount a file system that is encrypted, through an access point of its own for the agent.' },
  when: (agent, estate) => some(agent.FilesystemConfigurations, (mount) => fileSystemOf(mount.EfsAccessPoint?.AccessPointArn, estate) !== undefined),
  requires: (agent, estate) => every(agent.FilesystemConfigurations, (mount) => {
    const mounted = fileSystemOf(mount.EfsAccessPoint?.AccessPointArn, estate)
    return mounted === undefined || mounted.properties.Encrypted === true
  }),
  fails: [{ ...runtime, given: [point, files(false)] }],
  passes: [{ ...runtime, given: [point, files(true)] }],
})
