/** The four things that are protected. */
export const pillars = ['data', 'models', 'access', 'applications'] as const

export type Pillar = (typeof pillars)[number]

/** The twelve risks and how people read them; each belongs to one pillar. */
export const risks = {
  'data-poisoning': { pillar: 'data', title: 'Data poisoning' },
  'insufficient-encryption': { pillar: 'data', title: 'Missing or weak encryption' },
  'privacy-violation': { pillar: 'data', title: 'Privacy violations' },
  'adversarial-input': { pillar: 'models', title: 'Adversarial inputs' },
  'model-theft': { pillar: 'models', title: 'Model theft' },
  'model-drift': { pillar: 'models', title: 'Model drift' },
  'weak-iam': { pillar: 'access', title: 'Weak IAM' },
  'privilege-escalation': { pillar: 'access', title: 'Privilege escalation' },
  'insecure-api': { pillar: 'access', title: 'Insecure APIs and networks' },
  'misconfigured-pipeline': { pillar: 'applications', title: 'Misconfigured pipelines' },
  'model-misuse': { pillar: 'applications', title: 'Model misuse' },
  'third-party': { pillar: 'applications', title: 'Third-party dependencies' },
} as const satisfies Record<string, { pillar: Pillar, title: string }>

export type Risk = keyof typeof risks

export const pillarOf = (risk: Risk): Pillar => risks[risk].pillar
