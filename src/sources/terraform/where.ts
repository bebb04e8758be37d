/** Where a configuration is taken to be deployed. */
export interface Where {
  readonly account: string
  readonly region: string
  /** Whether the user named them; what the configuration says of itself counts only where not. */
  readonly named?: { readonly account: boolean, readonly region: boolean }
}

/** The place that a provider configuration names: its region, and the account of the role that it assumes. */
export const whereOf = (where: Where, { region, role }: { readonly region?: unknown, readonly role?: unknown }): Where => ({
  ...where,
  ...typeof region === 'string' && where.named?.region !== true && /^[a-z]{2}(-[a-z]+)+-\d$/.test(region) ? { region } : {},
  ...typeof role === 'string' && where.named?.account !== true ? accountOf(role) : {},
})

const accountOf = (role: string): { readonly account?: string } => {
  const account = /^arn:[\w-]+:iam::(\d{12}):role\//.exec(role)?.[1]
  return account === undefined ? {} : { account }
}
