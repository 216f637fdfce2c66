/** -device: what has a form in the model, together with what it refers to. What has none is kept word for word. */
import { addDisk, isQ35 } from './drives'
import { el, type El } from './element'
import { cardDevice } from './networks'
import { OptionList } from './option-list'
import { endOfChardev } from './ports'
import type { Import } from './state'

const cards = [
  'e1000',
  'e1000e',
  'rtl8139',
  'ne2k_pci',
  'pcnet',
  'vmxnet3',
  'virtio-net-pci',
  'virtio-net',
  'i82559er',
  'usb-net',
]
const disks: Readonly<Record<string, { readonly bus: string; readonly device?: string }>> = {
  'virtio-blk-pci': { bus: 'virtio' },
  'virtio-blk': { bus: 'virtio' },
  'scsi-hd': { bus: 'scsi' },
  'scsi-disk': { bus: 'scsi' },
  'scsi-cd': { bus: 'scsi', device: 'cdrom' },
  'scsi-block': { bus: 'scsi', device: 'lun' },
  'ide-hd': { bus: 'ide' },
  'ide-drive': { bus: 'ide' },
  'ide-cd': { bus: 'ide', device: 'cdrom' },
  'usb-storage': { bus: 'usb' },
  nvme: { bus: 'nvme' },
  floppy: { bus: 'fdc', device: 'floppy' },
}
const usb: Readonly<Record<string, string>> = {
  'qemu-xhci': 'qemu-xhci',
  'nec-usb-xhci': 'nec-xhci',
  'usb-ehci': 'ehci',
  'piix3-usb-uhci': 'piix3-uhci',
  'pci-ohci': 'pci-ohci',
}
const inputs: Readonly<Record<string, readonly [type: string, bus: string]>> = {
  'usb-tablet': ['tablet', 'usb'],
  'usb-mouse': ['mouse', 'usb'],
  'usb-kbd': ['keyboard', 'usb'],
  'virtio-tablet-pci': ['tablet', 'virtio'],
  'virtio-mouse-pci': ['mouse', 'virtio'],
  'virtio-keyboard-pci': ['keyboard', 'virtio'],
}
const screens: Readonly<Record<string, string>> = {
  VGA: 'vga',
  'cirrus-vga': 'cirrus',
  'qxl-vga': 'qxl',
  qxl: 'qxl',
  'virtio-vga': 'virtio',
  'virtio-gpu-pci': 'virtio',
  'bochs-display': 'bochs',
  'vmware-svga': 'vmvga',
  ramfb: 'ramfb',
}
const sounds: Readonly<Record<string, string>> = {
  AC97: 'ac97',
  ES1370: 'es1370',
  'intel-hda': 'ich6',
  'ich9-intel-hda': 'ich9',
  sb16: 'sb16',
  'usb-audio': 'usb',
}
/** Of boards with PCI Express, which get as many as they need. */
const bridges = ['pcie-root-port', 'ioh3420', 'pcie-pci-bridge', 'i82801b11-bridge', 'pci-bridge']

const places = ['id', 'bus', 'addr', 'multifunction', 'port']

export function deviceOption(state: Import, text: string): void {
  const options = OptionList.parse(text, 'driver')
  const driver = options.first ?? ''
  options.skip('driver')
  if (!known(state, driver, options)) state.keep('-device', text)
}

/** True: it is in the model, or told. */
function known(state: Import, driver: string, options: OptionList): boolean {
  if (cards.includes(driver)) return cardDevice(state, driver, options)
  const disk = disks[driver]
  if (disk) return diskDevice(state, driver, disk, options)
  const plain = (element: El, ...more: readonly string[]): boolean => {
    options.skip(...places, ...more)
    if (options.unread().length > 0) return false
    state.devices.push(element)
    return true
  }
  const input = inputs[driver]
  if (input) return plain(el('input', { type: input[0], bus: input[1] }))
  const screen = screens[driver]
  if (screen !== undefined) {
    state.vga = 'none'
    const heads = options.get('max_outputs')
    return plain(el('video', {}, [el('model', { type: screen, ...(heads === undefined ? {} : { heads }) })]))
  }
  const sound = sounds[driver]
  if (sound !== undefined) return plain(el('sound', { model: sound }), 'audiodev')
  if (/^hda-(duplex|micro|output)$/.test(driver)) {
    // the card brings one that plays and records
    if (driver !== 'hda-duplex')
      state.tell(`The sound card has the usual way of playing and recording, instead of ${driver}.`)
    return true
  }
  const controller = usb[driver]
  if (controller !== undefined) return plain(el('controller', { type: 'usb', model: controller }))
  if (/^ich9-usb-[eu]hci/.test(driver)) {
    if (driver === 'ich9-usb-ehci1') state.wantsUsb = true
    state.tell('The USB controllers of the ICH9 become one that is fast and slow.')
    return true
  }
  switch (driver) {
    case 'virtio-scsi-pci':
    case 'virtio-scsi': {
      const iothread = options.get('iothread')
      const queues = options.get('num_queues')
      return plain(
        el('controller', { type: 'scsi', model: 'virtio-scsi' }, [
          iothread === undefined && queues === undefined
            ? undefined
            : el('driver', { queues, iothread: threadOf(state, iothread) }),
        ]),
      )
    }
    case 'virtio-serial-pci':
    case 'virtio-serial':
      return plain(el('controller', { type: 'virtio-serial' }), 'max_ports')
    case 'virtio-balloon-pci':
    case 'virtio-balloon':
      return plain(el('memballoon', { model: 'virtio' }))
    case 'virtio-rng-pci':
    case 'virtio-rng': {
      const rng = options.get('rng')
      const object = rng === undefined ? undefined : state.objects.get(rng)
      const bytes = options.get('max-bytes')
      const period = options.get('period')
      if (
        rng !== undefined &&
        (!object || !['rng-random', 'rng-builtin'].includes(object.options.first ?? ''))
      )
        return false
      const file = object?.options.get('filename')
      const made = plain(
        el('rng', { model: 'virtio' }, [
          bytes === undefined ? undefined : el('rate', { bytes, period }),
          object?.options.first === 'rng-random'
            ? el('backend', { model: 'random' }, file ?? '/dev/urandom')
            : el('backend', { model: 'builtin' }),
        ]),
      )
      if (made && rng !== undefined) state.objects.delete(rng)
      return made
    }
    case 'virtio-9p-pci':
    case 'virtio-9p': {
      const id = options.get('fsdev') ?? ''
      const fsdev = state.fsdevs.get(id)
      const tag = options.get('mount_tag')
      const element = fsdev && folderOf(fsdev.options, tag)
      if (!element) return false
      const made = plain(element)
      if (made) state.fsdevs.delete(id)
      return made
    }
    case 'isa-serial':
    case 'virtconsole':
    case 'virtserialport':
    case 'usb-serial':
      return portDevice(state, driver, options)
    case 'usb-redir': {
      const id = options.get('chardev') ?? ''
      const backend = state.chardevs.get(id)
      const end = backend && endOfChardev(state, backend)
      if (!end) return false
      const made = plain(el('redirdev', { bus: 'usb', type: end.type }, end.content))
      if (made) state.chardevs.delete(id)
      return made
    }
    case 'tpm-tis':
    case 'tpm-crb':
      return tpmDevice(state, driver, options)
    case 'i6300esb':
    case 'ib700':
      return plain(el('watchdog', { model: driver }))
    case 'pvpanic':
      return plain(el('panic', { model: 'isa' }), 'ioport')
    case 'vhost-vsock-pci': {
      const cid = options.get('guest-cid')
      return plain(
        el('vsock', { model: 'virtio' }, [
          el('cid', cid === undefined ? { auto: 'yes' } : { auto: 'no', address: cid }),
        ]),
      )
    }
    case 'vfio-pci': {
      const found = /^(?:([\da-f]{4}):)?([\da-f]{2}):([\da-f]{2})\.([0-7])$/i.exec(options.get('host') ?? '')
      if (!found) return false
      const [, domain = '0000', bus, slot, fn] = found
      return plain(
        el('hostdev', { mode: 'subsystem', type: 'pci', managed: 'no' }, [
          el('source', {}, [
            el('address', {
              domain: `0x${domain}`,
              bus: `0x${bus ?? ''}`,
              slot: `0x${slot ?? ''}`,
              function: `0x${fn ?? ''}`,
            }),
          ]),
        ]),
      )
    }
    case 'usb-host': {
      const element = hostUsb(
        options.get('vendorid'),
        options.get('productid'),
        options.get('hostbus'),
        options.get('hostaddr'),
      )
      return element !== undefined && plain(element)
    }
    default:
      if (bridges.includes(driver)) {
        state.tell(
          'Ports and bridges of PCI are made as the cards need them, so those of the command are left out.',
        )
        return true
      }
      return false
  }
}

export function hostUsb(
  vendor: string | undefined,
  product: string | undefined,
  bus: string | undefined,
  address: string | undefined,
): El | undefined {
  const hex = (value: string): string => `0x${value.replace(/^0x/i, '').padStart(4, '0')}`
  const source =
    vendor !== undefined && product !== undefined
      ? [el('vendor', { id: hex(vendor) }), el('product', { id: hex(product) })]
      : bus !== undefined && address !== undefined
        ? [el('address', { bus, device: address })]
        : undefined
  return source && el('hostdev', { mode: 'subsystem', type: 'usb' }, [el('source', {}, source)])
}

export function folderOf(options: OptionList, tag: string | undefined): El | undefined {
  const security = options.get('security_model') ?? options.get('security_model')
  const mode = { passthrough: 'passthrough', mapped: 'mapped', 'mapped-xattr': 'mapped', none: 'squash' }[
    security ?? 'none'
  ]
  const path = options.get('path')
  const isReadOnly = options.flag('readonly') === true
  const wrpolicy = options.get('writeout')
  options.skip('id', 'mount_tag', 'fsdriver')
  if (
    (options.first ?? 'local') !== 'local' ||
    mode === undefined ||
    path === undefined ||
    tag === undefined ||
    options.unread().length > 0
  )
    return undefined
  return el('filesystem', { type: 'mount', accessmode: mode }, [
    wrpolicy === undefined ? undefined : el('driver', { type: 'path', wrpolicy }),
    el('source', { dir: path }),
    el('target', { dir: tag }),
    isReadOnly ? el('readonly') : undefined,
  ])
}

/** I/O threads have numbers in definitions. */
function threadOf(state: Import, id: string | undefined): string | undefined {
  if (id === undefined) return undefined
  if (!state.ioThreads.includes(id)) state.ioThreads.push(id)
  state.objects.delete(id)
  return String(state.ioThreads.indexOf(id) + 1)
}

function diskDevice(
  state: Import,
  driver: string,
  disk: { bus: string; device?: string },
  options: OptionList,
): boolean {
  const id = options.get('drive')
  const drive = id === undefined ? undefined : state.drives.get(id)
  if (id !== undefined && !drive) return false
  const iothread = options.get('iothread')
  const serial = options.get('serial')
  const bootOrder = options.get('bootindex')
  const queues = options.get('num-queues')
  const logicalBytes = options.get('logical_block_size')
  const removable = options.get('removable')
  const lun = options.get('lun')
  const target = options.get('scsi-id')
  options.skip(
    'id',
    'bus',
    'addr',
    'port',
    'unit',
    'multifunction',
    'channel',
    'physical_block_size',
    'scsi',
    'device_id',
    'drive',
  )
  if (options.unread().length > 0 || removable !== undefined) return false
  if (driver === 'ide-drive' || driver === 'scsi-disk')
    state.tell(`The device ${driver} is called ${driver.replace(/-(drive|disk)/, '-hd')} today.`)
  const bus = disk.bus === 'ide' && isQ35(state) ? 'sata' : disk.bus
  const made = addDisk(state, drive, {
    bus,
    ...(disk.device === undefined ? {} : { device: disk.device }),
    serial,
    bootOrder,
    queues,
    logicalBytes,
    ioThread: threadOf(state, iothread),
    ...(bus === 'scsi' && (lun !== undefined || target !== undefined)
      ? {
          address: el('address', {
            type: 'drive',
            controller: '0',
            bus: '0',
            target: target ?? '0',
            unit: lun ?? '0',
          }),
        }
      : {}),
  })
  if (made && id !== undefined) state.drives.delete(id)
  return made
}

function portDevice(state: Import, driver: string, options: OptionList): boolean {
  const id = options.get('chardev') ?? ''
  const backend = state.chardevs.get(id)
  const name = options.get('name')
  options.skip(...places, 'nr', 'index')
  if (!backend || options.unread().length > 0) return false
  const end = endOfChardev(state, backend)
  if (!end) return false
  state.chardevs.delete(id)
  const target =
    driver === 'virtserialport'
      ? el('target', { type: 'virtio', name })
      : driver === 'virtconsole'
        ? el('target', { type: 'virtio' })
        : driver === 'usb-serial'
          ? el('target', { type: 'usb-serial' })
          : undefined
  const element =
    { 'isa-serial': 'serial', 'usb-serial': 'serial', virtconsole: 'console', virtserialport: 'channel' }[
      driver
    ] ?? 'serial'
  state.devices.push(el(element, { type: end.type }, [...end.content, target]))
  return true
}

function tpmDevice(state: Import, model: string, options: OptionList): boolean {
  const id = options.get('tpmdev') ?? ''
  const backend = state.tpmdevs.get(id)
  options.skip(...places)
  if (!backend || options.unread().length > 0) return false
  if (backend.options.first === 'passthrough') {
    const path = backend.options.get('path') ?? '/dev/tpm0'
    state.devices.push(
      el('tpm', { model }, [el('backend', { type: 'passthrough' }, [el('device', { path })])]),
    )
  } else if (backend.options.first === 'emulator') {
    state.chardevs.delete(backend.options.get('chardev') ?? '')
    state.tell(
      'The TPM gets a swtpm and a state of its own, in the folder of the VM: copy the old state there to keep its keys.',
    )
    state.devices.push(el('tpm', { model }, [el('backend', { type: 'emulator', version: '2.0' })]))
  } else return false
  state.tpmdevs.delete(id)
  return true
}
