import { buildCommand } from '@stricli/core'
import type { Context } from './context.ts'
import { examples } from './examples.ts'
import { flags, gateFlags, inputFlags, outputFlags, selectFlags } from './flags.ts'
import type { CanFlags } from './commands/can.ts'
import type { DemoFlags } from './commands/demo.ts'
import type { DetectFlags } from './commands/detect.ts'
import type { DiffFlags } from './commands/diff.ts'
import type { ExplainFlags } from './commands/explain.ts'
import type { InventoryFlags } from './commands/inventory.ts'
import type { ListFlags } from './commands/list.ts'
import type { PathsFlags } from './commands/paths.ts'
import type { PermissionsFlags } from './commands/permissions.ts'
import type { ScanFlags } from './commands/scan.ts'
import type { WhoCanFlags } from './commands/who-can.ts'

const aliases = { f: 'format', q: 'quiet', v: 'verbose' } as const
const inAlias = { ...aliases, i: 'in' } as const

const words = (brief: string, placeholder: string) => ({ kind: 'array', parameter: { parse: String, brief, placeholder } }) as const
const word = (brief: string, placeholder: string) => ({ kind: 'tuple', parameters: [{ parse: String, brief, placeholder }] }) as const

/** Every command: what it is called, its flags, and where it is loaded from when it is used. */
export const routes = {
  scan: buildCommand<ScanFlags, string[], Context>({
    loader: async () => (await import('./commands/scan.ts')).scan,
    parameters: {
      aliases,
      positional: words('A snapshot, template, plan or folder; none reads the AWS account of the current credentials', 'PATH'),
      flags: {
        ...outputFlags, ...selectFlags, ...gateFlags,
        org: flags.flag('Scan every account of the organisation'),
        role: flags.text('Assume this role first', 'ARN'),
        roleName: flags.text('The role to assume in each account of the organisation', 'NAME'),
        readCode: flags.flag('Also read function code and scripts'),
        out: flags.text('Write the snapshot here', 'FILE'),
        resume: flags.text('Go on with a scan that was interrupted', 'FILE'),
        fix: flags.flag('Write fixes into the templates; each was proved by checking again'),
        dryRun: flags.flag('With --fix: print the changes as a diff, write nothing'),
        onto: flags.text('Say what deploying the templates would add to the account of this snapshot', 'SNAPSHOT'),
        changedSince: flags.text('Report only what changed since this git revision', 'REF'),
        ifAny: flags.flag('Pass quietly when no path holds anything to scan'),
        var: flags.list('A value for a template parameter or variable; repeatable', 'NAME=VALUE'),
        parameters: flags.text('Values for template parameters, as JSON', 'FILE'),
        intoAccount: flags.text('The account that templates are meant for', 'ID'),
        intoRegion: flags.text('The region that templates are meant for', 'NAME'),
      },
    },
    docs: { brief: 'Read an AWS account, or templates, and report what is wrong', customUsage: examples.scan },
  }),
  demo: buildCommand<DemoFlags, [], Context>({
    loader: async () => (await import('./commands/demo.ts')).demo,
    parameters: { aliases, flags: { ...outputFlags, ...selectFlags, ...gateFlags } },
    docs: { brief: 'The whole thing on a sample estate, no account needed', customUsage: examples.demo },
  }),
  inventory: buildCommand<InventoryFlags, [], Context>({
    loader: async () => (await import('./commands/inventory.ts')).inventory,
    parameters: {
      aliases: inAlias,
      flags: {
        ...inputFlags, ...outputFlags,
        pillar: selectFlags.pillar, service: selectFlags.service, account: selectFlags.account, region: selectFlags.region, tag: selectFlags.tag,
        pipeline: flags.text('Draw the pipeline that holds this asset', 'NAME'),
      },
    },
    docs: { brief: 'The AI assets; -f cyclonedx for the AI bill of materials', customUsage: examples.inventory },
  }),
  paths: buildCommand<PathsFlags, [], Context>({
    loader: async () => (await import('./commands/paths.ts')).paths,
    parameters: {
      aliases: inAlias,
      flags: {
        ...inputFlags, ...outputFlags, severity: selectFlags.severity, failOn: gateFlags.failOn, config: gateFlags.config,
        fix: flags.flag('Look for the fewest edits that close each of the worst paths, and all of them, and try them'),
        trail: flags.text('With --fix: what these CloudTrail files show in use must still work', 'PATH'),
        from: flags.list('Start from this principal only; repeatable', 'PRINCIPAL'),
        to: flags.list('Only paths to this asset; repeatable', 'ASSET'),
        assume: flags.list('Take a condition key as given; repeatable', 'KEY=VALUE'),
        alternatives: { kind: 'parsed', parse: Number, brief: 'How many distinct paths to show for each target', placeholder: 'N', optional: true },
      },
    },
    docs: { brief: 'Attack paths: from where an attacker stands to what matters', customUsage: examples.paths },
  }),
  can: buildCommand<CanFlags, [string, string?, string?], Context>({
    loader: async () => (await import('./commands/can.ts')).can,
    parameters: {
      aliases: inAlias,
      positional: {
        kind: 'tuple',
        parameters: [
          { parse: String, brief: 'A user, role, service, account or *', placeholder: 'PRINCIPAL' },
          { parse: String, brief: 'service:Action', placeholder: 'ACTION', optional: true },
          { parse: String, brief: 'An ARN, a pattern of one, or a name', placeholder: 'RESOURCE', optional: true },
        ],
      },
      flags: {
        ...inputFlags, ...outputFlags,
        context: flags.list('A condition key and its value; repeatable', 'KEY=VALUE'),
        fromTrail: flags.text('Make the least policy from CloudTrail files', 'PATH'),
      },
    },
    docs: { brief: 'Whether a principal may do something, and which statements decide', customUsage: examples.can },
  }),
  whoCan: buildCommand<WhoCanFlags, [string, string], Context>({
    loader: async () => (await import('./commands/who-can.ts')).whoCan,
    parameters: {
      aliases: inAlias,
      positional: { kind: 'tuple', parameters: [{ parse: String, brief: 'service:Action', placeholder: 'ACTION' }, { parse: String, brief: 'An ARN, a pattern of one, or a name', placeholder: 'RESOURCE' }] },
      flags: { ...inputFlags, ...outputFlags, context: flags.list('A condition key and its value; repeatable', 'KEY=VALUE') },
    },
    docs: { brief: 'Everyone who may do something', customUsage: examples.whoCan },
  }),
  diff: buildCommand<DiffFlags, [string, string], Context>({
    loader: async () => (await import('./commands/diff.ts')).diff,
    parameters: {
      aliases,
      positional: { kind: 'tuple', parameters: [{ parse: String, brief: 'Before: a snapshot, template or folder', placeholder: 'OLD' }, { parse: String, brief: 'After', placeholder: 'NEW' }] },
      flags: { ...outputFlags, ...gateFlags },
    },
    docs: { brief: 'What a change adds and removes: resources, findings, attack paths', customUsage: examples.diff },
  }),
  explain: buildCommand<ExplainFlags, [string], Context>({
    loader: async () => (await import('./commands/explain.ts')).explain,
    parameters: { aliases: inAlias, positional: word('A check, a finding, an attack path, an attack step, an error code, or what others call a check', 'ID'), flags: { ...inputFlags, ...outputFlags } },
    docs: { brief: 'A check, a finding, a path, a step or an error in full', customUsage: examples.explain },
  }),
  detect: buildCommand<DetectFlags, string[], Context>({
    loader: async () => (await import('./commands/detect.ts')).detect,
    parameters: {
      aliases: inAlias,
      positional: words('Log files, folders, s3:// prefixes, or - for standard input', 'LOGS'),
      flags: {
        ...inputFlags, ...outputFlags,
        severity: selectFlags.severity, failOn: gateFlags.failOn, strict: gateFlags.strict, mute: gateFlags.mute, showSuppressed: gateFlags.showSuppressed,
        detection: flags.list('Run only this detection; repeatable', 'ID'),
        skipDetection: flags.list('Leave this detection out; repeatable', 'ID'),
        sigma: flags.list('Also run the Sigma rules in this folder; repeatable', 'DIR'),
        learn: flags.text('Only learn what is usual, into this file', 'FILE'),
        baseline: flags.text('What is usual, as learned before', 'FILE'),
        state: flags.text('Go on from this file, and save to it', 'FILE'),
        follow: flags.text('Go on reading what this SQS queue tells of', 'URL'),
        sql: flags.flag('Ask DuckDB instead of streaming; reads Parquet too'),
        engine: flags.text('Ask where the logs are: athena or trino', 'NAME'),
        table: flags.text('The CloudTrail table that the engine holds', 'NAME'),
        output: flags.text('Where Athena writes results, s3://bucket/prefix', 'URI'),
        url: flags.text('Where Trino answers', 'URL'),
        defineTable: flags.text('Only print the Athena table over the trail that is here', 's3://BUCKET/AWSLogs/ACCOUNT'),
      },
    },
    docs: { brief: 'Attacks on AI in CloudTrail and model-invocation logs', customUsage: examples.detect },
  }),
  list: buildCommand<ListFlags, [string], Context>({
    loader: async () => (await import('./commands/list.ts')).list,
    parameters: { aliases, positional: word('checks, steps, detections or formats', 'WHAT'), flags: { ...outputFlags } },
    docs: { brief: 'What there is: checks, attack steps, detections, formats', customUsage: examples.list },
  }),
  permissions: buildCommand<PermissionsFlags, [], Context>({
    loader: async () => (await import('./commands/permissions.ts')).permissions,
    parameters: { aliases, flags: { ...outputFlags, readCode: flags.flag('With what --read-code needs'), org: flags.flag('With what --org needs'), roleName: flags.text('The role in each account, for --org and the template', 'NAME') } },
    docs: { brief: 'The least policy that a scan needs', customUsage: examples.permissions },
  }),
}
