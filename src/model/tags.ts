/** Tags as a map, whichever of CloudFormation's forms they are written in; what is not known is left out. */
export const tagsIn = (properties: Readonly<Record<string, unknown>>): Record<string, string> => {
  const tags = properties['Tags'] ?? properties['HostedZoneTags'] ?? properties['FileSystemTags']
  const pairs = Array.isArray(tags)
    ? tags.map((tag: { Key?: unknown, Value?: unknown } | null) => [tag?.Key, tag?.Value] as const)
    : typeof tags === 'object' && tags !== null ? Object.entries(tags) : []
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => typeof pair[0] === 'string' && typeof pair[1] === 'string'))
}

/** Tag keys, in lower case, that say whose a resource is. */
export const ownerTags = ['owner', 'team', 'contact', 'created-by', 'createdby', 'maintainer']

/** Tag keys, in lower case, that say how sensitive its data is. */
export const classTags = ['data-classification', 'dataclassification', 'data-class', 'classification', 'sensitivity']
