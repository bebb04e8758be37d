import { holdsCredential } from '../checks/families/secrets.ts'
import type { Read } from '../checks/read.ts'

const secretName = /secret|token|passw|api_?key|access_?key|credential|private_?key/i

/** A value as evidence shows it: never a secret, whether its name or its form gives it away. */
export const shown = ({ pointer, value }: Read): string => {
  const text = JSON.stringify(value)
  const name = pointer.slice(pointer.lastIndexOf('/') + 1)
  const named = typeof value === 'string' && secretName.test(name) && !value.startsWith('arn:') && /Variables|Environment|Password|Secret/.test(pointer)
  return named || holdsCredential(text) ? '"«redacted: looks like a secret»"' : cut(text)
}

const cut = (text: string): string => (text.length > 200 ? `${text.slice(0, 199)}…` : text)
