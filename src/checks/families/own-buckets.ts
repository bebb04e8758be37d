import { throwUnknown } from '../../core/unknown.ts'
import { storagePlace } from '../../graph/storage.ts'
import type { EstateView } from '../../graph/view.ts'

/** Buckets that AWS publishes models and samples in. */
const ofAws = /^(?:jumpstart-(?:cache|private-cache)-prod-|sagemaker-sample-(?:data|files)|sagemaker-solutions-|aws-ml-blog|dlinfra-|amazon-reviews-pds|sagemaker-servicecatalog-seedcode-|aws-data-wrangler-)/

/** Whether a place in S3 is in a bucket of the estate, or one that AWS publishes; what names no place is nobody's. */
export const isOwnBucket = (value: unknown, estate: EstateView): boolean => {
  const place = storagePlace(value)
  return place === undefined || ofAws.test(place.bucket) || isThere(place.bucket, estate)
}

/** Whether the estate has a bucket of this name; what a template does not make may well be there. */
const isThere = (bucket: string, estate: EstateView): boolean =>
  estate.find('AWS::S3::Bucket', bucket) !== undefined || (estate.isTemplate && throwUnknown(`a template does not tell whose bucket ${bucket} is`))

/** Whether the name of the bucket carries this account's id, and yet no such bucket is there: it was deleted, or never made. */
export const isGhost = (value: unknown, estate: EstateView): boolean => {
  const place = storagePlace(value)
  return place !== undefined && place.bucket.includes(estate.account) && !isThere(place.bucket, estate)
}
