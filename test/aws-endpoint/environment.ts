import type { Fixtures } from './fixtures.ts'

/** What a scan asks before all else: whose credentials these are, which regions are on and whether there is an organization. Tags are refused, so that each service is asked for its own. */
export const accountOf = (account: string, regions: readonly string[] = ['us-east-1']) => ({
  sts: { GetCallerIdentity: { Account: account, Arn: `arn:aws:iam::${account}:user/scan`, UserId: 'AIDASCAN' } },
  ec2: { DescribeRegions: { Regions: regions.map((RegionName) => ({ RegionName })) } },
  organizations: { DescribeOrganization: () => ({ error: 'AWSOrganizationsNotInUseException' }) },
  resourcegroupstaggingapi: { GetResources: () => ({ error: 'AccessDeniedException' }) },
}) satisfies Fixtures

/** Points the SDK at an endpoint; gives back what undoes it. */
export const inEnvironment = (url: string): () => void => {
  const wanted = { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' }
  const before = Object.fromEntries(Object.keys(wanted).map((name) => [name, process.env[name]]))
  Object.assign(process.env, wanted)
  return () => {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}
