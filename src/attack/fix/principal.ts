import type { Estate } from '../../graph/estate.ts'
import type { Resource } from '../../model/resource.ts'

/** The role or user that acts in a step; undefined for outsiders and services. */
export const principalOf = (estate: Estate, actor: string | undefined): Resource | undefined => {
  const index = actor === undefined ? undefined : estate.graph.find(actor.replace(/#rewritten$/, ''))
  const resource = index === undefined || estate.graph.node(index).resource === undefined ? undefined : estate.resource(index)
  return resource?.type === 'AWS::IAM::Role' || resource?.type === 'AWS::IAM::User' ? resource : undefined
}
