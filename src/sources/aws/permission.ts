/** Operations whose IAM action has another name than the operation. */
const differently: Readonly<Record<string, string>> = {
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:GetBucketEncryption': 's3:GetEncryptionConfiguration',
  's3:GetPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
  's3:GetBucketLifecycleConfiguration': 's3:GetLifecycleConfiguration',
  's3:GetBucketReplication': 's3:GetReplicationConfiguration',
  's3:GetBucketNotificationConfiguration': 's3:GetBucketNotification',
  's3:GetObjectLockConfiguration': 's3:GetBucketObjectLockConfiguration',
  's3:GetBucketCors': 's3:GetBucketCORS',
  's3:ListBucketInventoryConfigurations': 's3:GetInventoryConfiguration',
  'lambda:GetFunctionUrlConfigs': 'lambda:ListFunctionUrlConfigs',
  'apigateway:GetRestApis': 'apigateway:GET',
  'lambda:GetFunction': 'lambda:GetFunction',
}

/** The IAM permission that an operation of a service needs. */
export const permissionOf = (prefix: string, operation: string): string => {
  const name = `${prefix}:${operation}`
  if (prefix === 'apigateway') return 'apigateway:GET'
  return differently[name] ?? name
}
