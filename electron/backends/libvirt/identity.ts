/** Name and autostart. */
import { AppError } from '../../../shared/errors'
import type { VmId } from '../../../shared/model/ids'
import { isActive, noAutostartReason } from '../../../shared/model/vm'
import { isNameTaken } from './creation'
import { domainOf } from './domain-handle'
import { changeTimeoutMs, currentRecord, type LibvirtHost } from './host'

export async function rename(host: LibvirtHost, id: VmId, name: string): Promise<void> {
  const record = await currentRecord(host, id)
  if (!host.features.canRename) throw new AppError('unsupported', 'This hypervisor cannot rename VMs')
  if (record.name === name) return
  if (!record.isPersistent) throw new AppError('invalid', 'A transient VM cannot be renamed')
  if (isActive(record.state)) {
    throw new AppError('invalid', 'A running VM cannot be renamed', { cure: 'Shut it down first.' })
  }
  // libvirt tells a taken name and a wrong state with one code
  if (await isNameTaken(host, name)) {
    throw new AppError('already-exists', `Another VM on this host is called "${name}"`, { field: 'name' })
  }
  try {
    await host.rpc.callJob(
      'DOMAIN_RENAME',
      { dom: domainOf(id, record.name), new_name: name, flags: 0 },
      { timeoutMs: changeTimeoutMs },
    )
  } finally {
    await host.inventory.settle(id).catch(() => undefined)
  }
}

export async function setAutostart(host: LibvirtHost, id: VmId, autostart: boolean): Promise<void> {
  const record = await currentRecord(host, id)
  if (!host.features.canAutostart) {
    throw new AppError('unsupported', noAutostartReason)
  }
  if (!record.isPersistent) throw new AppError('invalid', 'A transient VM cannot start with the host')
  try {
    await host.rpc.callJob(
      'DOMAIN_SET_AUTOSTART',
      { dom: domainOf(id, record.name), autostart: autostart ? 1 : 0 },
      { timeoutMs: changeTimeoutMs },
    )
  } finally {
    // no event tells of it
    await host.inventory.settle(id).catch(() => undefined)
  }
}
