import { placesAt } from '../../core/pointer.ts'
import type { Estate } from '../../graph/estate.ts'
import type { Link } from '../scene.ts'
import type { Links } from './links.ts'

interface Filter { readonly Key?: string, readonly Value?: string, readonly Type?: string }

/** What CodeDeploy runs, it runs on the instances that a deployment group chooses by their tags, and as their roles. */
export const makeDeployments = (estate: Estate, links: Links): Links => {
  const outward = new Map<number, Link[]>()
  const inward = new Map<number, Link[]>()
  for (const group of estate.ofType('AWS::CodeDeploy::DeploymentGroup')) {
    const { properties } = estate.resource(group)
    const any = filters(properties, 'Ec2TagFilters/*')
    const all = placesAt(properties, 'Ec2TagSet/Ec2TagSetList/*').map(({ value }) => filters(value, 'Ec2TagGroup/*'))
    const chosen = (tags: Readonly<Record<string, string>>): boolean =>
      any.some((filter) => fits(filter, tags)) || (all.length > 0 && all.every((some) => some.some((filter) => fits(filter, tags))))
    for (const instance of any.length + all.length === 0 ? [] : estate.ofType('AWS::EC2::Instance')) {
      if (!chosen(estate.resource(instance).tags)) continue
      for (const { node: role } of links.out(instance, 'runs as')) {
        const pointer = any.length > 0 ? 'Ec2TagFilters' : 'Ec2TagSet'
        outward.set(group, [...outward.get(group) ?? [], { node: role, pointer }])
        inward.set(role, [...inward.get(role) ?? [], { node: group, pointer }])
      }
    }
  }
  return {
    out: (node, relation) => (relation === 'runs as' ? outward.get(node) ?? [] : []),
    in: (node, relation) => (relation === 'runs as' ? inward.get(node) ?? [] : []),
  }
}

const filters = (root: unknown, pointer: string): Filter[] => placesAt(root, pointer).map(({ value }) => value as Filter)

const fits = ({ Key, Value, Type }: Filter, tags: Readonly<Record<string, string>>): boolean => {
  if (Type === 'KEY_ONLY') return Key !== undefined && tags[Key] !== undefined
  if (Type === 'VALUE_ONLY') return Value !== undefined && Object.values(tags).includes(Value)
  return Key !== undefined && tags[Key] === (Value ?? '')
}
