import type { Who } from '../scene.ts'

/** Sets of principals, each kept once and known by a number; 0 is the empty set. */
export interface Sets {
  intern(who: Who): number
  get(set: number): Who
  both(a: number, b: number): number
  either(a: number, b: number): number
}

/** Makes sets that remember what was asked: in an estate thousands of resources share a handful of them. */
export const makeSets = (): Sets => {
  const sets: Who[] = [new Int32Array()]
  const byHash = new Map<number, number[]>([[hash(sets[0]!), [0]]])
  const seen = new WeakMap<Who, number>()
  const meets = new Map<number, number>()
  const joins = new Map<number, number>()

  const intern = (who: Who): number => {
    const known = seen.get(who)
    if (known !== undefined) return known
    const key = hash(who)
    const bucket = byHash.get(key) ?? []
    let number = bucket.find((candidate) => same(sets[candidate]!, who))
    if (number === undefined) {
      number = sets.push(who) - 1
      byHash.set(key, [...bucket, number])
    }
    seen.set(who, number)
    return number
  }

  const remembered = (memo: Map<number, number>, merge: (a: Who, b: Who) => Who) => (a: number, b: number): number => {
    if (a === b) return a
    const key = Math.min(a, b) * 0x400_0000 + Math.max(a, b)
    let result = memo.get(key)
    if (result === undefined) {
      result = intern(merge(sets[a]!, sets[b]!))
      memo.set(key, result)
    }
    return result
  }

  return { intern, get: (set) => sets[set]!, both: remembered(meets, intersection), either: remembered(joins, union) }
}

const hash = (who: Who): number => {
  let value = who.length
  for (const item of who) value = Math.imul(value ^ item, 0x01000193)
  return value
}

const same = (a: Who, b: Who): boolean => {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Those in both; conditional where either is. */
const intersection = (a: Who, b: Who): Who => {
  const found: number[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [left, right] = [a[i]! >> 1, b[j]! >> 1]
    if (left === right) found.push(left * 2 + ((a[i++]! | b[j++]!) & 1))
    else if (left < right) i++
    else j++
  }
  return Int32Array.from(found)
}

/** Those in either; conditional where both are, or the only one is. */
export const union = (a: Who, b: Who): Who => {
  const found: number[] = []
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const left = i < a.length ? a[i]! >> 1 : Infinity
    const right = j < b.length ? b[j]! >> 1 : Infinity
    if (left === right) found.push(left * 2 + (a[i++]! & b[j++]! & 1))
    else found.push(left < right ? a[i++]! : b[j++]!)
  }
  return Int32Array.from(found)
}
