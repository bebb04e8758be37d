/** The subnet with this number when a network is cut into parts whose prefix is longer by `bits`; undefined where there is none. */
export const subnetOf = (network: string, bits: number, index: number): string | undefined => {
  const parsed = parse(network)
  if (parsed === undefined) return undefined
  const length = parsed.length + bits
  if (!Number.isInteger(bits) || bits < 0 || length > parsed.width || !Number.isInteger(index) || index < 0 || BigInt(index) >= 1n << BigInt(bits)) return undefined
  return `${written(parsed.start + (BigInt(index) << BigInt(parsed.width - length)), parsed.width)}/${length}`
}

/** The address with this number in a network; a negative number counts from its end. */
export const addressIn = (network: string, index: number): string | undefined => {
  const parsed = parse(network)
  if (parsed === undefined || !Number.isInteger(index)) return undefined
  const size = 1n << BigInt(parsed.width - parsed.length)
  const offset = index < 0 ? size + BigInt(index) : BigInt(index)
  return offset < 0n || offset >= size ? undefined : written(parsed.start + offset, parsed.width)
}

interface Network { readonly start: bigint, readonly length: number, readonly width: number }

const parse = (network: string): Network | undefined => {
  const [, address = '', prefix = ''] = /^([0-9a-fA-F.:]{2,45})\/(\d{1,3})$/.exec(network) ?? []
  const width = address.includes(':') ? 128 : 32
  const number = width === 128 ? six(address) : four(address)
  const length = Number(prefix)
  if (number === undefined || prefix === '' || length > width) return undefined
  const free = BigInt(width - length)
  return { start: (number >> free) << free, length, width }
}

const four = (address: string): bigint | undefined => {
  const parts = address.split('.')
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) return undefined
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n)
}

const six = (address: string): bigint | undefined => {
  const [head = '', tail] = address.split('::')
  const [before, after] = [head, tail ?? ''].map((half) => half.split(':').filter((part) => part !== ''))
  const missing = 8 - before!.length - after!.length
  if (tail === undefined ? missing !== 0 : missing < 0) return undefined
  const parts = [...before!, ...Array.from({ length: missing }, () => '0'), ...after!]
  return parts.every((part) => /^[0-9a-fA-F]{1,4}$/.test(part)) ? parts.reduce((sum, part) => sum * 65536n + BigInt(`0x${part}`), 0n) : undefined
}

const written = (address: bigint, width: number): string => {
  if (width === 32) return [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 255n)).join('.')
  const parts = Array.from({ length: 8 }, (_, index) => ((address >> BigInt(112 - index * 16)) & 65535n).toString(16))
  return new URL(`http://[${parts.join(':')}]`).hostname.slice(1, -1)
}
