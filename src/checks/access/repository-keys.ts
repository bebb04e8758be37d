import { noSecrets } from '../families/no-secrets.ts'

const on = 'Bartizan::Repository::File'
const notebook = { Path: 'train.ipynb', Kind: 'notebook' } as const
const holding = (Kind: string) => ({ ...notebook, BartizanSecrets: [{ Kind, Place: 'line 3', Hash: '0' }] })

const base = { on, where: 'A file of the repository', holds: () => false, passes: [notebook] } as const

export default [
  noSecrets({ ...base, id: 'code-provider-key', which: 'provider', fails: [holding('openai-api-key')] }),
  noSecrets({ ...base, id: 'code-credential', which: 'other', fails: [holding('aws-secret-access-key')] }),
]
