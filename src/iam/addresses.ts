/** An address range as the first and the last address, in 128 bits; IPv4 sits in its mapped range. */
export interface Range { readonly first: bigint, readonly last: bigint, readonly v4: boolean }

const mapped = 0xffff_0000_0000n

/** Reads `10.0.0.0/8`, `10.1.2.3`, `2001:db8::/32`; undefined for any other text. */
export const parseRange = (text: string): Range | undefined => {
  const [address = '', mask, ...rest] = text.split('/')
  if (rest.length > 0 || (mask !== undefined && !/^\d{1,3}$/.test(mask))) return undefined
  const v4 = !address.includes(':')
  const value = v4 ? parseV4(address) : parseV6(address)
  const width = v4 ? 32 : 128
  const bits = mask === undefined ? width : Number(mask)
  if (value === undefined || bits > width) return undefined
  const host = (1n << BigInt(width - bits)) - 1n
  const first = value & ~host
  return { first: v4 ? first + mapped : first, last: (v4 ? mapped : 0n) + (first | host), v4 }
}

const parseV4 = (text: string): bigint | undefined => {
  const parts = text.split('.')
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) return undefined
  return parts.reduce((sum, part) => (sum << 8n) + BigInt(part), 0n)
}

const parseV6 = (text: string): bigint | undefined => {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const groups = (half: string): string[] => (half === '' ? [] : half.split(':'))
  const head = groups(halves[0]!)
  const tail = groups(halves[1] ?? '')
  const missing = 8 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  const all = [...head, ...Array<string>(missing).fill('0'), ...tail]
  if (all.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return undefined
  return all.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n)
}

export const within = (address: Range, range: Range): boolean =>
  address.v4 === range.v4 && address.first >= range.first && address.last <= range.last

/** The text of one address of a range's kind. */
export const formatAddress = (value: bigint, v4: boolean): string => {
  if (v4) {
    const low = value - mapped
    return [24n, 16n, 8n, 0n].map((shift) => String((low >> shift) & 255n)).join('.')
  }
  return Array.from({ length: 8 }, (_, i) => ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16)).join(':')
}

/** The addresses at the edges of a range, inside and just outside: enough to tell any set of ranges apart. */
export const edges = (range: Range): string[] => {
  const low = range.v4 ? mapped : 0n
  const high = range.v4 ? mapped + 0xffff_ffffn : (1n << 128n) - 1n
  return [range.first, range.last, range.first - 1n, range.last + 1n]
    .filter((value) => value >= low && value <= high).map((value) => formatAddress(value, range.v4))
}
