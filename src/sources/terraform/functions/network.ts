import { subnetOf, addressIn } from '../../cidr.ts'
import { failure } from '../expression/scope.ts'
import { text } from './value.ts'
import type { Functions } from './value.ts'

const orFailure = (value: unknown): unknown => value ?? failure('the network is too small, or not written as one')

/** Functions on networks. */
export const networkFunctions: Functions = {
  cidrsubnet: ([network, bits, index]) => orFailure(subnetOf(text(network), Number(bits), Number(index))),
  cidrsubnets: ([network, ...bits]) => bits.map((more, index) => orFailure(bits.every((other) => other === more) ? subnetOf(text(network), Number(more), index) : undefined)),
  cidrhost: ([network, index]) => orFailure(addressIn(text(network), Number(index))),
  cidrnetmask: ([network]) => {
    const length = Number(text(network).split('/')[1])
    return [24, 16, 8, 0].map((shift) => ((length === 0 ? 0 : 0xFFFFFFFF << (32 - length)) >>> shift) & 255).join('.')
  },
}
