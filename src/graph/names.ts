/** The ECR repository that a container image URI names; undefined for an image of another registry. */
export const imageRepository = (image: string): { readonly account: string, readonly region: string, readonly name: string } | undefined => {
  const found = /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)/.exec(image)
  return found === null ? undefined : { account: found[1]!, region: found[2]!, name: found[3]! }
}

/**
 * What a longer text names: the function in the invocation URI of an API, a function without its version or alias, an integration
 * without its prefix, the repository of a CodeCommit clone URL. Any other text as it is.
 */
export const namedIn = (text: string): string => {
  const inner = /\/functions\/(arn:[^/]+)\/invocations$/.exec(text)?.[1] ?? text
  const [, plain] = /^(arn:[^:]*:lambda:[^:]*:[^:]*:function:[^:]+):[^:]+$/.exec(inner) ?? /^integrations\/(.+)$/.exec(inner)
    ?? /^https:\/\/git-codecommit\.[^/]+\/v1\/repos\/([^/]+)$/.exec(inner) ?? []
  return plain ?? inner
}

/** The model that an ARN, a model id or a cross-region inference profile id names: `anthropic.claude-3-sonnet-20240229-v1:0`. */
export const modelName = (reference: string): string => {
  const last = reference.startsWith('arn:') ? reference.slice(reference.indexOf('/') + 1) : reference
  return last.replace(/^(us|eu|apac|us-gov|global|jp|au|ca)\./, '')
}
