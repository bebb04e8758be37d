import type { ActionEntry } from './actions.ts'
import { arnParts } from './arns.ts'
import type { Request } from './model.ts'

const decrypts = ['kms:Decrypt']
const encrypts = ['kms:GenerateDataKey']
const both = ['kms:GenerateDataKey', 'kms:Decrypt']

/** What a service asks of KMS in the caller's name when the resource is encrypted with a key, as each service's guide lists it. */
const documented: Readonly<Record<string, readonly string[]>> = {
  's3:getobject': decrypts, 's3:getobjectversion': decrypts, 's3:getobjectattributes': decrypts, 's3:putobject': encrypts,
  'sqs:sendmessage': both, 'sqs:receivemessage': decrypts,
  'sns:publish': both,
  'secretsmanager:getsecretvalue': decrypts, 'secretsmanager:batchgetsecretvalue': decrypts, 'secretsmanager:createsecret': both,
  'secretsmanager:putsecretvalue': both, 'secretsmanager:updatesecret': both,
  'ssm:getparameter': decrypts, 'ssm:getparameters': decrypts, 'ssm:getparametersbypath': decrypts, 'ssm:putparameter': ['kms:Encrypt'],
  'kinesis:putrecord': encrypts, 'kinesis:putrecords': encrypts, 'kinesis:getrecords': decrypts,
  'dynamodb:getitem': decrypts, 'dynamodb:batchgetitem': decrypts, 'dynamodb:query': decrypts, 'dynamodb:scan': decrypts,
  'dynamodb:putitem': decrypts, 'dynamodb:updateitem': decrypts, 'dynamodb:deleteitem': decrypts, 'dynamodb:batchwriteitem': decrypts,
}

/** The KMS actions of a call on a resource that is encrypted with a customer's key; none where the documentation names none. */
export const documentedKeyActions = ({ name }: ActionEntry): readonly string[] => documented[name] ?? []

/** The KMS actions of a call that is said to use a key: as documented, else reads decrypt and writes make a data key. */
export const likelyKeyActions = (action: ActionEntry): readonly string[] => {
  const { facts, name } = action
  const known = documentedKeyActions(action)
  if (known.length > 0) return known
  const reads = facts === undefined ? /:(get|list|describe|batchget|query|scan|invoke|retrieve)/.test(name) : !/Write|Permissions|Tagging/.test(facts.level)
  return reads ? decrypts : both
}

/** Of the network of the first request only its public address is kept in the calls that follow from it. */
const notKept = ['aws:SourceVpc', 'aws:SourceVpce', 'aws:SourceVpcArn', 'aws:VpcSourceIp', 'aws:VpceAccount', 'aws:VpceOrgID', 'aws:VpceOrgPaths']
const lost = new Set(notKept.map((key) => key.toLowerCase()))

/** A request but for what it asks. */
type Asking = Omit<Request, 'action' | 'resource'>

/** A call that a service makes with the caller's permissions (a forward access session), with the services in between in their order. */
export const forwarded = (service: string, key: string, { endpoint: _endpoint, context = {}, absent = [], ...base }: Asking): Asking => {
  const name = `${service}.amazonaws.com`
  const region = arnParts(key)[3] ?? ''
  const kept = Object.entries(context).filter(([given]) => !lost.has(given.toLowerCase()))
  const before = kept.find(([given]) => given.toLowerCase() === 'aws:calledvia')?.[1] ?? []
  const chain = [...(typeof before === 'string' ? [before] : before), name]
  return {
    ...base, absent: [...absent, ...notKept],
    context: {
      ...Object.fromEntries(kept.filter(([given]) => !/^aws:calledvia/i.test(given))),
      'aws:ViaAWSService': 'true', 'aws:CalledVia': chain, 'aws:CalledViaFirst': chain[0]!, 'aws:CalledViaLast': name, 'kms:ViaService': `${service}.${region}.amazonaws.com`,
    },
  }
}
