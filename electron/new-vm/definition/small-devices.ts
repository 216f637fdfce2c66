/** Text lines, the guest agent's channel and the small helpers that every new VM is better with. */
import { balloon } from '../../../shared/model/hardware/kinds/balloon'
import { channel } from '../../../shared/model/hardware/kinds/channel'
import { textConsole } from '../../../shared/model/hardware/kinds/console'
import { rng } from '../../../shared/model/hardware/kinds/rng'
import { serial } from '../../../shared/model/hardware/kinds/serial'
import { tpm } from '../../../shared/model/hardware/kinds/tpm'
import { offers } from '../../../shared/model/hardware/kind'
import type { NewVmInput } from '../../../shared/model/new-vm/new-vm'
import type { Draft } from './draft'
import type { NewGuest } from './guest'

export function addTextLines(draft: Draft, guest: NewGuest): void {
  if (guest.isS390) draft.device(textConsole, { type: 'pty', targetType: 'sclp' })
  else if (guest.isHvm) draft.device(serial)
  else draft.device(textConsole)
}

/** Also for systems whose drivers come later, as those of Windows do: the agent finds its channel then. */
export function addAgentChannel(draft: Draft, guest: NewGuest): void {
  if (guest.isQemu && guest.isHvm) draft.device(channel)
}

export function addHelpers(draft: Draft, input: NewVmInput, guest: NewGuest): void {
  if (input.hasTpm && guest.isQemu) {
    // the editor's choice where the host does not tell another
    const model = ['tpm-crb', 'tpm-tis', 'tpm-spapr'].find(
      (one) => offers(draft.context.capabilities, 'tpm', 'model', one) === true,
    )
    draft.device(tpm, model === undefined ? {} : { model })
  }
  if (!guest.isQemu || !guest.isHvm) return
  // the host asks for memory's use every few seconds; the rest is left as every libvirt knows it
  draft.device(balloon, { freePageReporting: undefined })
  if (hasRng(guest)) draft.device(rng)
}

export function hasRng(guest: NewGuest): boolean {
  return guest.drives('virtio-rng', 'virtio1-rng') ?? !guest.isWindows
}
