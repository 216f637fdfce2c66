/** What belongs to the whole VM: who it is, its clock, what follows an event, and what its BIOS tables say. */
import { add, type Build } from './build'
import { number, options } from './options'
import type { Reading } from './reading'

export function planIdentity(build: Build): void {
  const { domain } = build
  const name = domain.textAt('name') ?? 'vm'
  add(
    build,
    'name',
    'The name of the VM, which windows and process lists show.',
    '-name',
    options(undefined, { guest: name, 'debug-threads': true }),
  )
  const uuid = domain.textAt('uuid')
  if (uuid !== undefined) add(build, 'identity', 'The number by which the VM is known.', '-uuid', uuid)
  const genid = domain.child('genid')
  if (genid)
    add(
      build,
      'generation ID',
      'Tells Windows when it has been cloned or set back.',
      '-device',
      options('vmgenid', { guid: genid.text() ?? 'auto', id: 'vmgenid0' }),
    )
}

/** https://libvirt.org/formatdomain.html#time-keeping */
export function planClock(build: Build): void {
  const clock = build.domain.child('clock')
  const offset = clock?.attr('offset') ?? 'utc'
  const timers = clock?.children('timer') ?? []
  const rtc = timers.find((timer) => timer.attr('name') === 'rtc')
  const start = number(clock?.attr('start'))
  const localBasis = clock?.attr('basis') === 'localtime'
  const adjustment = clock?.attr('adjustment')
  if (adjustment !== undefined && !['0', 'reset'].includes(adjustment))
    build.notes.push(
      `The clock begins without the adjustment of ${adjustment} seconds: QEMU is given a whole date only.`,
    )
  if (offset === 'timezone')
    build.notes.push(`The clock begins with UTC: QEMU knows no time zone (${clock?.attr('timezone') ?? ''}).`)
  const base =
    offset === 'absolute' && start !== undefined
      ? new Date(start * 1000).toISOString().replace(/\.\d{3}Z$/, '')
      : offset === 'localtime' || (offset === 'variable' && localBasis)
        ? 'localtime'
        : 'utc'
  const track = rtc?.attr('track')
  add(
    build,
    'clock',
    base === 'localtime'
      ? 'The clock of the board shows the host’s local time, as Windows expects.'
      : 'The clock of the board, as the guest finds it at the start.',
    '-rtc',
    options(undefined, {
      base,
      clock: track === 'guest' ? 'vm' : track === 'wall' ? 'host' : undefined,
      driftfix: rtc?.attr('tickpolicy') === 'catchup' && build.machine.isX86 ? 'slew' : undefined,
    }),
  )
  const pit = timers.find((timer) => timer.attr('name') === 'pit')?.attr('tickpolicy')
  // a property of KVM's timer; the emulated one has none
  if (pit !== undefined && build.isKvm && build.machine.isX86)
    add(
      build,
      'clock',
      'What happens to ticks of the old timer that came too late.',
      '-global',
      `kvm-pit.lost_tick_policy=${pit === 'discard' ? 'discard' : 'delay'}`,
    )
}

/** https://libvirt.org/formatdomain.html#events-configuration */
export function planEvents(build: Build): void {
  const { domain } = build
  const action = (name: string, usual: string): string => domain.textAt(name) ?? usual
  const off = action('on_poweroff', 'destroy')
  const reboot = action('on_reboot', 'restart')
  const crash = action('on_crash', 'destroy')
  const actions: Record<string, string> = {}
  if (off === 'preserve') actions['shutdown'] = 'pause'
  else if (off !== 'destroy')
    build.notes.push('A VM that powers off is over: QEMU cannot start it again by itself.')
  if (reboot === 'destroy') actions['reboot'] = 'shutdown'
  else if (reboot !== 'restart')
    build.notes.push(`What follows a restart of the guest (${reboot}) cannot be told to QEMU.`)
  if (crash === 'preserve') actions['panic'] = 'pause'
  else if (crash !== 'destroy')
    build.notes.push(
      `A guest that crashes is stopped: QEMU does not ${crash === 'restart' ? 'start it again' : 'write a dump'} by itself.`,
    )
  const watchdog = build.devices.find(({ name }) => name === 'watchdog')?.attr('action')
  if (watchdog !== undefined && watchdog !== 'dump')
    actions['watchdog'] = watchdog === 'poweroff' ? 'poweroff' : watchdog
  else if (watchdog === 'dump') {
    actions['watchdog'] = 'pause'
    build.notes.push('The watchdog pauses the guest: QEMU writes no dump by itself.')
  }
  const lock = domain.textAt('on_lockfailure')
  if (lock !== undefined)
    build.notes.push('Locks on disks are a part of libvirt: what follows a lost one is left out.')
  if (Object.keys(actions).length > 0)
    add(
      build,
      'events',
      'What follows when the guest powers off, restarts or crashes.',
      '-action',
      options(undefined, actions),
    )
}

/** https://libvirt.org/formatdomain.html#smbios-system-information */
export function planTables(build: Build): void {
  const { domain } = build
  const mode = domain.at('os', 'smbios')?.attr('mode') ?? 'emulate'
  if (mode === 'host')
    build.notes.push('The BIOS tables of the host are not copied into the guest: QEMU does not read them.')
  for (const sysinfo of domain.children('sysinfo')) {
    if (sysinfo.attr('type') === 'fwcfg') planFwCfg(build, sysinfo)
    else if (mode !== 'sysinfo') {
      build.notes.push(
        'What the BIOS is to say of the machine is left out, as the definition does not use it (smbios mode).',
      )
      sysinfo.whole()
    } else planSmbios(build, sysinfo)
  }
}

/** Number of the table, and the names of entries where QEMU's differ. */
const tables: Readonly<
  Record<string, { readonly type: number; readonly names: Readonly<Record<string, string>> }>
> = {
  bios: { type: 0, names: { vendor: 'vendor', version: 'version', date: 'date', release: 'release' } },
  system: {
    type: 1,
    names: {
      manufacturer: 'manufacturer',
      product: 'product',
      version: 'version',
      serial: 'serial',
      uuid: 'uuid',
      sku: 'sku',
      family: 'family',
    },
  },
  baseBoard: {
    type: 2,
    names: {
      manufacturer: 'manufacturer',
      product: 'product',
      version: 'version',
      serial: 'serial',
      asset: 'asset',
      location: 'location',
    },
  },
  chassis: {
    type: 3,
    names: { manufacturer: 'manufacturer', version: 'version', serial: 'serial', asset: 'asset', sku: 'sku' },
  },
}

function planSmbios(build: Build, sysinfo: Reading): void {
  const why = 'What the BIOS of the guest says of the machine.'
  for (const [name, { type, names }] of Object.entries(tables))
    for (const group of sysinfo.children(name)) {
      const entries = group.children('entry').flatMap((entry) => {
        const property = names[entry.attr('name') ?? '']
        const value = property === undefined ? undefined : entry.text()
        return property === undefined || value === undefined ? [] : [[property, value] as const]
      })
      if (entries.length > 0)
        add(
          build,
          'BIOS tables',
          why,
          '-smbios',
          options(undefined, { type, ...Object.fromEntries(entries) }),
        )
    }
  const strings = (sysinfo.child('oemStrings')?.children('entry') ?? []).map((entry) => entry.text() ?? '')
  if (strings.length > 0)
    add(
      build,
      'BIOS tables',
      why,
      '-smbios',
      ['type=11', ...strings.map((value) => options(undefined, { value }))].join(','),
    )
}

function planFwCfg(build: Build, sysinfo: Reading): void {
  for (const entry of sysinfo.children('entry')) {
    const name = entry.attr('name')
    const file = entry.attr('file')
    add(
      build,
      'firmware configuration',
      'A text or file that the firmware hands to the guest.',
      '-fw_cfg',
      options(undefined, file === undefined ? { name, string: entry.text() ?? '' } : { name, file }),
    )
  }
}

/** https://libvirt.org/drvqemu.html#pass-through-of-arbitrary-qemu-commands; last, so that it may change what stands before. */
export function planOwnWords(build: Build): readonly (readonly [string, string])[] {
  const environment: (readonly [string, string])[] = []
  const words: string[] = []
  const names = new Set(build.domain.element.children().map(({ name }) => name))
  const foreign = [...names].filter((name) => /(^|:)(commandline|deprecation)$/.test(name))
  for (const child of foreign.flatMap((name) => build.domain.children(name))) {
    const local = child.name.replace(/^[^:]*:/, '')
    if (local === 'commandline' && isQemus(build.domain, child)) {
      for (const one of child.all()) {
        if (one.name.endsWith('arg')) words.push(one.attr('value') ?? '')
        else environment.push([one.attr('name') ?? '', one.attr('value') ?? ''])
      }
    } else if (local === 'deprecation' && isQemus(build.domain, child)) {
      const behavior = child.attr('behavior')
      const compat = { omit: 'accept,deprecated-output=hide', reject: 'reject', crash: 'crash' }[
        behavior ?? ''
      ]
      if (compat !== undefined)
        add(
          build,
          'old options',
          'What QEMU does when it is told something that will go away.',
          '-compat',
          `deprecated-input=${compat}`,
        )
    }
  }
  if (words.length > 0)
    add(build, 'own words', 'Words of the definition that go to QEMU as they are.', ...words)
  return environment
}

const qemuUri = 'http://libvirt.org/schemas/domain/qemu/1.0'

function isQemus(domain: Reading, child: Reading): boolean {
  const at = child.name.indexOf(':')
  const name = at < 0 ? 'xmlns' : `xmlns:${child.name.slice(0, at)}`
  return (child.element.attribute(name) ?? domain.element.attribute(name)) === qemuUri
}

/** Is on unless said otherwise: system calls that no emulator needs are refused by the kernel. */
export function planSandbox(build: Build): void {
  // other systems than Linux have none
  if (build.host.accelerators.some((one) => one === 'hvf' || one === 'whpx')) return
  add(
    build,
    'sandbox',
    'System calls that QEMU has no need of are refused by the host’s kernel.',
    '-sandbox',
    'on,obsolete=deny,elevateprivileges=allow,spawn=allow,resourcecontrol=deny',
  )
}
