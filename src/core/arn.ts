/** The six parts of an ARN: `arn:partition:service:region:account:resource`. Region and account may be empty. */
export interface Arn {
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly account: string
  /** All that follows the fifth colon, colons and slashes included. */
  readonly resource: string
}

/** Reads an ARN; undefined for any other text. */
export const parseArn = (text: string): Arn | undefined => {
  if (!text.startsWith('arn:')) return undefined
  const [, partition = '', service = '', region = '', account = '', ...rest] = text.split(':')
  return rest.length === 0 ? undefined : { partition, service, region, account, resource: rest.join(':') }
}

export const formatArn = ({ partition, service, region, account, resource }: Arn): string =>
  `arn:${partition}:${service}:${region}:${account}:${resource}`

/** The last name in an ARN or a path: what follows the last slash, else the last colon; any other text is itself. */
export const lastName = (text: string): string => text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf(':')) + 1)

/** The partition that a region belongs to. */
export const partitionOf = (region: string): string => {
  const [, apart] = /^(cn|us-gov|eusc|us-iso|us-isob|eu-isoe|us-isof)-/.exec(region) ?? []
  return apart === undefined ? 'aws' : partitions[apart]![0]
}

/** What names of regions outside the common partition begin with, their partition, and the region of its global services. */
const partitions: Readonly<Record<string, readonly [partition: string, home: string]>> = {
  cn: ['aws-cn', 'cn-north-1'], 'us-gov': ['aws-us-gov', 'us-gov-west-1'], eusc: ['aws-eusc', 'eusc-de-east-1'], 'us-iso': ['aws-iso', 'us-iso-east-1'],
  'us-isob': ['aws-iso-b', 'us-isob-east-1'], 'eu-isoe': ['aws-iso-e', 'eu-isoe-west-1'], 'us-isof': ['aws-iso-f', 'us-isof-south-1'],
}

/** The region in which a partition's global services stand. */
export const homeOf = (partition: string): string => Object.values(partitions).find(([name]) => name === partition)?.[1] ?? 'us-east-1'
