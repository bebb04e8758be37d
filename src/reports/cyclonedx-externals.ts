import type { Asset } from '../analysis/assets.ts'
import type { Estate } from '../graph/estate.ts'
import type { Component } from './cyclonedx.ts'

/** What an estate uses and does not own: foundation models, and images of registries of others. */
export const externalParts = (estate: Estate, assets: readonly Asset[]): { readonly id: string, readonly component: Component }[] => {
  const found = new Map<string, Component>()
  for (const { id: asset } of assets) {
    const node = estate.graph.find(asset)
    for (const edge of node === undefined ? [] : estate.graph.out(node)) {
      const { kind, id, type } = estate.graph.node(edge.node)
      if (kind !== 'external') continue
      const component = type === 'AWS::Bedrock::FoundationModel' ? foundationModel(id) : type === 'image' ? image(id) : undefined
      if (component !== undefined) found.set(id, component)
    }
  }
  return [...found].map(([id, component]) => ({ id, component }))
}

/** `anthropic.claude-3-haiku-20240307-v1:0` says its maker and its version. */
const foundationModel = (id: string): Component => {
  const name = id.replace(/^model\//, '')
  const [, publisher] = /^([a-z0-9]+)\./.exec(name) ?? []
  const [, version] = /-v(\d+(?::\d+)?)/.exec(name) ?? []
  return {
    type: 'machine-learning-model', 'bom-ref': id, name, ...publisher === undefined ? {} : { publisher }, ...version === undefined ? {} : { version },
    properties: [{ name: 'bartizan:type', value: 'AWS::Bedrock::FoundationModel' }],
  }
}

/** `ollama/ollama:0.5@sha256:…` says its name, its version and its digest. */
const image = (id: string): Component => {
  const [, name, , tag, , digest] = /^(.+?)(:([^:@/]+))?(@sha256:([0-9a-f]{64}))?$/.exec(id) ?? []
  return {
    type: 'container', 'bom-ref': id, name: name ?? id, ...tag === undefined ? {} : { version: tag },
    ...digest === undefined ? {} : { hashes: [{ alg: 'SHA-256', content: digest }] },
  }
}
