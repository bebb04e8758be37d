import { some } from '../../core/unknown.ts'
import type { EstateView } from '../../graph/view.ts'
import type { Json } from '../../model/types.gen.ts'
import { defineCheck } from '../check.ts'
import { bucketNamed } from '../families/bucket-check.ts'
import { notReadOutside, notWrittenOutside } from '../families/bucket-traits.ts'
import { jsonOf } from '../families/policy-text.ts'
import { everyAt, someAt } from '../families/places.ts'

const bucketName = 'connectionConfiguration/repositoryEndpointMetadata/BucketName'
const source = (name: string) => ({
  ApplicationId: '12345678-1234-1234-1234-123456789012', IndexId: '12345678-1234-1234-1234-123456789012', DisplayName: 'handbook',
  Configuration: { type: 'S3', connectionConfiguration: { repositoryEndpointMetadata: { BucketName: name } } },
})
const traits = [notReadOutside, notWrittenOutside]

const isSafe = (configuration: Json, estate: EstateView): boolean => everyAt(jsonOf(configuration), bucketName, (name) => {
  const named = bucketNamed(name, estate)
  return named === undefined || !some(traits, (trait) => !trait.holds(named.bucket, named.objects, estate))
})

export default defineCheck({
  id: 'qbusiness-data-source-insecure',
  title: 'Somebody outside can reach the documents of the index',
  risk: 'data-poisoning',
  severity: 'high',
  on: 'AWS::QBusiness::DataSource',
  why: 'A planted document is answered from as if it were genuine, and reading the bucket passes by every permission of the application.',
  fix: { text: 'Allow reading and writing of the documents only to the roles that publish and index them.' },
  when: (data, estate) => someAt(jsonOf(data.Configuration), bucketName, (name) => bucketNamed(name, estate) !== undefined),
  requires: (data, estate) => isSafe(data.Configuration, estate),
  fails: traits.map((trait) => ({ ...source('place'), given: trait.bad('place') })),
  passes: [{ ...source('place'), given: notReadOutside.good('place') }],
})
