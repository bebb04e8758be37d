/** The bits of an IPv4 or IPv6 address with their count; undefined for other text. */
const read = (text: string): { bits: bigint, size: number } | undefined => {
  const four = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  if (four !== null) {
    const parts = four.slice(1).map(Number)
    return parts.some((part) => part > 255) ? undefined : { bits: join(parts, 8n), size: 32 }
  }
  const groups = sixGroups(text)
  return groups === undefined ? undefined : { bits: join(groups, 16n), size: 128 }
}

const join = (parts: readonly number[], width: bigint): bigint => parts.reduce((bits, part) => (bits << width) | BigInt(part), 0n)

/** The eight groups of an IPv6 address; `::` stands for as many zeros as are missing. */
const sixGroups = (text: string): number[] | undefined => {
  if (!/^[0-9a-fA-F:]+$/.test(text) || !text.includes(':')) return undefined
  const [head = '', tail, ...more] = text.split('::')
  if (more.length > 0) return undefined
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = 8 - left.length - right.length
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined
  const groups = [...left, ...Array.from({ length: missing }, () => '0'), ...right]
  return groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group)) ? groups.map((group) => Number.parseInt(group, 16)) : undefined
}

/** Whether an address is in a CIDR range: "If you specify an IP address without the routing prefix, IAM uses the default prefix value of /32". */
export const inRange = (address: string, range: string): boolean => {
  const bounds = boundsOf(range)
  const actual = read(address)
  return bounds !== undefined && actual?.size === bounds.size && actual.bits >= bounds.first && actual.bits <= bounds.last
}

const boundsOf = (range: string): { first: bigint, last: bigint, size: number } | undefined => {
  const [base = '', prefix] = range.split('/')
  const network = read(base)
  if (network === undefined) return undefined
  const length = prefix === undefined ? network.size : Number(prefix)
  if (!Number.isInteger(length) || length < 0 || length > network.size) return undefined
  const free = BigInt(network.size - length)
  const first = (network.bits >> free) << free
  return { first, last: first + (1n << free) - 1n, size: network.size }
}

/** The addresses at a range's edges, inside and outside: among them stand all that ranges can tell apart. */
export const edges = (range: string): string[] => {
  const bounds = boundsOf(range)
  if (bounds === undefined) return []
  const { first, last, size } = bounds
  return [first - 1n, first, last, last + 1n].flatMap((bits) => bits < 0n || bits >= 1n << BigInt(size) ? [] : [write(bits, size)])
}

const write = (bits: bigint, size: number): string => {
  const width = size === 32 ? 8n : 16n
  const parts = Array.from({ length: size === 32 ? 4 : 8 }, (_, index) => (bits >> (BigInt(size) - width * BigInt(index + 1))) & ((1n << width) - 1n))
  return size === 32 ? parts.join('.') : parts.map((part) => part.toString(16)).join(':')
}
