import type { GuestCapabilitiesQuery, GuestKind } from '../../../shared/model/host-details'

/** The kind of guest people mean when they say nothing: 64 bits, with acceleration, of the hypervisor's usual machine. */
export function usualGuest(guests: readonly GuestKind[]): GuestCapabilitiesQuery | undefined {
  const full = guests.filter((guest) => guest.osType === 'hvm')
  const accelerated = full.filter((guest) => guest.virtTypes.some(({ name }) => name === 'kvm'))
  const kind =
    accelerated.find((guest) => guest.wordSize === 64) ??
    full.find((guest) => guest.architecture === 'x86_64') ??
    full[0] ??
    guests[0]
  if (!kind) return undefined
  return queryFor(kind)
}

export function queryFor(kind: GuestKind): GuestCapabilitiesQuery | undefined {
  const type = kind.virtTypes.find(({ name }) => name === 'kvm') ?? kind.virtTypes[0]
  if (!type) return undefined
  const machine = kind.machines.find(({ name }) => name === 'q35' || name === 'virt')
  return {
    architecture: kind.architecture,
    virtType: type.name,
    ...(machine === undefined ? {} : { machine: machine.name }),
  }
}
