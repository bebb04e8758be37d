/** Forms of keys that their makers gave a telling shape. Each is anchored on a literal, so a search is linear. */
const forms: readonly (readonly [kind: string, form: RegExp])[] = [
  ['anthropic-api-key', /\bsk-ant-[A-Za-z0-9_-]{20,200}/g],
  ['openrouter-api-key', /\bsk-or-v1-[a-f0-9]{32,128}/g],
  ['langsmith-api-key', /\blsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}/g],
  ['openai-api-key', /\bsk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20,200}/g],
  ['hugging-face-token', /\bhf_[A-Za-z0-9]{30,64}/g],
  ['groq-api-key', /\bgsk_[A-Za-z0-9]{40,64}/g],
  ['replicate-api-token', /\br8_[A-Za-z0-9]{30,64}/g],
  ['perplexity-api-key', /\bpplx-[A-Za-z0-9]{40,64}/g],
  ['xai-api-key', /\bxai-[A-Za-z0-9]{60,100}/g],
  ['nvidia-api-key', /\bnvapi-[A-Za-z0-9_-]{40,100}/g],
  ['google-api-key', /\bAIza[A-Za-z0-9_-]{35}/g],
  ['pinecone-api-key', /\bpcsk_[A-Za-z0-9_]{40,100}/g],
  ['bedrock-api-key', /\bABSK[A-Za-z0-9+/]{100,200}={0,2}/g],
  ['bedrock-api-key', /\bbedrock-api-key-[A-Za-z0-9+/=]{40,4000}/g],
  ['aws-access-key-id', /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g],
  ['github-token', /\b(?:gh[pousr]_[A-Za-z0-9]{36,80}|github_pat_[A-Za-z0-9_]{60,100})/g],
  ['gitlab-token', /\bglpat-[A-Za-z0-9_-]{20,60}/g],
  ['slack-token', /\bxox[abprs]-[A-Za-z0-9-]{10,100}/g],
  ['stripe-key', /\b[rs]k_live_[A-Za-z0-9]{20,100}/g],
  ['wandb-api-key', /\bwandb_v1_[A-Za-z0-9_]{40,100}/g],
  ['private-key', /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[A-Za-z0-9+/=\s\\]{0,8000}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g],
  ['password-in-url', /\b[a-z][a-z0-9+]{1,20}:\/\/[^\s/:@'"]{1,100}:[^\s/:@'"]{3,200}@/g],
]

/** A first look that most texts fail, so that the forms are tried on few. */
const hint = /sk-|lsv2_|hf_|gsk_|r8_|pplx-|xai-|nvapi-|AIza|pcsk_|ABSK|bedrock-api-key-|AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox|k_live_|wandb_|PRIVATE KEY|:\/\//

const assignment = /\b([A-Z][A-Z0-9_]{2,60})\s{0,3}[=:]\s{0,3}["']?([^\s"'$`;&|<>]{8,200})/g

/** Keys of known forms in a text, and values assigned in it to names that mean a secret. */
export const textKinds = (text: string): { kind: string, secret: string }[] => {
  const found = new Map<string, string>()
  if (hint.test(text)) {
    for (const [kind, form] of forms) for (const [secret] of text.matchAll(form)) if (!covered(found, secret)) found.set(secret, kind)
  }
  if (text.includes('\n') || text.startsWith('#!')) {
    for (const [, name, value] of text.matchAll(assignment)) {
      const kind = secretKind(name!, value!)
      if (kind !== undefined && !covered(found, value!)) found.set(value!, kind)
    }
  }
  return [...found].map(([secret, kind]) => ({ kind, secret }))
}

const covered = (found: ReadonlyMap<string, string>, secret: string): boolean => found.keys().some((known) => known.includes(secret))

const means: readonly (readonly [kind: string, name: RegExp])[] = [
  ['aws-secret-access-key', /^aws_?secret_?access_?key$/i],
  ['aws-session-token', /^aws_?(session|security)_?token$/i],
  ['bedrock-api-key', /^aws_?bearer_?token_?bedrock$/i],
  ['openai-api-key', /openai.*key/i],
  ['anthropic-api-key', /anthropic.*key|claude.*key/i],
  ['hugging-face-token', /^(hf|hugging_?face\w*)_?(hub_?)?(api_?)?(token|key)$/i],
  ['api-key', /(api|access|secret|private|encryption|signing|auth|account|master)_?key$|^key$/i],
  ['token', /(^|_)(token|jwt|bearer)$/i],
  ['password', /passw(or)?d|passphrase|(^|_)(pass|pwd|pw)$/i],
  ['secret', /secret|credential/i],
]

/** Values that say where a secret is, or nothing at all. */
const harmless = /^(arn:|s3:\/\/|ssm:|\/|\{\{resolve:|\$|projects\/|https?:\/\/[^@]*$|true$|false$|none$|null$|\d{1,6}$|alias\/|«)/i

/** What kind of secret a value is by the name it goes under; undefined when the name or the value says it is none. */
export const secretKind = (name: string, value: string): string | undefined => {
  if (value.length < 6 || harmless.test(value) || /(_|^)(arn|name|id|path|file|url|uri|region|endpoint|prefix|type|ttl|expiry|length|version)$/i.test(name)) return undefined
  const formed = forms.find(([, form]) => new RegExp(form.source).test(value))?.[0]
  return means.find(([, form]) => form.test(name)) === undefined ? undefined : formed ?? means.find(([, form]) => form.test(name))![0]
}
