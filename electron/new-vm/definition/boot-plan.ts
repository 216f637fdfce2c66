/**
 * What a new VM tries to start from, in order.
 *
 * A disk that is made for it is empty: the firmware finds nothing there and goes on to the disc or the network, and once a
 * system is installed the disk starts without anybody changing the order. An existing disk may have a system already;
 * who chose an installer all the same wants that one first.
 */
import { itemsOf } from '../../../shared/model/hardware/kind'
import type { ItemRef } from '../../../shared/model/hardware/view'
import type { NewVmInput } from '../../../shared/model/new-vm/new-vm'
import { boot } from '../../../shared/model/hardware/kinds/boot'
import type { Draft } from './draft'
import type { NewGuest } from './guest'

export type BootStep = 'disk' | 'disc' | 'nic'

export function bootPlan(input: NewVmInput, guest: NewGuest): readonly BootStep[] {
  const { source, disks, nics } = input
  const medium: BootStep | undefined =
    source.kind === 'iso' || source.kind === 'drive'
      ? 'disc'
      : source.kind === 'network-boot' && nics.length > 0
        ? 'nic'
        : undefined
  const [first] = disks
  if (!first) return medium === undefined ? [] : [medium]
  if (medium === undefined) return ['disk']
  // the mainframe's loader tries the first device only, so an empty disk there is the end
  const isDiskFirst = first.kind === 'new' && !guest.isS390
  return isDiskFirst ? ['disk', medium] : [medium, 'disk']
}

/** The first device of each kind, once all are there. */
export function writeBootPlan(draft: Draft, input: NewVmInput, guest: NewGuest): void {
  const plan = bootPlan(input, guest)
  if (!guest.isHvm) return
  if (guest.isXen) {
    // Xen's driver knows an order of kinds of devices only
    draft.page(boot, { legacyBoot: plan.map((step) => ({ device: legacyNames[step] })) })
    return
  }
  const items = [...itemsOf(draft.context, 'disk'), ...itemsOf(draft.context, 'nic')]
  const firstOf = (step: BootStep): ItemRef | undefined =>
    items.find(({ ref, values }) =>
      step === 'nic' ? ref.kind === 'nic' : values['device'] === (step === 'disc' ? 'cdrom' : 'disk'),
    )?.ref
  draft.bootOrder(plan.flatMap((step) => firstOf(step) ?? []))
}

/** As `<boot dev>` calls them. */
const legacyNames: { readonly [Step in BootStep]: string } = { disk: 'hd', disc: 'cdrom', nic: 'network' }
