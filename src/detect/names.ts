/** Event sources and names that several detections share, as CloudTrail writes them. */
export const BEDROCK = 'bedrock.amazonaws.com'
export const SAGEMAKER = 'sagemaker.amazonaws.com'
export const AGENTCORE = 'bedrock-agentcore.amazonaws.com'
export const AGREEMENTS = 'agreement-marketplace.amazonaws.com'
export const IAM = 'iam.amazonaws.com'
export const S3 = 's3.amazonaws.com'
export const STS = 'sts.amazonaws.com'

export const AI_SOURCES = [BEDROCK, SAGEMAKER, AGENTCORE] as const

/** Calls that run a model. */
export const INFERENCE = ['InvokeModel', 'InvokeModelWithResponseStream', 'Converse', 'ConverseStream', 'InvokeModelWithBidirectionalStream', 'StartAsyncInvoke'] as const

/** Calls that open a model to the account. */
export const ENABLING = ['PutUseCaseForModelAccess', 'CreateFoundationModelAgreement', 'PutFoundationModelEntitlement'] as const

/** Calls that find out which models there are and whether they may be used. */
export const ENUMERATION = ['ListFoundationModels', 'GetFoundationModel', 'GetFoundationModelAvailability', 'ListFoundationModelAgreementOffers',
  'GetUseCaseForModelAccess', 'ListInferenceProfiles', 'ListProvisionedModelThroughputs', 'ListCustomModels'] as const

export const LOGGING_QUERY = 'GetModelInvocationLoggingConfiguration'
/** Addresses within a network: a fleet behind VPC endpoints has many, and none says where in the world it is. */
export const PRIVATE = /^(?:10\.|172\.(?:1[6-9]|2\d|3[01])\.|192\.168\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|169\.254\.|AWS Internal)/
export const FAILED = ['invalid', 'missing', 'denied'] as const
