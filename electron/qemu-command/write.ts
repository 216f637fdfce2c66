/** The definition of what an import has gathered. */
import { el, type El } from './element'
import type { Import } from './state'

const letters = 'abcdefghijklmnopqrstuvwxyz'
const prefixes: Readonly<Record<string, string>> = {
  virtio: 'vd',
  scsi: 'sd',
  sata: 'sd',
  usb: 'sd',
  ide: 'hd',
  fdc: 'fd',
  nvme: 'nvme',
  sd: 'sd',
}
const screens: Readonly<Record<string, string>> = {
  std: 'vga',
  cirrus: 'cirrus',
  vmware: 'vmvga',
  qxl: 'qxl',
  virtio: 'virtio',
}

export function planned(state: Import, environment: readonly string[]): El {
  const isX86 = state.architecture === 'x86_64' || state.architecture === 'i686'
  const type = state.isKvm ? 'kvm' : state.accelerator === 'hvf' ? 'hvf' : 'qemu'
  const whole = state.maxVcpus ?? state.vcpus
  const cpu = [...(state.topology ? [el('topology', state.topology)] : [])]
  const hasCpu = Object.keys(state.cpuAttributes).length > 0 || cpu.length > 0
  const model = state.cpu.filter(({ name }) => name === 'model')
  const features = state.cpu.filter(({ name }) => name !== 'model')
  const needsOwn = state.kept.length > 0 || environment.length > 0
  return el(
    'domain',
    { type, ...(needsOwn ? { 'xmlns:qemu': 'http://libvirt.org/schemas/domain/qemu/1.0' } : {}) },
    [
      el('name', {}, nameOf(state)),
      state.uuid === undefined ? undefined : el('uuid', {}, state.uuid),
      state.maxMemory
        ? el('maxMemory', { slots: String(state.maxMemory.slots), unit: 'MiB' }, String(state.maxMemory.mib))
        : undefined,
      el('memory', { unit: 'MiB' }, String(state.memoryMib)),
      state.memoryBacking.length > 0 ? el('memoryBacking', {}, state.memoryBacking) : undefined,
      el('vcpu', state.maxVcpus === undefined ? {} : { current: String(state.vcpus) }, String(whole)),
      state.ioThreads.length > 0 ? el('iothreads', {}, String(state.ioThreads.length)) : undefined,
      el('os', {}, [
        el('type', { arch: state.architecture, machine: state.machine ?? (isX86 ? 'pc' : undefined) }, 'hvm'),
        ...state.os.filter(({ name }) => name === 'loader'),
        ...state.os.filter(({ name }) => name === 'nvram'),
        ...state.os.filter(({ name }) => name !== 'loader' && name !== 'nvram'),
        ...(hasOwnOrder(state) ? [] : state.bootOrder.map((dev) => el('boot', { dev }))),
        state.bootMenu ? el('bootmenu', state.bootMenu) : undefined,
      ]),
      el('features', {}, [
        state.hasAcpi ? el('acpi') : undefined,
        isX86 ? el('apic') : undefined,
        state.hyperv.length > 0 ? el('hyperv', { mode: 'custom' }, state.hyperv) : undefined,
        ...state.features,
      ]),
      hasCpu ? el('cpu', state.cpuAttributes, [...model, ...cpu, ...features]) : undefined,
      el('clock', state.clock, state.timers),
      el('on_poweroff', {}, state.onPoweroff),
      el('on_reboot', {}, state.onReboot),
      el('on_crash', {}, 'destroy'),
      el('devices', {}, devicesOf(state)),
      needsOwn
        ? el('qemu:commandline', {}, [
            ...state.kept.map((value) => el('qemu:arg', { value })),
            ...environment.map((one) => {
              const at = one.indexOf('=')
              return el('qemu:env', { name: one.slice(0, at), value: one.slice(at + 1) })
            }),
          ])
        : undefined,
    ],
  )
}

/** Both at once is what libvirt refuses. */
function hasOwnOrder(state: Import): boolean {
  const made = [...state.devices, ...state.disks.map(({ make }) => make('x'))]
  return made.some(
    ({ content }) => typeof content !== 'string' && content.some((one) => one?.name === 'boot'),
  )
}

function nameOf(state: Import): string {
  const name = (state.name ?? '').trim().replaceAll('/', '-')
  return name === '' ? 'imported' : name
}

function devicesOf(state: Import): El[] {
  const devices: El[] = [...disksOf(state)]
  const screens_ = state.devices.filter(({ name }) => name === 'video' || name === 'graphics')
  const others = state.devices.filter(({ name }) => name !== 'video' && name !== 'graphics')
  const hasUsb = others.some((one) => one.name === 'controller' && one.attributes['type'] === 'usb')
  if (state.wantsUsb && !hasUsb)
    devices.push(
      el('controller', {
        type: 'usb',
        model: /^(q35|pc-q35|virt)/.test(state.machine ?? '') ? 'qemu-xhci' : 'piix3-uhci',
      }),
    )
  devices.push(...others)
  if (
    !state.hasNetwork &&
    state.hasDefaults &&
    state.netdevs.size === 0 &&
    !state.kept.some((word) => /netdev=|^-netdev|^-nic/.test(word))
  ) {
    state.tell('QEMU gives a VM a network card without being told: it is one of the VM now.')
    devices.push(
      el('interface', { type: 'user' }, [el('model', { type: isOld(state) ? 'e1000' : 'virtio' })]),
    )
  }
  devices.push(...screenOf(state, screens_))
  return devices
}

function isOld(state: Import): boolean {
  return state.architecture === 'x86_64' || state.architecture === 'i686'
}

function screenOf(state: Import, found: readonly El[]): El[] {
  const graphics = found.filter(({ name }) => name === 'graphics').map((one) => withKeymap(one, state.keymap))
  const videos = found.filter(({ name }) => name === 'video')
  const keepsOwn = state.kept.some((word) => ['-vnc', '-spice', '-display'].includes(word))
  if (
    graphics.length === 0 &&
    state.isGraphical &&
    state.hasScreen &&
    !keepsOwn &&
    (state.hasDefaults || videos.length > 0 || state.vga !== undefined)
  )
    graphics.push(
      withKeymap(
        el('graphics', { type: 'vnc', autoport: 'yes' }, [
          el('listen', { type: 'address', address: '127.0.0.1' }),
        ]),
        state.keymap,
      ),
    )
  const model =
    state.vga === 'none'
      ? undefined
      : (screens[state.vga ?? ''] ?? (state.hasDefaults && isOld(state) ? 'vga' : undefined))
  if (videos.length === 0 && model !== undefined && (state.isGraphical || state.vga !== undefined))
    videos.push(el('video', {}, [el('model', { type: model, primary: 'yes' })]))
  return [...graphics, ...(videos.length === 0 ? [el('video', {}, [el('model', { type: 'none' })])] : videos)]
}

function withKeymap(one: El, keymap: string | undefined): El {
  return keymap === undefined ? one : { ...one, attributes: { ...one.attributes, keymap } }
}

/** Names of targets by bus: the place that the command gives, or the next that is free. */
function disksOf(state: Import): El[] {
  const taken = new Set<string>()
  const target = (bus: string, at: number): string => {
    const prefix = prefixes[bus] ?? 'vd'
    return prefix === 'nvme' ? `nvme${at}n1` : `${prefix}${letters[at] ?? 'z'}`
  }
  const placed = state.disks.map(({ bus, index }) => {
    if (index === undefined || index > 25) return undefined
    const name = target(bus, index)
    if (taken.has(name)) return undefined
    taken.add(name)
    return name
  })
  return state.disks.map(({ bus, make }, at) => {
    let name = placed[at]
    for (let next = 0; name === undefined; next++) {
      const free = target(bus, next)
      if (!taken.has(free) || next > 25) name = free
    }
    taken.add(name)
    return make(name)
  })
}
