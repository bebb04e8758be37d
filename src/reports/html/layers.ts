/** Puts nodes in columns so that lines run from left to right, each source just before what first takes from it; of a circle one line runs back. */
export const layers = (nodes: readonly number[], lines: readonly { readonly from: number, readonly to: number }[]): Map<number, number> => {
  const known = new Set(nodes)
  const after = new Map(nodes.map((node) => [node, [] as number[]]))
  for (const { from, to } of lines) if (known.has(from) && known.has(to) && from !== to) after.get(from)!.push(to)
  const order = forward(nodes, after)
  const columns = new Map(nodes.map((node) => [node, 0]))
  for (const node of order) for (const next of after.get(node)!) columns.set(next, Math.max(columns.get(next)!, columns.get(node)! + 1))
  const fed = new Set([...after.values()].flat())
  for (const node of nodes) {
    const next = after.get(node)!.map((other) => columns.get(other)!)
    if (!fed.has(node) && next.length > 0) columns.set(node, Math.min(...next) - 1)
  }
  return columns
}

/** Nodes so that each stands before those after it; lines that run back in a circle are taken out. */
const forward = (nodes: readonly number[], after: ReadonlyMap<number, number[]>): number[] => {
  const order: number[] = []
  const state = new Map<number, 'open' | 'done'>()
  for (const start of nodes) {
    const stack = state.has(start) ? [] : [{ node: start, at: 0 }]
    if (stack.length > 0) state.set(start, 'open')
    while (stack.length > 0) {
      const top = stack.at(-1)!
      const targets = after.get(top.node)!
      if (top.at === targets.length) {
        state.set(top.node, 'done')
        order.push(top.node)
        stack.pop()
      } else if (state.get(targets[top.at]!) === 'open') targets.splice(top.at, 1)
      else {
        const next = targets[top.at++]!
        if (!state.has(next)) {
          state.set(next, 'open')
          stack.push({ node: next, at: 0 })
        }
      }
    }
  }
  return order.reverse()
}
