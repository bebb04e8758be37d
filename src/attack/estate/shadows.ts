import type { Estate, Facts } from '../../graph/estate.ts'
import { arnOf } from '../../graph/permissions.ts'
import { compile } from '../../iam/index.ts'
import type { IamInput } from '../../iam/model.ts'
import type { Links } from './links.ts'
import type { Nodes } from './nodes.ts'
import { makePeople } from './people.ts'
import type { People } from './people.ts'
import { everything, olderVersions, variantsOf } from './variants.ts'
import type { Variant } from './variants.ts'

/** The principals of an estate as attackers could make them; a principal's second and third variant stand in further groups of people. */
export const makeShadows = (
  estate: Estate, facts: Facts, input: IamInput, nodes: Nodes, links: Links, classOf: (action: string, arn: string) => string): People[] => {
  const variants = variantsOf({ estate, input, nodes, links, editors: editorsOf(estate, classOf) })
  const policies = [...input.policies, everything, ...olderVersions(estate)]
  const principals = new Map((input.principals ?? []).map((principal) => [principal.arn, principal]))
  return rounds(variants).map((round) => {
    const byArn = new Map(round.map((variant) => [nodes.arn(variant.of)!, variant]))
    const iam = compile({
      ...input, policies,
      principals: [...byArn].flatMap(([arn, variant]) => {
        const principal = principals.get(arn)
        return principal === undefined ? [] : [variant.change(principal)]
      }),
    }, facts.catalogue)
    const members = new Map([...byArn].map(([arn, { change: _change, ...variant }]) => [arn, nodes.add(variant)]))
    return makePeople(iam, nodes, [...members.values()], (arn) => members.get(arn))
  })
}

/** Parts variants so that each principal is once in a round. */
const rounds = (variants: readonly Variant[]): Variant[][] => {
  const seen = new Map<number, number>()
  const made: Variant[][] = []
  for (const variant of variants) {
    const round = seen.get(variant.of) ?? 0
    seen.set(variant.of, round + 1);
    (made[round] ??= []).push(variant)
  }
  return made
}

/** Who may do an action to an IAM entity without being an administrator; asked once for each class of ARNs. */
const editorsOf = (estate: Estate, classOf: (action: string, arn: string) => string) => {
  const administrators = administratorsOf(estate)
  const known = new Map<string, readonly string[]>()
  const who = (action: string, arn: string): readonly string[] => {
    const key = `${action} ${classOf(action, arn)}`
    let found = known.get(key)
    if (found === undefined) {
      found = estate.iam().whoCan(action, arn).filter(({ kind, principal }) => kind !== 'service' && !administrators.has(principal)).map(({ principal }) => principal)
      known.set(key, found)
    }
    return found
  }
  return (node: number, actions: readonly string[]): ReadonlySet<string> => new Set(actions.flatMap((action) => who(action, arnOf(estate.resource(node)))))
}

/** Principals who may rewrite every role and user of their account: rewriting one more gains them nothing. */
const administratorsOf = (estate: Estate): ReadonlySet<string> => {
  const wanted = (account: string) => [['iam:PutRolePolicy', 'role'], ['iam:UpdateAssumeRolePolicy', 'role'], ['iam:AttachUserPolicy', 'user'], ['iam:CreateAccessKey', 'user']]
    .map(([action, kind]) => new Set(estate.iam().whoCan(action!, `arn:aws:iam::${account}:${kind}/bartizan-any-name`).filter(({ verdict }) => verdict === 'allow').map(({ principal }) => principal)))
  return new Set([...estate.accounts].flatMap((account) => [...wanted(account).reduce((a, b) => a.intersection(b))]))
}
