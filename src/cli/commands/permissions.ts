import type { Context } from '../context.ts'
import type { OutputFlags } from '../flags.ts'
import { deliver, formatNamed, outputsOf } from '../report.ts'

export interface PermissionsFlags extends OutputFlags { readonly readCode?: boolean }

/** `bartizan permissions` */
export async function permissions(this: Context, flags: PermissionsFlags): Promise<void> {
  const { scanPermissions } = await import('../../sources/aws/permissions.ts')
  const { policy, template } = await scanPermissions({ readCode: flags.readCode === true })
  const formats = new Map<string, () => string>([
    ['json', () => `${JSON.stringify(policy, undefined, 2)}\n`],
    ['cloudformation', () => template],
  ])
  for (const output of outputsOf(flags, 'json')) await deliver(this, output, formatNamed(formats, output.format)())
}
