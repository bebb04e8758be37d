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
  if (region.startsWith('cn-')) return 'aws-cn'
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
}
