import { some } from '../../core/unknown.ts'
import { imageRepository } from '../../graph/names.ts'
import type { EstateView, Found } from '../../graph/view.ts'
import type { Given } from '../check.ts'
import { registriesOfAws } from './registries.gen.ts'

/** Whether an image comes from a registry of the estate, or from one that AWS publishes its own images in. */
export const isTrustedImage = (image: string, estate: EstateView): boolean => {
  const account = imageRepository(image)?.account
  return account !== undefined && (registriesOfAws.has(account) || estate.isOurs(account))
}

/** The repository in the estate that an image comes from. */
const repositoryOf = (image: string, estate: EstateView): Found<'AWS::ECR::Repository'> | undefined => {
  const named = imageRepository(image)
  return named === undefined || !estate.isOurs(named.account) ? undefined : estate.find('AWS::ECR::Repository', named.name)
}

export const isOwnImage = (image: string, estate: EstateView): boolean => repositoryOf(image, estate) !== undefined

/** Whether what an image reference names stays the same: a digest, or a tag that cannot be moved. */
export const isFixed = (image: string, estate: EstateView): boolean =>
  image.includes('@sha256:') || repositoryOf(image, estate)?.properties.ImageTagMutability?.startsWith('IMMUTABLE') === true

/** Whether scanning found critical or high vulnerabilities in an image of the estate: of this tag or digest, or in any of the repository where none is named. */
export const isVulnerable = (repository: string, tagOrDigest: string | undefined, estate: EstateView): boolean => some([
  () => some(estate.all('AWS::ECR::ImageScanFindings'), ({ properties: scan }) => scan.RepositoryName === repository &&
    (tagOrDigest === undefined || scan.ImageId?.ImageTag === tagOrDigest || scan.ImageId?.ImageDigest === tagOrDigest) &&
    ((scan.ImageScanFindings?.FindingSeverityCounts?.['CRITICAL'] ?? 0) > 0 || (scan.ImageScanFindings?.FindingSeverityCounts?.['HIGH'] ?? 0) > 0)),
  () => some(estate.all('AWS::InspectorV2::Finding'), ({ properties: finding }) => (finding.Severity === 'CRITICAL' || finding.Severity === 'HIGH') &&
    finding.Status !== 'CLOSED' && some(finding.Resources, ({ Details: details }) => {
    const image = details?.AwsEcrContainerImage
    return image?.RepositoryName === repository && (tagOrDigest === undefined || image.ImageHash === tagOrDigest || image.ImageTags?.includes(tagOrDigest) === true)
  })),
], (look) => look())

/** What stands after the repository in an image reference: a digest or a tag, `latest` when none. */
export const tagOf = (image: string): string => /@(sha256:[0-9a-f]+)$/.exec(image)?.[1] ?? /:([^:/]+)$/.exec(image)?.[1] ?? 'latest'

/** Whether an image of the estate has critical or high vulnerabilities. */
export const hasVulnerabilities = (image: string, estate: EstateView): boolean => {
  const named = imageRepository(image)
  return named !== undefined && estate.isOurs(named.account) && isVulnerable(named.name, tagOf(image), estate)
}

/** The repository `models` around an example. */
export const repository = (properties: object = {}): Given => ({ type: 'AWS::ECR::Repository', properties: { RepositoryName: 'models', ...properties } })

/** The result of scanning `models:1`. */
export const scanned = (severity: 'CRITICAL' | 'LOW'): Given => ({
  type: 'AWS::ECR::ImageScanFindings',
  properties: { Id: 'models:1', RepositoryName: 'models', ImageId: { ImageTag: '1' }, ImageScanStatus: { Status: 'COMPLETE' }, ImageScanFindings: { FindingSeverityCounts: { [severity]: 3 } } },
})
