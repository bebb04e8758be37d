import { valueAt } from '../../core/pointer.ts'
import { patchHcl } from '../terraform/patch.ts'
import { blockAt, hclAt, ownAccount, written } from './hcl.ts'
import { hclDocument, hclStatement } from './hcl-document.ts'
import { rewrite } from './tree.ts'
import { yamlAt } from './yaml.ts'

/** A change of one property of a block; an empty pointer takes the block away. */
export interface PropertyChange { readonly pointer: string, readonly before: unknown, readonly after: unknown }

/** The arguments that hold policies. */
const policies: Readonly<Record<string, string>> = { AssumeRolePolicyDocument: 'assume_role_policy', PolicyDocument: 'policy', KeyPolicy: 'policy', ResourcePolicy: 'policy', Policy: 'policy' }

/** Makes a change in the resource block at a line (from 1), everything else staying as it is written; undefined where that cannot be. */
export const changeHcl = (text: string, line: number, change: PropertyChange): string | undefined => {
  const block = blockAt(text, line)
  if (block === undefined) return undefined
  const changed = inBlock(text, line, block, change)
  return changed === undefined ? undefined : withAccount(changed)
}

const inBlock = (text: string, line: number, block: { readonly start: number, readonly end: number }, change: PropertyChange): string | undefined => {
  const { pointer, before, after } = change
  const [, type = '', name = ''] = /^\s*resource\s+"([^"]+)"\s+"([^"]+)"/.exec(text.slice(block.start)) ?? []
  const behind = (added: string) => `${text.slice(0, block.end)}\n\n${added}${text.slice(block.end)}`
  if (pointer === '') return text.slice(0, block.start) + text.slice(block.end).replace(/^[ \t]*\r?\n/, '')
  if (/^Policies\/\d+$/.test(pointer) && before === undefined) return behind(inlinePolicy(type, name, after))
  if (type === 'aws_s3_bucket' && pointer === 'PublicAccessBlockConfiguration' && before === undefined) return behind(privateBucket(name))
  const argument = policies[pointer]
  if (argument !== undefined) return policyOf(text, line, argument, change)
  return typeof after === 'string' || typeof after === 'boolean' || typeof after === 'number' ? patchHcl(unfolded(text, block), line, pointer.split('/'), after) : undefined
}

/** A block on one line has room for one argument only. */
const unfolded = (text: string, { start, end }: { readonly start: number, readonly end: number }): string => {
  const [, head, body] = /^([^{\n]*\{)[ \t]*([^\n]*?)[ \t]*\}$/.exec(text.slice(start, end)) ?? []
  return head === undefined || body === undefined ? text : `${text.slice(0, start)}${head}\n${body === '' ? '' : `  ${body}\n`}}${text.slice(end)}`
}

/** The account that a file is applied in comes from a data source: the one that the file has, else one that is added. */
const withAccount = (text: string): string => {
  if (!text.includes(ownAccount)) return text
  const known = /^[ \t]*data[ \t]+"aws_caller_identity"[ \t]+"([\w-]+)"/m.exec(text)?.[1]
  return known === undefined ? `${text.trimEnd()}\n\ndata "aws_caller_identity" "bartizan" {}\n` : text.replaceAll(ownAccount, ownAccount.replace('bartizan', known))
}

/** A policy is an object given to `jsonencode`, JSON in a heredoc, or a data source of the same file. */
const policyOf = (text: string, line: number, argument: string, { before, after }: PropertyChange): string | undefined => {
  const block = blockAt(text, line)!
  const own = rewrite(hclAt(line, argument), text, before, after)
  if (own !== undefined) return own
  const body = text.slice(block.start, block.end)
  const heredoc = new RegExp(`^[ \\t]*${argument}[ \\t]*=[ \\t]*<<-?(\\w+)[ \\t]*\\n([\\s\\S]*?)\\n[ \\t]*\\1[ \\t]*$`, 'm').exec(body)
  if (heredoc !== null) return inHeredoc(text, block.start + heredoc.index + heredoc[0].indexOf('\n') + 1, heredoc[2]!, before, after)
  const source = new RegExp(`^[ \\t]*${argument}[ \\t]*=[ \\t]*data\\.aws_iam_policy_document\\.([\\w-]+)\\.json[ \\t]*$`, 'm').exec(body)?.[1]
  const at = source === undefined ? -1 : text.search(new RegExp(`^[ \\t]*data[ \\t]+"aws_iam_policy_document"[ \\t]+"${source}"[ \\t]*\\{`, 'm'))
  if (at === -1) return undefined
  const statements = (document: unknown) => [valueAt(document, 'Statement')].flat().map((statement) => hclStatement(statement as Readonly<Record<string, unknown>>))
  return rewrite(hclDocument(text.slice(0, at).split('\n').length), text, statements(before), statements(after))
}

const inHeredoc = (text: string, start: number, json: string, before: unknown, after: unknown): string | undefined => {
  const changed = json.includes('${') ? undefined : rewrite(yamlAt([]), json, before, after)
  return changed === undefined ? undefined : text.slice(0, start) + changed + text.slice(start + json.length)
}

const inlinePolicy = (type: string, name: string, policy: unknown): string => {
  const { PolicyName: policyName, PolicyDocument: document } = policy as { PolicyName: string, PolicyDocument: unknown }
  const kind = type.replace('aws_iam_', '')
  const key = kind === 'role' ? `${type}.${name}.id` : `${type}.${name}.name`
  return `resource "${type}_policy" "${name}_${policyName.replaceAll('-', '_')}" {\n  name   = "${policyName}"\n  ${kind.padEnd(6)} = ${key}\n  policy = jsonencode(${written(document, 2)})\n}`
}

const privateBucket = (name: string): string => `resource "aws_s3_bucket_public_access_block" "${name}" {
  bucket                  = aws_s3_bucket.${name}.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}`
