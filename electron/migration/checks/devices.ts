/** Devices that a running VM cannot take along (https://libvirt.org/migration.html, QEMU's migration blockers). */
import type { MoveCheck } from '../../../shared/model/migration/move'
import type { MoveSurroundings } from '../look'
import { bad, ok } from './check'
import { isOlder } from './hosts'

export function deviceChecks({ document, definitions, isRunning, source }: MoveSurroundings): MoveCheck[] {
  const devices = document.root.find('devices')
  const found: MoveCheck[] = []
  const state = isRunning ? 'error' : 'warning'
  const own = [
    ...(devices?.children('hostdev') ?? []),
    ...(devices?.children('interface').filter((card) => card.attribute('type') === 'hostdev') ?? []),
  ]
  // QEMU carries these along itself: the card has a twin that goes on meanwhile
  const stuck = own.filter((one) => one.find('teaming') === undefined)
  if (stuck.length > 0)
    found.push(
      bad(
        state,
        'devices.hostdev',
        'Devices',
        `The VM has ${stuck.length === 1 ? 'a device' : `${stuck.length} devices`} of the host (pass-through or SR-IOV).`,
        {
          cure: isRunning
            ? 'Take it out of the VM, or shut the VM down.'
            : 'The destination needs the same device at the same place.',
        },
      ),
    )
  for (const folder of devices?.children('filesystem') ?? []) {
    const name = folder.find('target')?.attribute('dir') ?? 'a folder'
    const isVirtiofs = folder.find('driver')?.attribute('type') === 'virtiofs'
    if (isVirtiofs && !isOlder(source.daemonVersion, '10.0.0')) continue
    found.push(
      bad(state, `devices.folder.${name}`, 'Devices', `The VM shares the folder "${name}" with the host.`, {
        cure: isRunning
          ? 'Take it out of the VM, or shut the VM down.'
          : 'The folder has to be at the destination, too.',
      }),
    )
  }
  if (isRunning && (devices?.children('shmem').length ?? 0) > 0)
    found.push(
      bad('error', 'devices.shmem', 'Devices', 'The VM shares memory with other programs of the host.', {
        cure: 'Take the shared memory out of the VM, or shut the VM down.',
      }),
    )
  if (
    isRunning &&
    isOlder(source.hypervisorVersion, '2.4.0') &&
    devices?.children('disk').some((disk) => disk.find('target')?.attribute('bus') === 'sata')
  )
    found.push(
      bad('error', 'devices.sata', 'Devices', 'This QEMU cannot move SATA disks.', {
        cure: 'Put the disks on VirtIO or SCSI, or shut the VM down.',
      }),
    )
  for (const [at, words] of (isRunning ? (definitions.obstacles ?? []) : []).entries())
    found.push(
      bad('error', `devices.obstacle.${at}`, 'Devices', `QEMU does not let the VM go: ${words}`, {
        cure: 'Take out of the VM what it names, or shut the VM down.',
      }),
    )
  const { snapshotCount = 0 } = definitions
  if (snapshotCount > 0)
    found.push(
      bad(
        'error',
        'devices.snapshots',
        'Snapshots',
        `The VM has ${snapshotCount === 1 ? 'a snapshot' : `${snapshotCount} snapshots`}, which cannot come along.`,
        { cure: 'Delete them first, or forget them: their contents stay in the disks then.' },
      ),
    )
  if (document.root.find('memoryBacking', 'hugepages'))
    found.push(
      bad('warning', 'devices.hugepages', 'Devices', 'The VM’s memory is in huge pages.', {
        cure: 'The destination needs enough of them reserved.',
      }),
    )
  if (document.root.find('numatune') || document.root.find('cputune', 'vcpupin'))
    found.push(
      bad('warning', 'devices.pinning', 'Devices', 'The VM is bound to CPUs or memory nodes of the host.', {
        cure: 'The destination needs the same numbers, or they have to be taken out of the VM.',
      }),
    )
  const os = document.root.find('os')
  // firmware that the host chooses has variables whether or not the definition says where
  const hasVariables = os?.find('nvram') !== undefined || os?.attribute('firmware') === 'efi'
  if (!isRunning && (hasVariables || devices?.find('tpm')))
    found.push(
      bad(
        'warning',
        'devices.state',
        'Devices',
        'UEFI variables and TPM state do not come along with a VM that is off.',
        {
          cure: 'Move it while it runs. Otherwise the guest starts with empty ones; a disk sealed by the TPM cannot be opened then.',
        },
      ),
    )
  return found.length > 0 ? found : [ok('devices', 'Devices', 'All of them can come along.')]
}
