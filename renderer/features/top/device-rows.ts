import { vmKey, type HostId } from '../../../shared/model/ids'
import type { DiskLoad, NicLoad, VcpuLoad } from '../../../shared/model/vm-load'
import type { HostDevices } from './device-loads'
import type { DeviceRow } from './device-tables'
import type { VmRow } from './vm-table'

interface DeviceRows {
  readonly vcpus: readonly DeviceRow<VcpuLoad>[]
  readonly disks: readonly DeviceRow<DiskLoad>[]
  readonly nics: readonly DeviceRow<NicLoad>[]
}

/** Devices beside the VMs that have them; those of VMs that are gone meanwhile are left out. */
export function deviceRows(
  hosts: readonly HostId[],
  readings: ReadonlyMap<HostId, HostDevices>,
  vms: readonly VmRow[],
): DeviceRows {
  const byKey = new Map(vms.map((row) => [row.key, row]))
  const rows = {
    vcpus: [] as DeviceRow<VcpuLoad>[],
    disks: [] as DeviceRow<DiskLoad>[],
    nics: [] as DeviceRow<NicLoad>[],
  }
  for (const host of hosts) {
    for (const { vm, load } of readings.get(host)?.loads ?? []) {
      const owner = byKey.get(vmKey({ host, vm }))
      if (!owner) continue
      const { key, name, hostLabel, ref } = owner
      const row = <Device>(id: string | number, device: Device): DeviceRow<Device> => ({
        key: `${key} ${id}`,
        name,
        hostLabel,
        ref,
        device,
      })
      for (const vcpu of load.vcpus) rows.vcpus.push(row(vcpu.number, vcpu))
      for (const disk of load.disks) rows.disks.push(row(disk.target, disk))
      for (const nic of load.nics) rows.nics.push(row(nic.name, nic))
    }
  }
  return rows
}
