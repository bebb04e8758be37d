import { mostCharacters, scanPermissions } from '../../sources/aws/permissions.ts'
import { say } from '../context.ts'
import type { Context } from '../context.ts'
import type { OutputFlags } from '../flags.ts'
import { deliver, formatNamed, outputsOf } from '../report.ts'

export interface PermissionsFlags extends OutputFlags { readonly readCode?: boolean, readonly org?: boolean, readonly roleName?: string }

/** `bartizan permissions` */
export async function permissions(this: Context, { readCode, org, roleName, ...flags }: PermissionsFlags): Promise<void> {
  const { policy, parts, template } = await scanPermissions({ ...readCode === undefined ? {} : { readCode }, ...org === undefined ? {} : { org }, ...roleName === undefined ? {} : { roleName } })
  const length = JSON.stringify(policy).length
  const formats = new Map<string, () => string>([
    ['json', () => `${JSON.stringify(policy, undefined, 2)}\n`],
    ['policies', () => `${JSON.stringify(parts, undefined, 2)}\n`],
    ['cloudformation', () => template],
  ])
  for (const output of outputsOf(flags, 'json')) {
    await deliver(this, output, formatNamed(formats, output.format)())
    if (output.format === 'json' && length > mostCharacters && flags.quiet !== true) {
      say(this, `The policy has ${length.toLocaleString('en')} characters, and a managed policy takes ${mostCharacters.toLocaleString('en')}: -f policies prints it in ${Object.keys(parts).length} parts, -f cloudformation as a role with all of them`)
    }
  }
}
