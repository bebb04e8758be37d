import { createHash } from 'node:crypto'
import { foundSecrets } from './secrets.ts'

/** What a snapshot keeps of a script: never its text. `Flags` say what it does that matters. */
export interface ScriptFacts { readonly Place: string, readonly Length: number, readonly Sha256: string, readonly Flags: readonly string[] }

/** A script's facts, the secrets in it, and the text that stands in its place. */
export interface ReadScript {
  readonly stands: string
  readonly facts: ScriptFacts
  readonly secrets: readonly { readonly Kind: string, readonly Place: string, readonly Hash: string }[]
  /** The text, for whoever looks for more in it before it is dropped. */
  readonly text: string
}

const flags: readonly (readonly [flag: string, form: RegExp])[] = [
  ['pipes-download-to-shell', /\b(?:curl|wget)\b[^\n|]{0,500}\|\s*(?:sudo\s+)?(?:ba|z|da)?sh\b/],
  ['installs-from-other-index', /\b(?:pip3?|uv)\b[^\n]{0,300}(?:--(?:extra-)?index-url|-i)[ =](?!https:\/\/pypi\.org)/],
  ['trusts-host-without-tls', /--trusted-host|--no-check-certificate|\bcurl\b[^\n]{0,200}\s(?:-k|--insecure)\b|verify=False|http\.sslVerify false/],
  ['installs-from-git', /\bpip3?\s+install\b[^\n]{0,300}git\+/],
  ['installs-packages', /\b(?:pip3?|conda|npm|yum|apt-get|dnf)\s+(?:-\S+\s+)*install\b/],
  ['opens-tunnel', /\b(?:ngrok|cloudflared|chisel|frpc|localtunnel|tailscale)\b/],
  ['adds-ssh-key', /authorized_keys/],
  ['serves-to-all-addresses', /--(?:ip|host|listen)[= ]0\.0\.0\.0|NotebookApp\.token\s*=\s*['"]{2}|OLLAMA_HOST=0\.0\.0\.0/],
  ['contacts-metadata-service', /169\.254\.169\.254|169\.254\.170\.2/],
]

/** The text of a script that is given as base64, as AWS gives them; plain text is taken as it is. */
export const scriptText = (content: string): string => (/^[A-Za-z0-9+/=\s]+$/.test(content) ? Buffer.from(content, 'base64').toString('utf8') : content)

/** Reads a script that is given as AWS gives them. */
export const readScript = (content: string, place: string): ReadScript => {
  const text = scriptText(content)
  return {
    text,
    stands: `«script: ${text.length} characters»`,
    facts: {
      Place: place,
      Length: text.length,
      Sha256: createHash('sha256').update(text).digest('hex'),
      Flags: flags.filter(([, form]) => form.test(text.slice(0, 100_000))).map(([flag]) => flag),
    },
    secrets: foundSecrets(text.includes('\n') ? text : `${text}\n`, place).map(({ kind, place: at, hash }) => ({ Kind: kind, Place: at, Hash: hash })),
  }
}

/** The properties that stand for some scripts: their facts, and the secrets in them. */
export const scriptProperties = (scripts: readonly ReadScript[]): Readonly<Record<string, unknown>> => {
  const secrets = scripts.flatMap(({ secrets }) => secrets)
  return {
    ...(scripts.length === 0 ? {} : { BartizanScripts: scripts.map(({ facts }) => facts) }),
    ...(secrets.length === 0 ? {} : { BartizanSecrets: secrets }),
  }
}
