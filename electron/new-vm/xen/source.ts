/** Which kind of Xen guest a definition is of, and what a host could run it as instead. */
import type { GuestKind, HostCapabilities } from '../../../shared/model/host-details'
import type { ConversionOffer, ConversionTarget, XenKind } from '../../../shared/model/new-vm/conversion'
import { readAt } from '../../domain-xml/edit/path'
import type { EditElement } from '../../domain-xml/edit/tree'

/** Undefined for what is not made for Xen. libvirt writes "linux" for PV, as Xen once ran nothing else that way. */
export function xenKindOf(root: EditElement): XenKind | undefined {
  if (root.attribute('type') !== 'xen') return undefined
  const osType = readAt(root, 'os/type')
  if (osType === 'hvm') return 'hvm'
  return osType === 'xenpvh' || readAt(root, 'os/type/@machine') === 'xenpvh' ? 'pvh' : 'pv'
}

export function architectureOf(root: EditElement): string {
  return readAt(root, 'os/type/@arch') ?? 'x86_64'
}

/** Fully virtual guests of the definition's architecture that the host runs this way. */
export function kindFor(
  root: EditElement,
  { guests }: HostCapabilities,
  to: ConversionTarget,
): GuestKind | undefined {
  const virtType = to === 'xen-hvm' ? 'xen' : to
  return guests.find(
    ({ architecture, osType, virtTypes }) =>
      osType === 'hvm' &&
      architecture === architectureOf(root) &&
      virtTypes.some(({ name }) => name === virtType),
  )
}

export function conversionOffer(
  root: EditElement,
  capabilities: HostCapabilities | undefined,
): ConversionOffer | undefined {
  const from = xenKindOf(root)
  if (from === undefined || !capabilities) return undefined
  const hasXen = capabilities.guests.some(({ virtTypes }) => virtTypes.some(({ name }) => name === 'xen'))
  if (hasXen) {
    const isPossible = from !== 'hvm' && kindFor(root, capabilities, 'xen-hvm') !== undefined
    return isPossible ? { from, to: 'xen-hvm', isNeeded: false } : undefined
  }
  const to = (['kvm', 'qemu'] as const).find((one) => kindFor(root, capabilities, one))
  return to === undefined ? undefined : { from, to, isNeeded: true }
}
