/** MAC addresses for new network cards: unicast, in the range of the hypervisor, and used by nobody who is known. */

/** QEMU's own range; it is "locally administered". */
export const qemuPrefix = '52:54:00'
/** Registered for Xen guests. */
export const xenPrefix = '00:16:3e'

/** What QEMU gives every card whose address is left out: the second such VM on a network collides with the first. */
export const qemuDefaultMac = '52:54:00:12:34:56'

export function macPrefixFor(virtType: string): string {
  return virtType === 'xen' ? xenPrefix : qemuPrefix
}

/** A random address that is not in use. `random` gives numbers from 0 up to 1, as Math.random does. */
export function freshMac(
  virtType: string,
  inUse: Iterable<string>,
  random: () => number = Math.random,
): string {
  return nextFree(macPrefixFor(virtType), Math.floor(random() * hostParts), inUse)
}

/** The free address that follows another one in its range: always the same answer to the same question. */
export function macAfter(address: string, inUse: Iterable<string>): string {
  const { prefix, number } = split(address)
  return nextFree(prefix, number + 1, inUse)
}

const hostParts = 0x1_00_00_00

function nextFree(prefix: string, from: number, inUse: Iterable<string>): string {
  const taken = new Set([...inUse].map((one) => one.toLowerCase()))
  taken.add(qemuDefaultMac)
  // one more than there are in use, so one of them is free
  for (let step = 0; step <= taken.size; step += 1) {
    const found = join(prefix, (from + step) % hostParts)
    if (!taken.has(found)) return found
  }
  return join(prefix, from % hostParts)
}

function split(address: string): { prefix: string; number: number } {
  const lower = address.toLowerCase()
  return { prefix: lower.slice(0, 8), number: Number.parseInt(lower.slice(9).replaceAll(':', ''), 16) || 0 }
}

function join(prefix: string, number: number): string {
  const hex = number.toString(16).padStart(6, '0')
  return `${prefix}:${hex.slice(0, 2)}:${hex.slice(2, 4)}:${hex.slice(4, 6)}`
}
