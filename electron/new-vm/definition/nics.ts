/** Network cards of a new VM. Their addresses are drawn by the host when it stores the definition. */
import { createHash } from 'node:crypto'
import { nic } from '../../../shared/model/hardware/kinds/nic'
import type { Values } from '../../../shared/model/hardware/field'
import type { NewNic, NewVmInput } from '../../../shared/model/new-vm/new-vm'
import type { CreationFacts } from '../facts'
import type { Draft } from './draft'
import type { NewGuest } from './guest'

export function addNics(draft: Draft, input: NewVmInput, facts: CreationFacts, guest: NewGuest): void {
  for (const [at, wanted] of input.nics.entries())
    draft.device(nic, {
      ...sourceOf(wanted),
      model: wanted.model ?? nicModel(guest),
      // drawn here it would be another one in each preview, and what the user changes on a card goes by it
      mac: isFixed(input, facts) ? fixedMac(facts.uuid, at, guest) : undefined,
    })
}

/**
 * cloud-init's network configuration names cards by their addresses, and an installer notes those it has found, of which the
 * stored definition knows nothing: so these are the same in each definition that is written.
 */
function isFixed({ source }: NewVmInput, { seed }: CreationFacts): boolean {
  return seed !== undefined || source.kind === 'tree'
}

function fixedMac(uuid: string, at: number, guest: NewGuest): string {
  const bytes = createHash('sha256').update(`${uuid} ${at}`).digest().subarray(0, 3)
  const prefix = guest.isXen ? '00:16:3e' : '52:54:00'
  return [prefix, ...[...bytes].map((byte) => byte.toString(16).padStart(2, '0'))].join(':')
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
