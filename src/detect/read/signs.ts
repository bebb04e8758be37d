/** What a prompt or a completion may show; the text itself is never kept. */
export type Sign = 'credential' | 'injection' | 'exfiltration' | 'metadata' | 'personal data' | 'shell' | 'hostile' | 'refusal'

interface Pattern {
  readonly sign: Sign
  readonly in: readonly ('prompt' | 'completion')[]
  readonly like: RegExp
  /** Whether a match of a global pattern is what it looks like: numbers have check digits. */
  readonly holds?: (found: string) => boolean
}

/** Whether digits pass Luhn's check, as those of payment cards do (ISO/IEC 7812-1). */
const isCard = (text: string): boolean => {
  const digits = (text.match(/\d/g) ?? []).map(Number)
  const sum = digits.toReversed().map((digit, at) => (at % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2)).reduce((total, digit) => total + digit, 0)
  return sum % 10 === 0 && new Set(digits).size > 1
}

/** Whether an account number has the check digits of ISO 13616. */
const isIban = (text: string): boolean => {
  const compact = text.replaceAll(' ', '')
  const moved = compact.slice(4) + compact.slice(0, 4)
  let rest = 0
  for (const letter of moved) for (const digit of String(Number.parseInt(letter, 36))) rest = (rest * 10 + Number(digit)) % 97
  return rest === 1
}

const both = ['prompt', 'completion'] as const

// each pattern is linear in the text: no nested repetition, bounded gaps
const patterns: readonly Pattern[] = [
  { sign: 'credential', in: both, like: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----|\bABSK[A-Za-z0-9+/]{40}|\bgh[pousr]_[A-Za-z0-9]{30}|\bglpat-[\w-]{20}|\bxox[bp]-[\w-]{20}|\bsk-(?:ant|proj)-[\w-]{20}/ },
  { sign: 'injection', in: ['prompt'], like: /\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:previous|prior|above|earlier|system|all)\b.{0,30}\b(?:instruction|prompt|rule|direction|guideline|message)|\b(?:you are now|act as|pretend to be)\b.{0,40}\b(?:dan|jailbroken|unrestricted|no restrictions|developer mode)\b|\b(?:reveal|print|show|repeat|output)\b.{0,30}\b(?:system prompt|hidden instruction|initial instruction)|\bdo anything now\b/i },
  { sign: 'exfiltration', in: ['prompt'], like: /\b(?:send|post|upload|forward|exfiltrate|e-?mail)\b.{0,80}(?:https?:\/\/|webhook|pastebin|attacker|my server|external)/i },
  { sign: 'metadata', in: ['prompt'], like: /169\.254\.169\.254|169\.254\.170\.2|fd00:ec2::254|\/latest\/meta-data|\bsecurity-credentials\b|\b(?:print|show|reveal|read|cat|echo|dump|send|return|output|give)\b.{0,60}(?:AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|AWS_CONTAINER_CREDENTIALS|\.aws\/credentials)/i },
  { sign: 'personal data', in: both, like: /\b(?:4\d{3}|5[1-5]\d{2}|6011)[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}\b|\b3[47]\d{2}[ -]?\d{6}[ -]?\d{5}\b/g, holds: isCard },
  { sign: 'personal data', in: both, like: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g, holds: isIban },
  { sign: 'personal data', in: both, like: /\b(?!000|666|9\d{2})\d{3}-(?!00)\d{2}-(?!0000)\d{4}\b|\b(?:ssn|social security number|passport (?:no|number)|date of birth)\b.{0,20}\d/i },
  { sign: 'shell', in: both, like: /\b(?:bash -i|nc -e|curl [^\n]{0,200}\| ?(?:sudo )?(?:ba)?sh|wget [^\n]{0,200}\| ?(?:sudo )?(?:ba)?sh|powershell(?:\.exe)? -(?:e(?:nc)?|nop|w)\w* |rm -rf \/(?:\s|\*|$))|\/dev\/tcp\/\d/i },
  { sign: 'hostile', in: ['prompt'], like: /\b(?:kill|murder|destroy|hate|attack|hurt|bomb|poison)\b[^.]{0,60}\b(?:you|him|her|them|people|everyone|human)s?\b.{0,400}\b(?:kill|murder|destroy|hate|attack|hurt|bomb|poison)\b/is },
  { sign: 'refusal', in: ['completion'], like: /\bI (?:can['’]?t|cannot|can not|won['’]?t|am unable to|'m not able to|am not able to) (?:help|assist|provide|comply|fulfill|discuss|share|answer|engage)|\bI'?m sorry,? but\b|\bagainst my (?:guidelines|programming)\b/i },
]

/** The signs that stand in a text. */
export const signsIn = (text: string, place: 'prompt' | 'completion'): Sign[] =>
  text === '' ? [] : [...new Set(patterns.filter((pattern) => pattern.in.includes(place) && shows(text, pattern)).map(({ sign }) => sign))]

const shows = (text: string, { like, holds }: Pattern): boolean =>
  (holds === undefined ? like.test(text) : text.matchAll(like).some(([found]) => holds(found)))
