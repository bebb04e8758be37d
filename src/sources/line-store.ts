import { BartizanError } from '../core/errors.ts'
import type { Resource } from '../model/resource.ts'
import type { ResourceTable, SnapshotLine } from '../model/snapshot.ts'

/** How many parsed resources are kept at least. */
const generation = 20_000

/** Resource lines of a snapshot file. */
export interface LineStore {
  add(line: Buffer): void
  /** What was added, in order; nothing can be added any more. */
  table(): ResourceTable
}

type Identity = Pick<Resource, 'type' | 'id' | 'arn' | 'account' | 'region'>

/** Lines are kept as bytes outside the heap and parsed when asked for; the latest few thousand stay parsed. */
export const lineStore = (path: string): LineStore => {
  let bytes = Buffer.allocUnsafe(1 << 20)
  let used = 0
  const offsets: number[] = [0]
  const positions = new Map<string, number>()
  const slots: number[] = []
  const identities: Identity[] = []
  const intern = interned()

  return {
    add(line: Buffer) {
      const { type, id, arn, account, region } = identityOf(line, path)
      if (used + line.length > bytes.length) {
        const larger = Buffer.allocUnsafe(Math.max(bytes.length * 2, used + line.length))
        bytes.copy(larger, 0, 0, used)
        bytes = larger
      }
      line.copy(bytes, used)
      used += line.length
      offsets.push(used)
      const at = offsets.length - 2
      const key = `${type} ${account} ${region} ${id}`
      const known = positions.get(key)
      // Read twice, as after a resumed scan, a resource counts once and the last reading stands.
      if (known !== undefined) {
        slots[known] = at
        return
      }
      positions.set(key, slots.length)
      slots.push(at)
      identities.push({ type: intern(type), id, ...(arn === undefined ? {} : { arn: arn === id ? id : arn }), account: intern(account), region: intern(region) })
    },
    table: (): ResourceTable => {
      positions.clear()
      const parse = (at: number): Resource => (parseLine(bytes.subarray(offsets[at], offsets[at + 1]), path) as { resource: Resource }).resource
      // Two generations: what is asked for again moves to the younger one, so that a walk over all does not drop what all name.
      let younger = new Map<number, Resource>()
      let older = younger
      return {
        length: slots.length,
        typeOf: (index) => identities[index]!.type,
        idOf: (index) => identities[index]!.id,
        arnOf: (index) => identities[index]!.arn,
        accountOf: (index) => identities[index]!.account,
        regionOf: (index) => identities[index]!.region,
        get(index) {
          const recent = younger.get(index)
          if (recent !== undefined) return recent
          const resource = older.get(index) ?? parse(slots[index]!)
          if (younger.size >= generation) {
            older = younger
            younger = new Map()
          }
          younger.set(index, resource)
          return resource
        },
      }
    },
  }
}

/** Begins the properties of a resource: inside a string its quotes would be escaped, and no tag's value is an object. */
const propertiesStart = Buffer.from(',"properties":{')

/** What identifies a resource stands before its properties, which are most of a line; a line in another order is read whole. */
const identityOf = (line: Buffer, path: string): Identity => {
  const end = line.indexOf(propertiesStart)
  const head = end < 0 ? undefined : (parseLine(Buffer.concat([line.subarray(0, end), closing]), path) as { resource: Partial<Resource> }).resource
  const { type, id, arn, account, region } = head ?? {}
  const whole = type !== undefined && id !== undefined && account !== undefined && region !== undefined
  return whole ? { type, id, account, region, ...(arn === undefined ? {} : { arn }) } : (parseLine(line, path) as { resource: Resource }).resource
}

const closing = Buffer.from('}}')

const interned = () => {
  const known = new Map<string, string>()
  return (text: string): string => {
    const first = known.get(text)
    if (first === undefined) known.set(text, text)
    return first ?? text
  }
}

/** One line of a snapshot; throws BZ004 for what is not JSON. */
export const parseLine = (line: Buffer, path: string): SnapshotLine => {
  try {
    return JSON.parse(line.toString()) as SnapshotLine
  } catch (error) {
    throw new BartizanError('BZ004', `${path} holds a line that is not JSON: ${line.subarray(0, 60).toString()}`, { cause: error })
  }
}
