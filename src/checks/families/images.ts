import { some } from '../../core/unknown.ts'
import { imageRepository } from '../../graph/names.ts'
import type { EstateView, Found } from '../../graph/view.ts'
import type { Given } from '../check.ts'

/** Accounts that AWS publishes images for SageMaker from: deep learning containers, frameworks, built-in algorithms, by AWS's own lists of registry paths. */
const ofAws = new Set(`
  763104351884 626614931356 871362719292 907027046896 457447274322 550225433462 772153158452 380420809688 692866216735 503227376785 780543022126 914824155844
  217643126080 727897471807 204538143572 442386744353 446045086412 637423239942 364406365360 907027046896
  683313688378 257758044811 746614075791 246618743249 141502667606 492215442770 764974769150 659782779980 662702820516 354813040037 366743142698 121021644041
  783357654285 720646828776 341280168497 737474898029 651117190479 510948584623 978288397137 801668240914 390948362332 387376663083 414596584902
  811284229777 825641698319 632365934929 433757028032 685385470294 813361260812 644912444149 749696950732 669576153137 501404015308 306986355934 475088953585
  544295431143 991648021394 469771592824 855470959533 286214385809 382416733822 404615174143 174872318107 438346466558 664544806723 351501993468 835164637446
  712309505854 205585389593 211330385671 740489534195 306415355426 131013547314 017069133835 440796970383 488287956546 763603941244 865070037744
`.trim().split(/\s+/))

/** Whether an image comes from a registry of the estate, or from one that AWS publishes its own images in. */
export const isTrustedImage = (image: string, estate: EstateView): boolean => {
  const account = imageRepository(image)?.account
  return account !== undefined && (ofAws.has(account) || estate.isOurs(account))
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
