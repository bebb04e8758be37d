/**
 * The name that two members of one object share in a JSON text; JSON.parse keeps the last of them, AWS refuses the policy
 * ("more than one Effect, Action, or Resource element in a statement element").
 */
export const duplicateMember = (json: string): string | undefined => {
  const open: Set<string>[] = []
  for (const [token, text, colon] of json.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/g)) {
    if (token === '{' || token === '[') open.push(new Set())
    else if (token === '}' || token === ']') open.pop()
    else if (colon !== undefined) {
      const names = open.at(-1)
      const name = JSON.parse(text!) as string
      if (names?.has(name) === true) return name
      names?.add(name)
    }
  }
  return undefined
}
