/** What was read of another hypervisor's file, as choices of the wizard: all of it can be changed there. */
import type { HostCapabilities } from '../host-details'
import type { HostChoices } from '../host-choices'
import type { ForeignDisk, ForeignNic, ForeignVm } from './foreign'
import type { PlaceOnHost } from './new-vm'
import { hasImage, imageOf } from './suggest'
import type { DiskWish, NicWish, Wishes } from './wishes'

/** `emulated`: devices that systems bring drivers for; `virtio`: faster, of which older ones know nothing. */
export type ForeignDevices = NonNullable<Wishes['foreignDevices']>

export interface ForeignTarget {
  readonly capabilities: HostCapabilities | undefined
  readonly choices: Pick<HostChoices, 'networks' | 'interfaces' | 'pools'> | undefined
}

/** `convert`: copies in a pool and format of this host; `in-place`: what the VM writes goes to the disks themselves. */
export type ForeignDisks = NonNullable<Wishes['foreignDisks']>

/** Guests that never saw an emulated device are Linux or BSD, and those know virtio. */
export function usualDevices({ isParavirtual, osHint, disks }: ForeignVm): ForeignDevices {
  // it has their drivers, as its disk was one
  if (disks.some(({ bus, device }) => device === 'disk' && bus === 'virtio')) return 'virtio'
  const isLinux =
    /^(ubuntu|debian|red ?hat|rhel|centos|sles|suse|opensuse|fedora|oraclelinux|rockylinux|almalinux|other\d+xlinux)/i
  return isParavirtual || isLinux.test(osHint ?? '') ? 'virtio' : 'emulated'
}

export function wishesOfForeign(vm: ForeignVm, devices: ForeignDevices, target: ForeignTarget): Wishes {
  const name = nameOf(vm.name)
  const disks = disksOf(vm).map(({ file, sizeBytes, local }): DiskWish => {
    if (local) return { kind: 'new', original: local, ...(sizeBytes === undefined ? {} : { sizeBytes }) }
    if (file === undefined && sizeBytes !== undefined) return { kind: 'new', sizeBytes }
    const image = placeOfFile(file)
    return { kind: 'existing', ...(image ? { image } : {}) }
  })
  const how = usualDisks(vm, target)
  const base: Wishes = {
    source: hasImage(disks[0]) ? 'import' : 'none',
    ...(name === undefined ? {} : { name }),
    ...(vm.memoryBytes === undefined ? {} : { memoryBytes: vm.memoryBytes }),
    ...(vm.vcpuCount === undefined ? {} : { vcpuCount: vm.vcpuCount }),
    ...(vm.firmware === undefined ? {} : { firmware: vm.firmware }),
    disks: withDisks({ disks }, vm, how).disks,
    foreignDisks: how,
    nics: vm.nics.slice(0, 16).map((nic) => sourceOf(nic, target)),
    // it is looked at before it writes to a disk that may be the only one
    startsNow: false,
    foreign: vm,
  }
  return { ...base, ...devicesOfForeign(base, vm, devices, target) }
}

/** The same with other devices: images and networks stay as they were chosen. */
export function devicesOfForeign(
  { disks = [], nics = [] }: Wishes,
  vm: ForeignVm,
  devices: ForeignDevices,
  { capabilities }: ForeignTarget,
): Pick<Wishes, 'disks' | 'nics' | 'foreignDevices'> & Partial<Pick<Wishes, 'osType'>> {
  const kinds = capabilities?.guests ?? []
  const isXen = kinds.some(({ virtTypes }) => virtTypes.some((one) => one.name === 'xen'))
  const pv = isXen && vm.isParavirtual ? kinds.find(({ osType }) => osType === 'xen') : undefined
  const found = disksOf(vm)
  return {
    foreignDevices: devices,
    ...(pv ? { osType: pv.osType } : {}),
    disks: disks.map((disk, at) => {
      const one = found[at]
      return one ? { ...disk, bus: busOf(one, devices, isXen) } : disk
    }),
    nics: nics.map(({ model: _, ...nic }, at) => {
      const model = isXen || devices === 'virtio' ? undefined : vm.nics[at]?.model
      if (model !== undefined) return { ...nic, model }
      return devices === 'virtio' && !isXen ? { ...nic, model: 'virtio' } : nic
    }),
  }
}

/** Only images in pools can be copied; of others it is known where they are, but not how. */
function usualDisks(vm: ForeignVm, { choices }: ForeignTarget): ForeignDisks {
  const folders = choices?.pools.items.map(({ path }) => path)
  const isOutside = disksOf(vm).some(
    ({ file, local }) =>
      local === undefined &&
      file?.startsWith('/') === true &&
      folders?.includes(file.slice(0, file.lastIndexOf('/'))) !== true,
  )
  return isOutside ? 'in-place' : 'convert'
}

/** The same images, used in the other way. */
export function withDisks(
  { disks = [] }: Pick<Wishes, 'disks'>,
  vm: ForeignVm,
  how: ForeignDisks,
): { readonly disks: readonly DiskWish[]; readonly foreignDisks: ForeignDisks } {
  const found = disksOf(vm)
  return {
    foreignDisks: how,
    disks: disks.map((disk, at): DiskWish => {
      if (!found[at] || !hasImage(disk)) return disk
      const bus = disk.bus === undefined ? {} : { bus: disk.bus }
      const image = imageOf(disk)
      // it has to come to the host in any case
      if (image?.kind === 'local') return disk
      if (how === 'convert') return { kind: 'new', original: image ?? 'missing', ...bus }
      return { kind: 'existing', ...(image ? { image } : {}), ...bus }
    }),
  }
}

export function disksOf({ disks }: ForeignVm): readonly ForeignDisk[] {
  return disks.filter(({ device }) => device === 'disk').slice(0, 16)
}

/** Every machine that has disks at all has SATA or can get it; IDE and the old SCSI cards are gone from newer ones. */
function busOf({ bus }: ForeignDisk, devices: ForeignDevices, isXen: boolean): NonNullable<DiskWish['bus']> {
  if (isXen) return bus === 'ide' ? 'ide' : 'xen'
  return devices === 'virtio' ? 'virtio' : 'sata'
}

/** A relative name says nothing about where it is here: the user chooses. So does a path that climbs. */
function placeOfFile(file: string | undefined): PlaceOnHost | undefined {
  if (file?.startsWith('/') !== true || file.length > 4096) return undefined
  // oxlint-disable-next-line no-control-regex
  const isOdd = /[\u0000-\u001F]/.test(file) || file.split('/').includes('..')
  return isOdd ? undefined : { kind: 'path', path: file }
}

function nameOf(name: string | undefined): string | undefined {
  const usable = name
    ?.trim()
    .replaceAll(/[^A-Za-z0-9_.:+-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 200)
  return usable === '' ? undefined : usable
}

/** A network or bridge of the same name; else where cards of new VMs are plugged in. */
function sourceOf({ network }: ForeignNic, { choices }: ForeignTarget): NicWish {
  if (network === undefined) return {}
  if (choices?.networks.items.some(({ name }) => name === network))
    return { source: { kind: 'network', name: network } }
  const isBridge = choices?.interfaces.items.some((one) => one.name === network && one.kind === 'bridge')
  return isBridge === true ? { source: { kind: 'bridge', name: network } } : {}
}
