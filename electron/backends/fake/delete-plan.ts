import type { DeletePlan, DeletePlanFile } from '../../../shared/model/delete-plan'
import { isActive } from '../../../shared/model/vm'
import type { FakeHost } from './fake-host'
import type { FakeDisk, FakeVm } from './model'

export function deletePlanFor(host: FakeHost, vm: FakeVm): DeletePlan {
  const { definition } = vm
  const goesAlong = [
    ...(vm.saved ? ['saved state'] : []),
    ...(definition.firmware === 'UEFI' ? ['UEFI variables'] : []),
    ...(definition.hasTpm ? ['TPM state'] : []),
  ]
  return {
    vm: definition.id,
    name: definition.name,
    ...(isActive(vm.state) ? { blockedBy: 'The VM must be shut off first' } : {}),
    goesAlong,
    files: filesOf(host, vm),
  }
}

function filesOf(host: FakeHost, vm: FakeVm): DeletePlanFile[] {
  const byPath = new Map<string, FakeDisk[]>()
  for (const disk of vm.definition.disks) {
    if (disk.source !== undefined) byPath.set(disk.source, [...(byPath.get(disk.source) ?? []), disk])
  }
  return [...byPath].map(([path, disks]) => {
    const file = host.files.get(path)
    const usedBy = host.usersOf(path).filter((name) => name !== vm.definition.name)
    const keep = disks.some((disk) => disk.sourceType === 'block')
      ? 'A block device is not deleted with a VM'
      : file === undefined
        ? 'The file is not there'
        : undefined
    return {
      path,
      target: disks.map((disk) => disk.target).join(', '),
      ...(file === undefined
        ? {}
        : { sizeBytes: file.sizeBytes, allocationBytes: file.allocationBytes, format: file.format }),
      ...(keep === undefined ? {} : { keep }),
      usedBy,
      isSuggested:
        keep === undefined &&
        usedBy.length === 0 &&
        disks.every((disk) => disk.device === 'disk' && !disk.isReadOnly && !disk.isShareable),
    }
  })
}
