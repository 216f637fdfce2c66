/** An opened host whose VMs QEMU runs without a daemon. */
import { AppError } from '../../../shared/errors'
import type { HostFeatures, HostInfo } from '../../../shared/model/host'
import type { VmId } from '../../../shared/model/ids'
import { isActive } from '../../../shared/model/vm'
import type { Link } from '../../link/link'
import type { HostCommands } from '../images/host-commands'
import type { Discovery } from './discovery/discovery'
import type { Emulators } from './emulators'
import type { Guest } from './guest'
import type { Inventory, VmEntry } from './inventory'
import type { Store } from './store/store'

export interface QemuHost {
  readonly link: Link
  readonly commands: HostCommands
  readonly store: Store
  readonly inventory: Inventory
  readonly discovery: Discovery
  readonly emulators: Emulators
  readonly info: HostInfo
  readonly features: HostFeatures
  log(text: string): void
}

/** `invalid` while the VM is off, `busy` while nobody can talk to it. */
export async function runningGuest(
  host: QemuHost,
  id: VmId,
): Promise<{ readonly entry: VmEntry; readonly guest: Guest }> {
  const entry = await host.inventory.find(id)
  if (!isActive(entry.record.state) && !entry.run) throw shutOff(entry.record.name)
  if (entry.guest) return { entry, guest: entry.guest }
  if (entry.foreign?.monitors.length === 0) {
    throw new AppError('unsupported', `QEMU was started without a monitor for ${entry.record.name}`, {
      cure: 'Shut it down inside the guest, or force it off. With -qmp unix:/some/path,server=on,wait=off it can be asked.',
    })
  }
  throw new AppError('busy', `Nobody can talk to ${entry.record.name} at the moment`, {
    cure: 'Other programs hold all of its monitors. End them (other windows of Innkeeper, say), then try again.',
  })
}

export function shutOff(name: string): AppError {
  return new AppError('invalid', `${name} is shut off`, { cure: 'Start it first.' })
}
