import { byText } from '../../core/text.ts'
import { loadCollectors } from './catalogue.ts'
import type { Call, Collector, Row } from './collector.ts'
import { permissionOf } from './permission.ts'

/** What to grant a scan: the same collectors that `scanAws` would run. */
export interface PermissionOptions {
  readonly only?: readonly string[]
  readonly readCode?: boolean
  /** With it the policy may list the organization's accounts and assume this role in each. */
  readonly org?: boolean
  readonly roleName?: string
}

/** The permissions of a scan: as action names, as an IAM policy, and as a CloudFormation template (JSON text) that an organization deploys with StackSets. */
export interface ScanPermissions {
  readonly actions: readonly string[]
  readonly policy: PolicyText
  /** The same policy in parts that fit a managed policy each, by name. */
  readonly parts: Readonly<Record<string, PolicyText>>
  readonly template: string
}

interface PolicyText { readonly Version: '2012-10-17', readonly Statement: readonly object[] }

const always = ['ec2:DescribeRegions', 'organizations:ListParents', 'sts:GetCallerIdentity', 'tag:GetResources']
const organization = ['organizations:ListAccounts', 'sts:AssumeRole']

/** Derives the least permissions of a scan from the tables of its collectors. */
export const scanPermissions = async (options: PermissionOptions = {}): Promise<ScanPermissions> => {
  const collectors = (await loadCollectors()).filter(({ id }) => options.only === undefined || options.only.includes(id))
  const actions = sorted([...always, ...collectors.flatMap(actionsOf)])
  const code = options.readCode === true ? sorted(collectors.flatMap(({ resources }) => resources.flatMap(codeActions))).filter((action) => !actions.includes(action)) : []
  const policy = policyOf(actions, code, options)
  return { actions: sorted([...actions, ...code, ...(options.org === true ? organization : [])]), policy, parts: partsOf(policy), template: templateOf(policyOf(actions, code, {}), options.roleName ?? 'BartizanScan') }
}

const sorted = (names: readonly string[]): string[] => [...new Set(names)].sort(byText)

/** The permissions that one collector needs. */
export const actionsOf = ({ prefix, resources, collects, tags }: Collector): string[] => {
  const ofCall = (call: Call | undefined): string[] =>
    call === undefined ? [] : [call.permission ?? permissionOf(prefix, call.operation), ...ofCall(call.each)]
  const ofRow = (row: Row): string[] => [
    ...ofCall(row.list), ...ofCall(row.describe), ...(row.more ?? []).flatMap(ofCall), ...(typeof row.tags === 'object' ? ofCall(row.tags) : []),
    ...(row.describeMany === undefined ? [] : [row.describeMany.permission ?? permissionOf(prefix, row.describeMany.operation)]),
    ...(row.children ?? []).flatMap(ofRow),
  ]
  const counted = resources.some(isCounted) ? ['cloudwatch:ListMetrics', 'cloudwatch:GetMetricData'] : []
  return [...resources.flatMap(ofRow), ...ofCall(tags), ...counted, ...(collects?.permissions ?? []).map((operation) => (operation.includes(':') ? operation : permissionOf(prefix, operation)))]
}

const isCounted = ({ usage, children = [] }: Row): boolean => usage !== undefined || children.some(isCounted)

const codeActions = ({ code, children = [] }: Row): string[] => [...(code?.permissions ?? []), ...children.flatMap(codeActions)]

const policyOf = (actions: readonly string[], code: readonly string[], { org, roleName }: PermissionOptions): PolicyText => ({
  Version: '2012-10-17',
  Statement: [
    { Sid: 'BartizanReadConfiguration', Effect: 'Allow', Action: actions, Resource: '*' },
    ...(code.length === 0 ? [] : [{ Sid: 'BartizanReadCode', Effect: 'Allow', Action: code, Resource: '*' }]),
    ...(org !== true ? [] : [
      { Sid: 'BartizanListAccounts', Effect: 'Allow', Action: 'organizations:ListAccounts', Resource: '*' },
      { Sid: 'BartizanEnterAccounts', Effect: 'Allow', Action: 'sts:AssumeRole', Resource: `arn:*:iam::*:role/${roleName ?? 'BartizanScan'}` },
    ]),
  ],
})

/** The most characters, white space aside, that IAM takes in a managed policy. */
export const mostCharacters = 6_144

/** What of that actions may take, beside the rest of the policy. */
const longest = mostCharacters - 244

const spread = (actions: readonly string[]): string[][] => {
  const parts: string[][] = [[]]
  let length = 0
  for (const action of actions) {
    length += action.length + 3
    if (length > longest) {
      parts.push([])
      length = action.length + 3
    }
    parts.at(-1)!.push(action)
  }
  return parts
}

/** Each statement as policies of its own: its actions are spread over as many as they need. */
const partsOf = ({ Statement }: PolicyText): Record<string, PolicyText> => Object.fromEntries(
  (Statement as { Sid: string, Action: string | readonly string[] }[]).flatMap((statement) => spread([statement.Action].flat()).map((actions, at) => {
    const Sid = `${statement.Sid}${at + 1}`
    return [Sid, { Version: '2012-10-17', Statement: [{ ...statement, Sid, Action: actions }] }] as const
  })),
)

const templateOf = (policy: PolicyText, roleName: string): string => {
  const policies = Object.fromEntries(Object.entries(partsOf(policy)).map(([name, PolicyDocument]) =>
    [name, { Type: 'AWS::IAM::ManagedPolicy', Properties: { Description: 'What a bartizan scan reads', PolicyDocument } }]))
  return `${JSON.stringify({
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'A role that lets bartizan scan this account; deploy it with a service-managed StackSet to all accounts of an organization',
    Parameters: {
      ScannerAccount: { Type: 'String', AllowedPattern: '[0-9]{12}', Description: 'The account that scans' },
      OrganizationId: { Type: 'String', AllowedPattern: 'o-[a-z0-9]{10,32}', Description: 'The organization that both accounts belong to' },
    },
    Resources: {
      ...policies,
      ScanRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: roleName,
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [{
              Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${ScannerAccount}:root' } },
              Condition: { StringEquals: { 'aws:PrincipalOrgID': { Ref: 'OrganizationId' } } },
            }],
          },
          ManagedPolicyArns: Object.keys(policies).map((Ref) => ({ Ref })),
        },
      },
    },
    Outputs: { RoleArn: { Value: { 'Fn::GetAtt': ['ScanRole', 'Arn'] } } },
  }, undefined, 2)}\n`
}
