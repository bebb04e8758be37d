import type { Ignore } from '../../model/resource.ts'
import type { Where } from './where.ts'

/** One resource of a plan, a state or a folder of HCL, before it becomes a CloudFormation type. */
export interface Block {
  /** `module.a.aws_s3_bucket.b["k"]`, after the folder of its root module where that is not the one scanned: `prod/aws_s3_bucket.b`. */
  readonly address: string
  readonly type: string
  /** Arguments; what is not known yet is `{"$unknown": …}`. */
  readonly values: Record<string, unknown>
  /** Where its provider works, if not where the others do. */
  readonly where?: Where
  readonly file?: string
  readonly line?: number
  /** Lines of arguments, by name. */
  readonly lines?: Readonly<Record<string, number>>
  /** Checks that comments silence. */
  readonly ignores?: readonly Ignore[]
}

/** The address of a resource without its instance key: `aws_s3_bucket.b`. */
export const configAddress = (address: string): string => address.replaceAll(/\[[^\]]*\]/g, '')

/** What stands for a name that AWS chooses: the resource's own, after those of the modules around it, with its key: `vpc-private-0`. */
export const labelOf = (address: string): string =>
  address.replaceAll(/(?:^|[./])(?:module|[a-z0-9_]+)\.(?=[A-Za-z_])/g, (found) => (/^[./]/.test(found) ? '-' : '')).replaceAll('/', '-').replaceAll(/\["?([^\]"]*)"?\]/g, '-$1')
