/**
 * How one thing can stand to another. `flow` says which way data, models or answers move, so that lineage can be read
 * from the graph: `in` from the target to the resource that names it, `out` from the resource to the target.
 */
export const relations = {
  'runs as': { flow: 'none', means: 'holds the permissions of this role while it runs' },
  'reads': { flow: 'in', means: 'takes data from here' },
  'writes': { flow: 'out', means: 'puts data here' },
  'loads': { flow: 'in', means: 'loads its model artifacts or code from here' },
  'chooses from': { flow: 'in', means: 'loads whichever artifact under this location a request names' },
  'runs image': { flow: 'in', means: 'runs this container image' },
  'follows': { flow: 'none', means: 'runs whatever is pushed here under a tag that can be moved' },
  'runs code': { flow: 'in', means: 'runs this code or script' },
  'serves': { flow: 'in', means: 'answers requests with this model' },
  'derives from': { flow: 'in', means: 'was made from this model, version or definition' },
  'invokes': { flow: 'in', means: 'sends requests to this model or agent' },
  'calls': { flow: 'both', means: 'uses this as a tool or a next step' },
  'answers from': { flow: 'in', means: 'grounds its answers in what this holds' },
  'ingests': { flow: 'in', means: 'indexes documents from here' },
  'stores in': { flow: 'both', means: 'keeps its data here' },
  'guarded by': { flow: 'none', means: 'is filtered by this guardrail' },
  'monitors': { flow: 'none', means: 'watches this for drift or quality' },
  'logs to': { flow: 'out', means: 'writes its logs here' },
  'encrypted with': { flow: 'none', means: 'is encrypted with this key' },
  'uses secret': { flow: 'none', means: 'reads this secret' },
  'in subnet': { flow: 'none', means: 'has a network interface in this subnet' },
  'in security group': { flow: 'none', means: 'is filtered by this security group' },
  'in network': { flow: 'none', means: 'belongs to this VPC' },
  'routes to': { flow: 'both', means: 'forwards requests to this' },
  'triggers': { flow: 'out', means: 'starts this when something happens' },
  'part of': { flow: 'none', means: 'belongs to this' },
  'contains': { flow: 'both', means: 'is a storage location that holds this one' },
  'attached to': { flow: 'none', means: 'applies to this' },
  'shared with': { flow: 'none', means: 'may be used from there' },
  'hosted on': { flow: 'none', means: 'runs on this' },
  'signs in with': { flow: 'none', means: 'authenticates its callers here' },
  'trusts': { flow: 'none', means: 'is a role that lets this principal or service assume it' },
  'rewrites': { flow: 'none', means: 'is this principal with any identity policy that its boundary, SCPs and RCPs let through' },
  'member of': { flow: 'none', means: 'has the permissions of this group or account' },
} as const satisfies Record<string, { flow: 'in' | 'out' | 'both' | 'none', means: string }>

export type Relation = keyof typeof relations

export const relationNames = Object.keys(relations) as Relation[]
