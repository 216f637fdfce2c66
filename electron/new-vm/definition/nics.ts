/** Network cards of a new VM. Their addresses are drawn by the host when it stores the definition. */
import { nic } from '../../../shared/model/hardware/kinds/nic'
import type { Values } from '../../../shared/model/hardware/field'
import type { NewNic, NewVmInput } from '../../../shared/model/new-vm/new-vm'
import { derivedMac } from '../derived-mac'
import type { CreationFacts } from '../facts'
import type { Draft } from './draft'
import type { NewGuest } from './guest'

export function addNics(draft: Draft, input: NewVmInput, facts: CreationFacts, guest: NewGuest): void {
  const inUse = new Set(facts.usedMacs)
  const { virtType } = input.guest
  for (const [at, wanted] of input.nics.entries()) {
    const mac = isFixed(input, facts)
      ? derivedMac({ uuid: facts.uuid, card: at, virtType }, inUse)
      : undefined
    if (mac !== undefined) inUse.add(mac)
    draft.device(nic, { ...sourceOf(wanted), model: wanted.model ?? nicModel(guest), mac })
  }
}

/**
 * cloud-init's network configuration names cards by their addresses, and an installer notes those it has found, of which the
 * stored definition knows nothing: so these are the same in each definition that is written.
 */
function isFixed({ source }: NewVmInput, { seed }: CreationFacts): boolean {
  return seed !== undefined || source.kind === 'tree'
}

function sourceOf({ source }: NewNic): Values {
  const none = { network: undefined }
  switch (source.kind) {
    case 'network':
      return { type: 'network', network: source.name, portgroup: source.portGroup }
    case 'bridge':
      return { ...none, type: 'bridge', bridge: source.name }
    case 'direct':
      return { ...none, type: 'direct', device: source.interface, mode: 'bridge' }
    case 'user':
      return { ...none, type: 'user' }
  }
}

/** Of those the system has drivers for. Xen's tools give each card an emulated and a paravirtual side themselves. */
export function nicModel(guest: NewGuest): string | undefined {
  if (!guest.isQemu) return undefined
  if (guest.drives('virtio-net', 'virtio1-net') ?? !guest.isWindows) return 'virtio'
  if (guest.isQ35) return 'e1000e'
  if (!guest.isX86) return 'virtio'
  return (['e1000', 'rtl8139', 'pcnet'] as const).find((model) => guest.drives(model)) ?? 'e1000'
}
