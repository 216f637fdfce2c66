import type { DeletePlan, DeletePlanPart } from '../../../shared/model/delete-plan'
import type { VmId } from '../../../shared/model/ids'
import { isActive } from '../../../shared/model/vm'
import { parseXml } from '../../domain-xml/document'
import { stampOf } from '../delete-choice'
import { basesOf, isOurSeed, ownImages, planFiles, type FileFacts, type OwnFile } from '../delete-files'
import type { FakeHost } from './fake-host'
import type { FakeVm } from './model'
import { storageModelOf } from './storage/model'
import { usageOf } from './storage/usage'
import { storedXmlOf } from './xml'

export function deletePlanFor(host: FakeHost, vm: FakeVm, alongWith: readonly VmId[] = []): DeletePlan {
  const { definition } = vm
  const usage = usageOf(host)
  const images = ownImages(namedFiles(vm), basesOf(usage))
  const told = {
    goesAlong: goesAlongWith(vm),
    parts: partsOf(host, vm),
    files: planFiles(images, usage, definition.id, alongWith, (path) => factsOf(host, vm, path)),
    unread: usage.unread,
  }
  const stopped = [...storageModelOf(host).pools.values()].filter(({ state }) => state !== 'running')
  return {
    vm: definition.id,
    name: definition.name,
    stamp: stampOf(told),
    ...(isActive(vm.state) ? { blockedBy: 'The VM must be shut off first' } : {}),
    ...told,
    ...(stopped.length === 0 ? {} : { stoppedPools: stopped.map(({ name }) => name).toSorted() }),
  }
}

function goesAlongWith({ saved, snapshots = [] }: FakeVm): string[] {
  const names = snapshots.map(({ name }) => name).join(', ')
  return [
    ...(saved ? ['saved state'] : []),
    ...(snapshots.length > 0
      ? [`${snapshots.length} snapshot${snapshots.length === 1 ? '' : 's'} (${names})`]
      : []),
  ]
}

function partsOf(host: FakeHost, vm: FakeVm): DeletePlanPart[] {
  const path = variablesOf(vm)
  const users = [...host.vms.values()]
    .filter((other) => other !== vm && path !== undefined && variablesOf(other) === path)
    .map(({ definition }) => definition.name)
  const why = `They are also used by ${users.join(', ')}`
  const { firmware, hasTpm } = vm.definition
  return [
    ...(firmware === 'UEFI' || path !== undefined
      ? [
          {
            kind: 'nvram',
            text: path === undefined ? 'UEFI variables' : `UEFI variables (${path})`,
            ...(users.length > 0 ? { fixed: { to: 'stays', why } as const } : {}),
          } as const,
        ]
      : []),
    ...(hasTpm ? [{ kind: 'tpm', text: 'TPM state' } as const] : []),
  ]
}

/** Where it keeps them. */
export function variablesOf(vm: FakeVm): string | undefined {
  return parseXml(storedXmlOf(vm), 'the definition').root.textOf('os', 'nvram')?.trim()
}

function namedFiles({ definition, snapshots = [] }: FakeVm): OwnFile[] {
  const ofDisks = definition.disks.flatMap((disk): OwnFile[] => {
    const { source: path, target, device, isReadOnly, isShareable } = disk
    if (path === undefined) return []
    const isMedia = device === 'cdrom' || device === 'floppy'
    const role = isMedia ? (isOurSeed(path, definition.name) ? 'seed' : 'media') : 'disk'
    return [{ path, role, target, isHandled: role === 'disk' && (isReadOnly || isShareable) }]
  })
  const ofSnapshots = snapshots.flatMap(({ images }) =>
    images.map((path): OwnFile => ({ path, role: 'snapshot' })),
  )
  return [...ofDisks, ...ofSnapshots]
}

function factsOf(host: FakeHost, vm: FakeVm, path: string): FileFacts {
  const isBlock = vm.definition.disks.some((disk) => disk.source === path && disk.sourceType === 'block')
  if (isBlock) return { isFile: false, keep: 'A block device is not deleted with a VM' }
  const file = host.files.get(path)
  if (!file) return { isFile: false, keep: 'The file is not there' }
  const { sizeBytes, allocationBytes, format } = file
  const volume = volumeAt(host, path)
  return {
    isFile: true,
    sizeBytes,
    allocationBytes,
    format,
    ...(volume
      ? { volume }
      : { keep: 'It is in no active storage pool of the host, so libvirt cannot delete it' }),
  }
}

function volumeAt(host: FakeHost, path: string): { pool: string; volume: string } | undefined {
  const at = path.lastIndexOf('/')
  for (const pool of storageModelOf(host).pools.values())
    if (pool.state === 'running' && pool.path === path.slice(0, at))
      return { pool: pool.name, volume: path.slice(at + 1) }
  return undefined
}
