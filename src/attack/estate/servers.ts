import { placesAt } from '../../core/pointer.ts'
import type { Estate } from '../../graph/estate.ts'
import { internetOpenings } from '../../graph/network.ts'
import type { Opening } from '../../graph/network.ts'
import type { Link } from '../scene.ts'
import type { Links } from './links.ts'
import type { Nodes } from './nodes.ts'
import { anyone } from './people.ts'

/** A server of notebooks, jobs or models, by how it is told and where it listens. */
interface Server {
  readonly name: string
  /** In the names of images and packages. */
  readonly sign: RegExp
  readonly ports: readonly number[]
  /** Whether nearly nothing else listens on its first port. */
  readonly telling: boolean
  /** Who reaches it runs code, or only uses its models. */
  readonly gives: 'code server' | 'model server'
  /** Whether it asks for a password or token unless somebody turns that off. */
  readonly asks: boolean
}

const servers: readonly Server[] = [
  { name: 'Jupyter', sign: /jupyter/i, ports: [8888, 8889], telling: true, gives: 'code server', asks: true },
  { name: 'Ray', sign: /\bray start|rayproject|^ray$/i, ports: [8265, 10_001], telling: true, gives: 'code server', asks: false },
  { name: 'ComfyUI', sign: /comfyui/i, ports: [8188], telling: true, gives: 'code server', asks: false },
  { name: 'TorchServe', sign: /torchserve/i, ports: [8081, 8080], telling: false, gives: 'code server', asks: false },
  { name: 'Langflow', sign: /langflow/i, ports: [7860], telling: false, gives: 'code server', asks: true },
  { name: 'Ollama', sign: /ollama/i, ports: [11_434], telling: true, gives: 'model server', asks: false },
  { name: 'vLLM', sign: /vllm/i, ports: [8000], telling: false, gives: 'model server', asks: false },
  { name: 'Triton', sign: /triton/i, ports: [8000, 8001], telling: false, gives: 'model server', asks: false },
  { name: 'Text Generation Inference', sign: /text.generation.inference/i, ports: [8080, 3000, 80], telling: false, gives: 'model server', asks: false },
  { name: 'llama.cpp', sign: /llama\.?cpp/i, ports: [8080], telling: false, gives: 'model server', asks: false },
  { name: 'SGLang', sign: /sglang/i, ports: [30_000], telling: false, gives: 'model server', asks: false },
  { name: 'LiteLLM', sign: /litellm/i, ports: [4000], telling: false, gives: 'model server', asks: true },
  { name: 'MLflow', sign: /mlflow/i, ports: [5000], telling: false, gives: 'model server', asks: false },
]

/** A rule that opens more ports than this says nothing of what listens. */
const widest = 100

/** Adds a node for each server that hosts are seen to run, or that a port open to the internet tells of, and says who reaches it. */
export const makeServers = (estate: Estate, nodes: Nodes, links: Links): Links => {
  const exposed = new Map<number, Link>()
  const byHost = new Map<number, Link[]>()
  const add = (host: number, server: Server, opening: Opening | undefined, sign: string | undefined) => {
    const node = nodes.add({ id: `${nodes.idOf(host)}:${server.ports[0]!}`, name: `${server.name} on ${nodes.nameOf(host)}`, type: server.gives, about: host })
    byHost.set(host, [...byHost.get(host) ?? [], { node, pointer: sign ?? '' }])
    if (opening === undefined) return
    const doubts = [...sign === undefined ? [`that ${server.name} answers on port ${opening.from}`] : [], ...server.asks ? [`that ${server.name} on ${nodes.nameOf(host)} asks for no password or token`] : []]
    exposed.set(node, { node: nodes.add({ id: anyone, name: 'anyone', type: 'anyone' }), pointer: opening.note, ...doubts.length === 0 ? {} : { condition: doubts.join(', and ') } })
  }
  for (const host of ['AWS::EC2::Instance', 'AWS::ECS::Service'].flatMap((type) => estate.ofType(type))) {
    const signs = signsOf(estate, links, host)
    const openings = internetOpenings(estate, estate.resource(host))
    if (signs.length === 0 && openings.length === 0) continue
    for (const server of servers) {
      const sign = signs.find(({ text }) => server.sign.test(text))?.pointer
      const opening = openings.find(({ from, to }) => server.ports.some((port) => from <= port && port <= to))
      const tells = server.telling && opening !== undefined && opening.to - opening.from <= widest
      if (sign !== undefined || tells) add(host, server, opening, sign)
    }
  }
  return {
    out: (node, relation) => {
      if (relation === 'shared with') return exposed.has(node) ? [exposed.get(node)!] : []
      const host = nodes.extra(node)?.about
      return relation === 'hosted on' && host !== undefined && byHost.has(host) ? [{ node: host, pointer: '' }] : []
    },
    in: (node, relation) => (relation === 'hosted on' ? byHost.get(node) ?? [] : []),
  }
}

/** What a host says of its software: signs that the scan found, images of containers, user data. */
const signsOf = (estate: Estate, links: Links, host: number): { text: string, pointer: string }[] => {
  const own = [host, ...links.out(host, 'derives from').map(({ node }) => node)].filter((node) => estate.graph.node(node).resource !== undefined)
  return own.flatMap((node) => ['BartizanAiUse/*/Provider', 'BartizanAiUse/*/Evidence', 'ContainerDefinitions/*/Image', 'UserData'].flatMap((pointer) => placesAt(estate.resource(node).properties, pointer)))
    .flatMap(({ value, pointer }) => (typeof value === 'string' ? [{ text: value, pointer }] : []))
}
