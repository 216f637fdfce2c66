/** Who uses which file of a demo host. */
import { isActive } from '../../../../shared/model/vm'
import type { StorageUsage } from '../../../../shared/model/storage/volume'
import { usersOfImages, type ImageUse } from '../../image-usage'
import type { FakeHost } from '../fake-host'
import type { FakeVm } from '../model'

export function usageOf(host: FakeHost): StorageUsage {
  const uses = [...host.vms.values()].flatMap((vm) => [...ofDisks(vm), ...ofSnapshots(vm)])
  const bases = new Map(
    [...host.files].flatMap(([path, { backingPath }]) =>
      backingPath === undefined ? [] : [[path, backingPath] as const],
    ),
  )
  return { users: usersOfImages(uses, bases), unread: [] }
}

function ofDisks(vm: FakeVm): ImageUse[] {
  return vm.definition.disks.flatMap((disk): ImageUse[] =>
    disk.source === undefined
      ? []
      : [
          {
            image: disk.source,
            user: {
              kind: disk.device,
              ...who(vm),
              target: disk.target,
              isReadOnly: disk.isReadOnly,
              isShared: disk.isShareable,
            },
          },
        ],
  )
}

function ofSnapshots(vm: FakeVm): ImageUse[] {
  return (vm.snapshots ?? []).flatMap(({ name, images }) =>
    images.map((image) => ({ image, user: { kind: 'snapshot', ...who(vm), snapshot: name } })),
  )
}

function who({ definition, state }: FakeVm): { name: string; vm: string; isRunning: boolean } {
  return { name: definition.name, vm: definition.id, isRunning: isActive(state) }
}
