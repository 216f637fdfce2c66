/**
 * A command line of QEMU as a definition of a VM. Nothing gets lost: what the model has a form for is in the definition,
 * what it has none for is kept word for word (qemu:commandline), and what is left out or mended is told.
 */
import { AppError } from '../../shared/errors'
import { deviceOption, folderOf, hostUsb } from './devices'
import { blockdevOption, driveOption, isQ35 } from './drives'
import { addDisk } from './drives'
import { el, type El, written } from './element'
import { netOption, nicOption, settleLegacyNetworks } from './networks'
import { OptionList } from './option-list'
import { monitorOption, portOption } from './ports'
import { configWords } from './read-config'
import { Import } from './state'
import { commandWords } from './words'
import { planned } from './write'

export interface ImportedCommand {
  readonly xml: string
  /** What was mended, replaced or left out, each as a sentence. */
  readonly told: readonly string[]
  /** Words that go to QEMU as they are. */
  readonly kept: readonly string[]
}

export interface ImportHelp {
  /** Texts of files that -readconfig names, where somebody has them. */
  readonly configOf?: (path: string) => string | undefined
  /** Format of an image, where somebody has looked. */
  readonly formatOf?: (path: string) => string | undefined
  readonly uuid?: string
}

export function importCommand(text: string, help: ImportHelp = {}): ImportedCommand {
  const { words, environment, told } = commandWords(text)
  const [program = '', ...rest] = words
  return importWords(program, rest, { ...help, environment, told })
}

/** Of a process: program and words as it was started with, which no shell reads any more. */
export function importProcess(argv: readonly string[], help: ImportHelp = {}): ImportedCommand {
  const [program = '', ...rest] = argv
  return importWords(program, rest, { ...help, environment: [], told: [] })
}

/** A file of -readconfig alone. */
export function importConfig(text: string, program: string, help: ImportHelp = {}): ImportedCommand {
  return importWords(program, configWords(text), { ...help, environment: [], told: [] })
}

function importWords(
  program: string,
  words: readonly string[],
  help: ImportHelp & { environment: readonly string[]; told: readonly string[] },
): ImportedCommand {
  const architecture = /qemu-system-([\w]+)/.exec(program)?.[1] ?? 'x86_64'
  const state = new Import(
    architecture === 'i386' ? 'i686' : architecture,
    help.formatOf ?? (() => undefined),
  )
  state.told.push(...help.told)
  state.uuid = help.uuid
  if (program.endsWith('kvm')) state.isKvm = true
  const pairs = expanded(pairsOf(words), help.configOf ?? (() => undefined))
  // what others refer to, and what decides how they are read, comes first
  for (const early of [machineOptions, backendOptions])
    for (const { option, value } of pairs) early[option]?.(state, value ?? '')
  for (const { option, value, word } of pairs) {
    if (option in machineOptions || option in backendOptions) continue
    const handler = handlers[option]
    if (handler) handler(state, value ?? '')
    else if (option === '') firstImage(state, word)
    else state.keep(word, ...(value === undefined ? [] : [value]))
  }
  settleLegacyNetworks(state)
  // what no device asked for stays what it was
  for (const left of [
    state.drives,
    state.netdevs,
    state.chardevs,
    state.objects,
    state.fsdevs,
    state.tpmdevs,
    state.audiodevs,
  ])
    state.kept.unshift(...[...left.values()].flatMap((one) => one.words))
  return { xml: written(planned(state, help.environment)) + '\n', told: state.told, kept: state.kept }
}

interface Pair {
  /** Without dashes; empty for an image without an option. */
  readonly option: string
  readonly value?: string
  readonly word: string
}

/** Options without a value. */
const alone = new Set(
  'enable-kvm no-acpi no-hpet no-reboot no-shutdown S daemonize nographic sdl curses full-screen usb snapshot localtime no-frame no-quit alt-grab ctrl-grab no-fd-bootchk nodefaults no-user-config mem-prealloc preconfig s singlestep portrait no-kvm enable-fips win2k-hack no-hpet tdf rtc-td-hack'.split(
    ' ',
  ),
)

function pairsOf(words: readonly string[]): Pair[] {
  const pairs: Pair[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (!word.startsWith('-') || word === '-') {
      pairs.push({ option: '', word })
      continue
    }
    const option = word.replace(/^--?/, '')
    const next = words[at + 1]
    if (alone.has(option) || next === undefined) pairs.push({ option, word })
    else {
      pairs.push({ option, value: next, word })
      at += 1
    }
  }
  return pairs
}

function expanded(pairs: readonly Pair[], configOf: (path: string) => string | undefined): Pair[] {
  return pairs.flatMap((pair) => {
    if (pair.option !== 'readconfig') return [pair]
    const text = configOf(pair.value ?? '')
    if (text === undefined)
      throw new AppError('invalid', `The command reads the file ${pair.value ?? ''}, which is not here`, {
        cure: 'Paste what is in that file in the place of -readconfig, or open the file alone.',
        field: 'command',
      })
    return pairsOf(configWords(text))
  })
}

type Handler = (state: Import, value: string) => void
type Handlers = Readonly<Record<string, Handler>>

const machineOptions: Handlers = {
  M: machineOption,
  machine: machineOption,
  name: (state, value) => {
    const options = OptionList.parse(value, 'guest')
    state.name = options.get('guest')
    options.skip('process', 'debug-threads')
  },
  nodefaults: (state) => {
    state.hasDefaults = false
  },
  snapshot: (state) => {
    state.isSnapshot = true
  },
}

const byId =
  (
    pick: (state: Import) => Map<string, { options: OptionList; words: readonly string[] }>,
    option: string,
    implied: string,
    idName = 'id',
  ): Handler =>
  (state, value) => {
    if (value.trim().startsWith('{')) return state.keep(`-${option}`, value)
    const options = OptionList.parse(value, implied)
    const id = options.get(idName)
    if (id === undefined) state.keep(`-${option}`, value)
    else pick(state).set(id, { options, words: [`-${option}`, value] })
  }

const backendOptions: Handlers = {
  blockdev: blockdevOption,
  netdev: byId((state) => state.netdevs, 'netdev', 'type'),
  chardev: (state, value) => {
    const id = OptionList.parse(value).get('id') ?? ''
    if (id.length > 127)
      state.tell('The id of a character device is longer than 127 characters, the most that is documented.')
    byId((one) => one.chardevs, 'chardev', 'backend')(state, value)
  },
  fsdev: byId((state) => state.fsdevs, 'fsdev', 'fsdriver'),
  tpmdev: byId((state) => state.tpmdevs, 'tpmdev', 'type'),
  audiodev: byId((state) => state.audiodevs, 'audiodev', 'driver'),
  object: (state, value) => {
    const options = OptionList.parse(value, 'qom-type')
    const id = options.get('id')
    if (options.first === 'iothread' && id !== undefined) {
      if (!state.ioThreads.includes(id)) state.ioThreads.push(id)
    } else byId((one) => one.objects, 'object', 'qom-type')(state, value)
  },
  drive: driveOption,
  redir: (state, value) => {
    const parts = /^(tcp|udp):(\d+):([^:]*):(\d+)$/.exec(value)
    state.hasNetwork = true
    if (!parts) return state.keep('-redir', value)
    state.tell('-redir is gone: the port is forwarded by the network of the card.')
    state.forwards.push(`${parts[1]}::${parts[2]}-${parts[3]}:${parts[4]}`)
  },
}

function machineOption(state: Import, value: string): void {
  const options = OptionList.parse(value, 'type')
  const type = options.get('type')
  if (type !== undefined && type !== '') state.machine = type
  const accelerators = options.get('accel')
  if (accelerators !== undefined) accelerate(state, accelerators.split(':')[0] ?? '')
  if (options.flag('usb') === true) state.wantsUsb = true
  const smm = options.get('smm')
  if (smm !== undefined) state.features.push(el('smm', { state: smm }))
  const vmport = options.get('vmport')
  if (vmport === 'on' || vmport === 'off') state.features.push(el('vmport', { state: vmport }))
  const gic = options.get('gic-version')
  if (gic !== undefined && gic !== 'max')
    state.features.push(el('gic', gic === 'host' ? {} : { version: gic }))
  const irqchip = options.get('kernel_irqchip') ?? options.get('kernel-irqchip')
  if (irqchip === 'split') state.features.push(el('ioapic', { driver: 'qemu' }))
  if (options.get('acpi') === 'off') state.hasAcpi = false
  if (options.get('hpet') === 'off') state.timers.push(el('timer', { name: 'hpet', present: 'no' }))
  const left = options.unread()
  if (left.length > 0)
    state.keep('-machine', left.map(([name, one]) => `${name}=${one.replaceAll(',', ',,')}`).join(','))
}

function accelerate(state: Import, name: string): void {
  const [first = ''] = name.split(',')
  state.accelerator = first
  state.isKvm = first === 'kvm'
  if (!['kvm', 'tcg', 'hvf', 'whpx'].includes(first))
    state.tell(`The accelerator “${first}” is not known here: the guest is emulated.`)
}

const dropped =
  (sentence: string): Handler =>
  (state) =>
    state.tell(sentence)
const gone = (option: string): Handler =>
  dropped(`-${option} is gone from QEMU: it was an option of its window.`)

const driveShortcut =
  (index: number): Handler =>
  (state, file) =>
    addOrKeep(state, file, { bus: isQ35(state) ? 'sata' : 'ide', index }, `-hd${'abcd'[index] ?? 'a'}`)

function addOrKeep(
  state: Import,
  file: string,
  place: { bus: string; device?: string; index?: number },
  option: string,
): void {
  const text = `file=${file.replaceAll(',', ',,')}${place.device === 'cdrom' ? ',media=cdrom' : ''}`
  if (!addDisk(state, { options: OptionList.parse(text), words: [] }, place)) state.keep(option, file)
}

function firstImage(state: Import, file: string): void {
  addOrKeep(state, file, { bus: isQ35(state) ? 'sata' : 'ide', index: 0 }, '-hda')
}

const handlers: Handlers = {
  device: deviceOption,
  m: memoryOption,
  smp: smpOption,
  cpu: cpuOption,
  accel: (state, value) => {
    const options = OptionList.parse(value, 'accel')
    accelerate(state, options.get('accel') ?? '')
    const left = options.unread()
    if (left.length > 0) state.tell(`The accelerator is without ${left.map(([name]) => name).join(', ')}.`)
  },
  'enable-kvm': (state) => accelerate(state, 'kvm'),
  'no-kvm': (state) => accelerate(state, 'tcg'),
  uuid: (state, value) => {
    state.uuid = value
  },
  boot: bootOption,
  hda: driveShortcut(0),
  hdb: driveShortcut(1),
  hdc: driveShortcut(2),
  hdd: driveShortcut(3),
  cdrom: (state, file) =>
    addOrKeep(state, file, { bus: isQ35(state) ? 'sata' : 'ide', device: 'cdrom', index: 2 }, '-cdrom'),
  fda: (state, file) => addOrKeep(state, file, { bus: 'fdc', device: 'floppy', index: 0 }, '-fda'),
  fdb: (state, file) => addOrKeep(state, file, { bus: 'fdc', device: 'floppy', index: 1 }, '-fdb'),
  pflash: (state, file) => driveOption(state, `file=${file.replaceAll(',', ',,')},if=pflash,format=raw`),
  bios: (state, file) => state.os.push(el('loader', { type: 'rom' }, file)),
  kernel: (state, file) => state.os.push(el('kernel', {}, file)),
  initrd: (state, file) => state.os.push(el('initrd', {}, file)),
  append: (state, words) => state.os.push(el('cmdline', {}, words)),
  dtb: (state, file) => state.os.push(el('dtb', {}, file)),
  net: netOption,
  nic: nicOption,
  vga: (state, value) => {
    state.vga = value
  },
  display: displayOption,
  sdl: (state) => displayOption(state, 'sdl'),
  curses: (state) => displayOption(state, 'curses'),
  nographic: (state) => {
    state.isGraphical = false
    state.tell('-nographic: the VM has no screen, and its serial port is a text console of the window.')
    if (!state.devices.some(({ name }) => name === 'serial'))
      state.devices.push(el('serial', { type: 'pty' }))
  },
  vnc: vncOption,
  spice: spiceOption,
  k: (state, layout) => {
    state.keymap = layout
  },
  serial: (state, value) => portOption(state, 'serial', value),
  parallel: (state, value) => portOption(state, 'parallel', value),
  monitor: (state, value) => monitorOption(state, '-monitor', value),
  qmp: (state, value) => monitorOption(state, '-qmp', value),
  mon: (state, value) => monitorOption(state, '-mon', value),
  soundhw: (state, value) => {
    state.tell('-soundhw is gone from QEMU: the cards are devices of their own.')
    for (const name of value.split(',')) {
      const model = { hda: 'ich6', ac97: 'ac97', es1370: 'es1370', sb16: 'sb16', pcspk: 'pcspk' }[name]
      if (model === undefined) state.tell(`There is no sound card “${name}” any more.`)
      else state.devices.push(el('sound', { model }))
    }
  },
  usb: (state) => {
    state.wantsUsb = true
  },
  usbdevice: usbDeviceOption,
  virtfs: (state, value) => {
    const options = OptionList.parse(value, 'fsdriver')
    const element = folderOf(options, options.get('mount_tag'))
    if (element) state.devices.push(element)
    else state.keep('-virtfs', value)
  },
  watchdog: (state, value) => {
    if (value === 'i6300esb' || value === 'ib700') state.devices.push(el('watchdog', { model: value }))
    else state.keep('-device', value)
  },
  'watchdog-action': (state, value) => {
    state.keep('-action', `watchdog=${value}`)
  },
  balloon: (state, value) => {
    const options = OptionList.parse(value)
    state.tell('-balloon is gone from QEMU: the balloon is a device.')
    if (options.first === 'virtio') state.devices.push(el('memballoon', { model: 'virtio' }))
  },
  rtc: rtcOption,
  localtime: (state) => {
    state.clock = { offset: 'localtime' }
  },
  'no-acpi': (state) => {
    state.hasAcpi = false
  },
  'no-hpet': (state) => state.timers.push(el('timer', { name: 'hpet', present: 'no' })),
  'no-reboot': (state) => {
    state.onReboot = 'destroy'
  },
  'no-shutdown': (state) => {
    state.onPoweroff = 'preserve'
  },
  overcommit: (state, value) => {
    const options = OptionList.parse(value)
    if (options.flag('mem-lock') === true) state.memoryBacking.push(el('locked'))
    const left = options.unread()
    if (left.length > 0) state.keep('-overcommit', left.map(([name, one]) => `${name}=${one}`).join(','))
  },
  'mem-path': (state, value) => {
    if (/huge/.test(value)) {
      state.memoryBacking.push(el('hugepages'))
      state.tell(`Large pages are taken from the host directly, not from the folder ${value}.`)
    } else state.keep('-mem-path', value)
  },
  'mem-prealloc': (state) => state.memoryBacking.push(el('allocation', { mode: 'immediate' })),
  S: dropped('-S is left out: whether a VM starts paused is chosen when it is started.'),
  daemonize: dropped('-daemonize is left out: every VM goes into the background here.'),
  pidfile: dropped('-pidfile is left out: where the number of the process is kept is Innkeeper’s to know.'),
  incoming: dropped('-incoming is left out: a VM that waits for another is started by moving it.'),
  loadvm: dropped('-loadvm is left out: revert to the snapshot once the VM is here.'),
  'no-user-config': dropped('-no-user-config holds for every VM here.'),
  sandbox: dropped('-sandbox is left out: every VM has one of its own.'),
  writeconfig: dropped('-writeconfig is gone from QEMU: the definition itself is the file to keep.'),
  'no-frame': gone('no-frame'),
  'no-quit': gone('no-quit'),
  'alt-grab': gone('alt-grab'),
  'ctrl-grab': gone('ctrl-grab'),
  'full-screen': dropped('-full-screen is left out: the console’s own window can be that.'),
}

function memoryOption(state: Import, value: string): void {
  const options = OptionList.parse(value, 'size')
  const mib = (text: string | undefined): number | undefined => {
    const found = /^(\d+(?:\.\d+)?)\s*([kKmMgGtTbB]?)[bB]?$/.exec(text ?? '')
    if (!found) return undefined
    const power = { b: 1 / 1024 ** 2, k: 1 / 1024, m: 1, g: 1024, t: 1024 ** 2 }[
      (found[2] === '' ? 'm' : (found[2] ?? 'm')).toLowerCase()
    ]
    return Number(found[1]) * (power ?? 1)
  }
  const size = mib(options.get('size'))
  if (size === undefined || size <= 0)
    throw new AppError('invalid', `“-m ${value}” is no amount of memory`, {
      cure: 'Write it in MiB, or with M or G behind.',
      field: 'command',
    })
  state.memoryMib = Math.ceil(size)
  const maximum = mib(options.get('maxmem'))
  const slots = options.get('slots')
  if (maximum !== undefined && slots !== undefined)
    state.maxMemory = { mib: Math.ceil(maximum), slots: Number(slots) }
}

function smpOption(state: Import, value: string): void {
  const options = OptionList.parse(value, 'cpus')
  const part = (name: string): number | undefined => {
    const found = options.get(name)
    return found !== undefined && /^\d+$/.test(found) ? Number(found) : undefined
  }
  const shape = {
    sockets: part('sockets'),
    dies: part('dies'),
    cores: part('cores'),
    threads: part('threads'),
  }
  const isShaped = Object.values(shape).some((one) => one !== undefined)
  const product = (shape.sockets ?? 1) * (shape.dies ?? 1) * (shape.cores ?? 1) * (shape.threads ?? 1)
  const maximum = part('maxcpus')
  state.vcpus = part('cpus') ?? maximum ?? product
  if (maximum !== undefined && maximum > state.vcpus) state.maxVcpus = maximum
  if (state.vcpus > 255 && !isQ35(state)) state.tell('PCs of this type have 255 processors at most.')
  if (!isShaped) return
  const whole = maximum ?? state.vcpus
  // sockets are what is left over, as QEMU counts
  const cores =
    shape.cores ??
    (shape.sockets !== undefined
      ? Math.max(1, whole / (shape.sockets * (shape.dies ?? 1) * (shape.threads ?? 1)))
      : 1)
  const sockets =
    shape.sockets ?? Math.max(1, Math.floor(whole / ((shape.dies ?? 1) * cores * (shape.threads ?? 1))))
  state.topology = {
    sockets: String(sockets),
    ...(shape.dies === undefined ? {} : { dies: String(shape.dies) }),
    cores: String(cores),
    threads: String(shape.threads ?? 1),
  }
}

/** Names whose place is not among the processor's features. */
function cpuOption(state: Import, value: string): void {
  const [model = '', ...flags] = value.split(',')
  const features: El[] = []
  for (const raw of flags) {
    const plain = /^[+-]/.test(raw)
      ? `${raw.slice(1)}=${raw.startsWith('+') ? 'on' : 'off'}`
      : raw.includes('=')
        ? raw
        : `${raw}=on`
    const [name = '', one = ''] = plain.split('=')
    const dashed = name.replaceAll('_', '-')
    if (one === 'on' || one === 'off') {
      if (dashed === 'kvm')
        state.features.push(el('kvm', {}, [el('hidden', { state: one === 'off' ? 'on' : 'off' })]))
      else if (dashed.startsWith('hv-') && dashed !== 'hv-time' && dashed !== 'hv-passthrough')
        state.hyperv.push(el(dashed.slice(3).replace('vendor-id', 'vendor_id'), { state: one }))
      else if (dashed === 'hv-time')
        state.timers.push(el('timer', { name: 'hypervclock', present: one === 'on' ? 'yes' : 'no' }))
      else if (dashed !== 'migratable' && dashed !== 'host-phys-bits')
        features.push(el('feature', { policy: one === 'on' ? 'require' : 'disable', name }))
      else return state.keep('-cpu', value)
    } else if (dashed === 'hv-spinlocks')
      state.hyperv.push(el('spinlocks', { state: 'on', retries: String(Number(one)) }))
    else if (dashed === 'hv-vendor-id') state.hyperv.push(el('vendor_id', { state: 'on', value: one }))
    // the last -cpu counts
    else return state.keep('-cpu', value)
  }
  if (model === 'host') state.cpuAttributes = { mode: 'host-passthrough' }
  else if (model === 'max') state.cpuAttributes = { mode: 'maximum' }
  else {
    state.cpuAttributes = { mode: 'custom', match: 'exact' }
    state.cpu.push(el('model', { fallback: 'forbid' }, model))
  }
  state.cpu.push(...features)
}

function bootOption(state: Import, value: string): void {
  const options = OptionList.parse(value, 'order')
  const order = options.get('order') ?? ''
  const devices: Readonly<Record<string, string>> = { a: 'fd', c: 'hd', d: 'cdrom', n: 'network' }
  for (const letter of order) {
    const device = devices[letter]
    if (device === undefined)
      state.tell(
        `“${letter}” is no device to start from for QEMU (a floppy, c disk, d CD, n network): it is left out.`,
      )
    else if (state.bootOrder.includes(device))
      state.tell(`“${letter}” stands twice in the order of starting: once is enough.`)
    else state.bootOrder.push(device)
  }
  const menu = options.get('menu')
  const timeout = options.get('splash-time')
  if (menu !== undefined)
    state.bootMenu = { enable: menu === 'on' ? 'yes' : 'no', ...(timeout === undefined ? {} : { timeout }) }
  options.skip('strict')
  const left = options.unread()
  if (left.length > 0) state.keep('-boot', left.map(([name, one]) => `${name}=${one}`).join(','))
}

function rtcOption(state: Import, value: string): void {
  const options = OptionList.parse(value)
  const base = options.get('base') ?? 'utc'
  const clock = options.get('clock')
  const drift = options.get('driftfix')
  options.skip('driftfix')
  if (base === 'utc' || base === 'localtime') state.clock = { offset: base }
  else {
    const seconds = Date.parse(`${base}${base.includes('T') ? 'Z' : ''}`) / 1000
    if (Number.isFinite(seconds)) state.clock = { offset: 'absolute', start: String(seconds) }
    else return state.keep('-rtc', value)
  }
  const track = { vm: 'guest', host: 'wall', rt: 'wall' }[clock ?? '']
  if (clock === 'rt') state.tell('A clock that follows the host’s uptime becomes one that follows its time.')
  if (track !== undefined || drift === 'slew')
    state.timers.push(
      el('timer', {
        name: 'rtc',
        ...(drift === 'slew' ? { tickpolicy: 'catchup' } : {}),
        ...(track === undefined ? {} : { track }),
      }),
    )
}

function displayOption(state: Import, value: string): void {
  const [type = ''] = value.split(',')
  if (type === 'none') {
    state.hasScreen = false
  } else if (type === 'vnc' || value.startsWith('vnc=')) vncOption(state, value.replace(/^vnc=/, ''))
  else if (type === 'curses')
    state.tell('A screen as text in a terminal (curses) becomes one that the window shows.')
  else if (type === 'gtk' || type === 'sdl' || type === 'default' || type === 'cocoa')
    state.tell('QEMU’s own window is replaced by the console of this one.')
  else state.keep('-display', value)
}

function vncOption(state: Import, value: string): void {
  const options = OptionList.parse(value)
  const where = options.first ?? ''
  state.hasScreen = true
  if (where === 'none') return
  const attributes: Record<string, string> = { type: 'vnc' }
  const content: El[] = []
  const unix = /^unix:(.+)$/.exec(where)
  const port = /^(?:\[?([^\]]*?)\]?)?:(\d+)$/.exec(where)
  if (unix) content.push(el('listen', { type: 'socket', socket: unix[1] }))
  else if (port) {
    const display = Number(port[2])
    attributes['port'] = String(5900 + display)
    attributes['autoport'] = 'no'
    // without an address QEMU listens everywhere
    content.push(
      el('listen', {
        type: 'address',
        address: port[1] === undefined || port[1] === '' ? '0.0.0.0' : port[1],
      }),
    )
    if (port[1] === undefined || port[1] === '')
      state.tell(`VNC listens on every address of the host, as “:${display}” means that.`)
  } else return state.keep('-vnc', value)
  for (const old of ['tls', 'x509', 'x509verify', 'acl']) {
    if (options.get(old) !== undefined)
      state.tell(
        `${old} of -vnc is gone from QEMU (tls-creds and authorization objects took its place): the screen is not encrypted until that is set up.`,
      )
  }
  if (options.flag('password') === true) {
    attributes['passwd'] = ''
    state.tell(
      'VNC asks for a password, which the command does not say: set it in the screen’s settings, as nobody gets in before.',
    )
  }
  const policy = options.get('share')
  if (policy !== undefined) attributes['sharePolicy'] = policy
  const websocket = options.get('websocket')
  if (websocket !== undefined) attributes['websocket'] = /^\d+$/.test(websocket) ? websocket : '-1'
  if (options.entries.some(([name]) => name === 'non-adaptive'))
    state.tell('non-adaptive of -vnc is read wrongly by QEMU: it is left out.')
  options.skip('non-adaptive', 'lossy', 'to', 'lock-key-sync')
  if (options.unread().length > 0) {
    state.keep('-vnc', value)
    return
  }
  state.devices.push(el('graphics', attributes, content))
}

function spiceOption(state: Import, value: string): void {
  const options = OptionList.parse(value)
  const port = options.get('port')
  const address = options.get('addr')
  const isUnix = options.flag('unix') === true
  const compression = options.get('image-compression')
  const streaming = options.get('streaming-video')
  const copies = options.flag('disable-copy-paste')
  options.skip('disable-ticketing', 'seamless-migration')
  if (options.get('password') !== undefined)
    state.tell('SPICE’s password is left out of the command: set it in the screen’s settings.')
  if (options.unread().length > 0) return state.keep('-spice', value)
  state.hasScreen = true
  state.devices.push(
    el(
      'graphics',
      { type: 'spice', ...(isUnix || port === undefined ? { autoport: 'yes' } : { port, autoport: 'no' }) },
      [
        isUnix && address !== undefined
          ? el('listen', { type: 'socket', socket: address })
          : el('listen', {
              type: 'address',
              address: address ?? (port === undefined ? '127.0.0.1' : '0.0.0.0'),
            }),
        compression === undefined ? undefined : el('image', { compression }),
        streaming === undefined ? undefined : el('streaming', { mode: streaming }),
        copies === true ? el('clipboard', { copypaste: 'no' }) : undefined,
      ],
    ),
  )
}

function usbDeviceOption(state: Import, value: string): void {
  const [kind = '', ...rest] = value.split(':')
  const more = rest.join(':')
  state.tell('-usbdevice is the old way: the device is one of the model.')
  state.wantsUsb = true
  switch (kind) {
    case 'tablet':
    case 'mouse':
      state.devices.push(el('input', { type: kind, bus: 'usb' }))
      return
    case 'keyboard':
      state.devices.push(el('input', { type: 'keyboard', bus: 'usb' }))
      return
    case 'disk': {
      const found = /^(?:format=(\w+):)?(.+)$/.exec(more)
      const text = `file=${(found?.[2] ?? '').replaceAll(',', ',,')}${found?.[1] === undefined ? '' : `,format=${found[1]}`}`
      if (!addDisk(state, { options: OptionList.parse(text), words: [] }, { bus: 'usb' }))
        state.keep('-usbdevice', value)
      return
    }
    case 'host': {
      const ids = /^([\da-f]{4}):([\da-f]{4})$/i.exec(more)
      const place = /^(\d+)\.(\d+)$/.exec(more)
      const element = hostUsb(ids?.[1], ids?.[2], place?.[1], place?.[2])
      if (element) state.devices.push(element)
      else state.keep('-usbdevice', value)
      return
    }
    case 'net': {
      const options = OptionList.parse(more.replace(/^[^:]*:/, ''))
      state.legacyNics.push(
        OptionList.parse(
          `nic,model=usb-net${options.get('macaddr') === undefined ? '' : `,macaddr=${options.get('macaddr') ?? ''}`}`,
          'type',
        ),
      )
      state.hasNetwork = true
      return
    }
    case 'serial':
      state.devices.push(el('serial', { type: 'pty' }, [el('target', { type: 'usb-serial' })]))
      state.tell('The serial port at USB is a text console of the window.')
      return
    default:
      state.keep('-usbdevice', value)
  }
}
