/** Addresses as numbers, to tell what lies inside what. */
import { isIpv4, isIpv6 } from '../hardware/ip'

export interface Subnet {
  readonly family: 'ipv4' | 'ipv6'
  /** Of the network itself. */
  readonly first: bigint
  readonly last: bigint
  readonly prefix: number
}

/** Undefined for what is no address. */
export function addressNumber(text: string): bigint | undefined {
  if (isIpv4(text)) return text.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n)
  if (!isIpv6(text)) return undefined
  const [head = '', tail] = text.split('::')
  const words = (half: string): bigint[] =>
    half === ''
      ? []
      : half.split(':').flatMap((word) => {
          if (!word.includes('.')) return [BigInt(`0x${word}`)]
          const number = addressNumber(word) ?? 0n
          return [number >> 16n, number & 0xffffn]
        })
  const [left, right] = [words(head), words(tail ?? '')]
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => 0n)
  return [...left, ...zeros, ...right].reduce((sum, word) => sum * 65_536n + word, 0n)
}

export function addressText(number: bigint, family: Subnet['family']): string {
  if (family === 'ipv4') {
    return [24n, 16n, 8n, 0n].map((shift) => String((number >> shift) & 255n)).join('.')
  }
  const words = Array.from({ length: 8 }, (_, at) =>
    ((number >> BigInt(112 - 16 * at)) & 0xffffn).toString(16),
  )
  const runs = words.join(':').match(/(^|:)0(:0)+(?=:|$)/g) ?? []
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '')
  if (longest === '') return words.join(':')
  const text = words.join(':').replace(longest, '::')
  return text.replace(/:{3,}/, '::')
}

export const familyOf = (address: string): Subnet['family'] => (address.includes(':') ? 'ipv6' : 'ipv4')

/** Of an address in it. Undefined for what is none. */
export function subnetOf(address: string, prefix: number): Subnet | undefined {
  const number = addressNumber(address)
  const family = familyOf(address)
  const bits = family === 'ipv4' ? 32 : 128
  if (number === undefined || prefix < 0 || prefix > bits) return undefined
  const size = 1n << BigInt(bits - prefix)
  const first = (number / size) * size
  return { family, first, last: first + size - 1n, prefix }
}

/** "192.168.122.0/24"; also an address with a prefix, or alone. */
export function parseSubnet(text: string): Subnet | undefined {
  const [address = '', prefix] = text.split('/')
  if (prefix !== undefined && !/^\d{1,3}$/.test(prefix)) return undefined
  return subnetOf(address, prefix === undefined ? (familyOf(address) === 'ipv4' ? 32 : 128) : Number(prefix))
}

export function subnetText({ first, prefix, family }: Subnet): string {
  return `${addressText(first, family)}/${prefix}`
}

export function isInside(address: string, subnet: Subnet): boolean {
  const number = addressNumber(address)
  return (
    number !== undefined &&
    familyOf(address) === subnet.family &&
    number >= subnet.first &&
    number <= subnet.last
  )
}

export function overlap(a: Subnet, b: Subnet): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last
}

/** How many bits of a netmask are set; undefined for what is none. */
export function prefixOfMask(mask: string): number | undefined {
  const number = isIpv4(mask) ? addressNumber(mask) : undefined
  if (number === undefined) return undefined
  const bits = number.toString(2).padStart(32, '0')
  return /^1*0*$/.test(bits) ? bits.replaceAll('0', '').length : undefined
}

export function maskOfPrefix(prefix: number): string {
  return addressText((0xffff_ffffn << BigInt(32 - prefix)) & 0xffff_ffffn, 'ipv4')
}

/** What libvirt takes for an address without a prefix: by the old classes of addresses. */
export function classPrefix(address: string): number | undefined {
  const number = isIpv4(address) ? addressNumber(address) : undefined
  if (number === undefined) return undefined
  const first = number >> 24n
  return first < 128n ? 8 : first < 192n ? 16 : first < 224n ? 24 : undefined
}
