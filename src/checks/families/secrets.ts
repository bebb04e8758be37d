import { some } from '../../core/unknown.ts'
import { listOf } from './policy-text.ts'

/** Keys of AI providers by what they look like; the linear patterns only tell, they never keep what they find. */
const providerKeys: readonly RegExp[] = [
  /\bsk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20,}/, // OpenAI, DeepSeek and others that took its form
  /\bsk-ant-[A-Za-z0-9_-]{20,}/, // Anthropic
  /\bhf_[A-Za-z0-9]{20,}/, // Hugging Face
  /\bgsk_[A-Za-z0-9]{20,}/, // Groq
  /\br8_[A-Za-z0-9]{20,}/, // Replicate
  /\bpplx-[A-Za-z0-9]{20,}/, // Perplexity
  /\bxai-[A-Za-z0-9]{20,}/, // xAI
  /\bAIza[A-Za-z0-9_-]{35}/, // Google
  /\bpcsk_[A-Za-z0-9_]{20,}/, // Pinecone
  /\blsv2_(?:pt|sk)_[A-Za-z0-9_]{20,}/, // LangSmith
  /\bABSK[A-Za-z0-9+/=]{40,}/, // Amazon Bedrock, long-term
  /\bbedrock-api-key-[A-Za-z0-9+/=]{20,}/, // Amazon Bedrock, short-term
]

const otherCredentials: readonly RegExp[] = [
  /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/, // AWS access key id
  /\bgh[pousr]_[A-Za-z0-9]{36}/, // GitHub
  /\bglpat-[A-Za-z0-9_-]{20}/, // GitLab
  /\bxox[abprs]-[A-Za-z0-9-]{10,}/, // Slack
  /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/,
  /\b[a-z]{2,12}:\/\/[^\s:/@]{1,64}:[^\s:/@{}$]{4,128}@/, // a connection string with its password
]

const providerNames = /^(?:OPENAI|ANTHROPIC|AZURE_OPENAI|HUGGING_?FACE(?:HUB)?|HF|COHERE|CO|MISTRAL|GROQ|TOGETHER|REPLICATE|PERPLEXITY|DEEPSEEK|XAI|GEMINI|GOOGLE|PINECONE|WEAVIATE|LANGSMITH|LANGCHAIN|AWS_BEARER_TOKEN_BEDROCK)(?:_(?:API|HUB|ACCESS))?(?:_(?:KEY|TOKEN))?$/
const secretNames = /(?:^|_)(?:PASSWORD|PASSWD|SECRET|SECRET_?KEY|API_?KEY|ACCESS_?KEY|AUTH_?TOKEN|ACCESS_?TOKEN|PRIVATE_?KEY|CREDENTIALS?)$/

/** What a collector leaves in place of a secret, and what templates write for one that they do not hold. */
const marker = /«secret: ([^»]+)»/
const reference = /^(?:$|arn:|\{\{resolve:|\$\{|ssm:|secretsmanager:|https?:\/\/|\/|s3:\/\/)|^(?:true|false|none|null|changeme|placeholder|\*+|<.*>)$/i

/** A secret that a collector found in something that it did not keep. */
interface FoundSecret { readonly Kind: string, readonly Place: string }

const foundIn = (resource: object): readonly FoundSecret[] => (resource as { BartizanSecrets?: readonly FoundSecret[] }).BartizanSecrets ?? []

const isProviderKind = (kind: string): boolean => /openai|anthropic|hugging|cohere|mistral|groq|together|replicate|perplexity|deepseek|xai|google|gemini|pinecone|weaviate|lang|bedrock/i.test(kind)

/** Whether a text holds a key of an AI provider. */
export const holdsProviderKey = (text: string): boolean => providerKeys.some((pattern) => pattern.test(text)) || isProviderKind(marker.exec(text)?.[1] ?? '')

/** Whether a text holds a credential of any kind. */
export const holdsCredential = (text: string): boolean =>
  marker.test(text) || [...providerKeys, ...otherCredentials].some((pattern) => pattern.test(text))

/** Whether a variable is a secret by its name, and has a value that could be one: no reference, no switch, no placeholder. */
const isNamedSecret = (name: string, value: string): boolean => secretNames.test(name.toUpperCase()) && value.length >= 8 && !reference.test(value)

type Variables = Readonly<Record<string, unknown>> | readonly { readonly Name?: string, readonly Value?: string }[]

const pairsOf = (variables: Variables | undefined): (readonly [string, () => unknown])[] => {
  if (variables === undefined) return []
  if (Array.isArray(variables)) return (variables as readonly { Name?: string, Value?: string }[]).map((pair) => [pair.Name ?? '', () => pair.Value] as const)
  return Object.keys(variables).map((name) => [name, () => (variables as Readonly<Record<string, unknown>>)[name]] as const)
}

const isProviderVariable = (name: string, text: string): boolean => {
  const upper = name.toUpperCase()
  return holdsProviderKey(text) || (providerNames.test(upper) && /KEY|TOKEN/.test(upper) && text.length >= 8 && !reference.test(text))
}

/** Which credentials are meant: any, keys of AI providers, or all but those. */
type Which = 'any' | 'provider' | 'other'

/** Whether environment variables, a map or a list of names and values, hold a credential. */
export const variablesHold = (variables: Variables | undefined, which: Which = 'any'): boolean =>
  some(pairsOf(variables), ([name, value]) => {
    const text = value()
    if (typeof text !== 'string') return false
    const ofProvider = isProviderVariable(name, text)
    if (which === 'provider') return ofProvider
    return (which === 'any' && ofProvider) || (!ofProvider && (holdsCredential(text) || isNamedSecret(name, text)))
  })

/** Whether a collector found a credential in this resource. */
export const credentialFound = (resource: object, which: Which = 'any'): boolean =>
  some(foundIn(resource), ({ Kind }) => which === 'any' || isProviderKind(Kind) === (which === 'provider'))

/** Whether scripts, base64 as SageMaker keeps them, hold a credential; named variables included. */
export const scriptsHoldCredential = (scripts: readonly (string | undefined)[]): boolean =>
  some(scripts, (script) => {
    if (script === undefined) return false
    const text = decoded(script)
    return holdsCredential(text) || some(text.split('\n').slice(0, 5000), (line) => {
      const [, name = '', value = ''] = /^\s*(?:export\s+|set\s+)?([A-Za-z_][A-Za-z0-9_]{0,60})=["']?([^"'\s]{8,200})["']?\s*$/.exec(line.slice(0, 400)) ?? []
      return isNamedSecret(name, value) && !value.startsWith('$')
    })
  })

/** Whether a script, as text or base64, holds a key of an AI provider. */
export const scriptHoldsProviderKey = (script: string | undefined): boolean => script !== undefined && holdsProviderKey(decoded(script))

const decoded = (text: string): string => {
  if (!/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text)) return text
  try {
    return atob(text.replaceAll(/\s/g, ''))
  } catch {
    return text
  }
}

/** Whether any text holds a credential. */
export const textsHoldCredential = (texts: string | readonly (string | undefined)[] | undefined): boolean =>
  some(listOf(texts), (text) => text !== undefined && holdsCredential(text))

/** A credential of a form that AWS documents as an example, for the examples of checks. */
export const EXAMPLE_KEY_ID = 'AKIAIOSFODNN7EXAMPLE'

/** The form of a provider's key, for the examples of checks. */
export const EXAMPLE_PROVIDER_KEY = `hf_${'Example'.repeat(4)}`
