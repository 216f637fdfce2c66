/** Hardware changed under one real guest that runs, each seen from inside the guest. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inGuest } from '../../../../e2e/lab/guest-agent'
import { hotplugGuestXml } from '../../../../e2e/lab/hotplug-guest'
import { startLab, type Lab } from '../../../../e2e/lab/lab'
import type { HardwareChange } from '../../../../shared/model/hardware/change'
import type { ApplyOutcome, ChangeResult } from '../../../../shared/model/hardware/view'
import type { VmId } from '../../../../shared/model/ids'
import { EditDocument, type EditElement } from '../../../domain-xml/edit/tree'
import type { HypervisorSession } from '../../backend'
import { expectKind } from '../../suite/expect-kind'
import { openSession } from '../testing/suite-host'
import { Virsh } from '../testing/virsh'

const vm = { name: 'hotplug', uuid: '4077b106-0000-4000-8000-000000000001', mac: '52:54:00:40:77:01' }
const id = vm.uuid as VmId
const secondMac = '52:54:00:40:77:02'
const pool = '/var/lib/libvirt/images'
const disk = { key: 'vdb', file: `${pool}/hotplug-disk.img` }
const media = [`${pool}/hotplug-one.iso`, `${pool}/hotplug-two.iso`] as const
const mebibyte = 1024 ** 2

type Values = Extract<HardwareChange, { kind: 'set' }>['values']

const set = (kind: string, key: string, values: Values, unset: string[] = []): HardwareChange => ({
  kind: 'set',
  item: { kind, key },
  values,
  unset,
})
const add = (device: string, values: Values): HardwareChange => ({ kind: 'add', device, key: 'new', values })
const remove = (kind: string, key: string): HardwareChange => ({ kind: 'remove', item: { kind, key } })
const newDisk = add('disk', {
  device: 'disk',
  sourceType: 'file',
  file: disk.file,
  bus: 'virtio',
  target: disk.key,
  driverName: 'qemu',
  format: 'raw',
})

describe('a guest that runs', { timeout: 120_000 }, () => {
  let lab: Lab
  let virsh: Virsh
  let session: HypervisorSession
  let folder = ''
  const figures: string[] = []

  const host = () => lab.host('labA')
  const guest = (script: string) => inGuest(host(), vm.name, script)

  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA'] })
    virsh = new Virsh(host().uri())
    folder = await mkdtemp(join(tmpdir(), 'innkeeper-hotplug-'))
    await cleanUp()
    await host().exec(['truncate', '-s', '8M', disk.file])
    for (const [at, file] of media.entries())
      await host().exec(['sh', '-c', `{ echo MEDIUM-${at + 1}; head -c 1048576 /dev/zero; } >${file}`])
    const file = join(folder, 'guest.xml')
    await writeFile(file, hotplugGuestXml(vm))
    await virsh.do('define', file)
    await virsh.do('start', vm.name)
    session = await openSession(host().uri())
    await host().waitReady(vm.name)
    // there is no udev: drivers of what comes later are loaded by hand
    await eventually(() => guest('modprobe -a virtio_blk virtio_net sr_mod virtio-rng && echo ok'), 'ok')
  }, 180_000)

  afterAll(async () => {
    process.stdout.write(`${figures.join('\n')}\n`)
    await session?.close()
    if (virsh) await cleanUp()
    await lab?.stop()
    if (folder !== '') await rm(folder, { recursive: true })
  }, 60_000)

  const cleanUp = async (): Promise<void> => {
    await virsh.try('destroy', vm.name)
    await virsh.try('undefine', vm.name)
    await host().exec(['rm', '-f', disk.file, ...media])
    for (const bridge of ['hp0', 'hp1'])
      await host()
        .exec(['ip', 'link', 'del', bridge])
        .catch(() => '')
  }

  async function eventually(look: () => Promise<string>, expected: string | RegExp): Promise<void> {
    const isIt = (text: string): boolean =>
      typeof expected === 'string' ? text === expected : expected.test(text)
    let last = ''
    for (const deadline = Date.now() + 30_000; Date.now() < deadline; await delay(250)) {
      last = await look().catch(String)
      if (isIt(last)) return
    }
    if (typeof expected === 'string') expect(last).toBe(expected)
    else expect(last).toMatch(expected)
  }

  const send = async (
    changes: readonly HardwareChange[],
    when: 'now' | 'next-start',
  ): Promise<ApplyOutcome> => {
    const { base } = await session.hardware(id)
    return session.changeHardware(
      id,
      { base, changes: [...changes], when },
      { signal: new AbortController().signal, onProgress: () => undefined },
    )
  }
  const results = async (changes: readonly HardwareChange[], when: 'now' | 'next-start' = 'now') => {
    const outcome = await send(changes, when)
    if (outcome.kind !== 'applied') throw new Error(`The outcome was ${outcome.kind}`)
    return outcome.results
  }
  /** Changes that happen now, all of them, so that nothing is left for the next start. */
  const now = async (what: string, ...changes: HardwareChange[]): Promise<void> => {
    const startedMs = Date.now()
    const done = await results(changes)
    figures.push(`${what}: ${Date.now() - startedMs} ms`)
    expect(done).toEqual(changes.map((): ChangeResult => ({ when: 'now' })))
    // a balloon takes its time
    await eventually(async () => JSON.stringify((await session.hardware(id)).pending), '[]')
  }
  const stored = () => virsh.do('dumpxml', '--inactive', '--security-info', vm.name)
  const running = async (): Promise<EditElement> =>
    EditDocument.parse(await virsh.do('dumpxml', '--security-info', vm.name)).root
  const addresses = (domain: EditElement, name: string): (string | undefined)[] =>
    domain
      .find('devices')
      ?.children(name)
      .map((one) => one.find('address')?.toString()) ?? []

  it('gets a disk, at the place where the next start has it', async () => {
    await now('disk plugged in', newDisk)
    await eventually(() => guest('cat /sys/block/vd*/size'), '16384')
    const later = EditDocument.parse(await stored()).root
    expect(addresses(await running(), 'disk')).toEqual(addresses(later, 'disk'))
  })

  it('has the disk limited, and free again', async () => {
    const tuned = async (name: string) =>
      new RegExp(`${name}\\s*: (\\d+)`).exec(await virsh.do('blkdeviotune', vm.name, disk.key))?.[1]
    await now(
      'disk limited',
      set('disk', disk.key, { totalBytesSec: 2 * mebibyte, readIopsSec: 100, readIopsSecMax: 200 }),
    )
    expect(await tuned('total_bytes_sec')).toBe(String(2 * mebibyte))
    expect(await tuned('read_iops_sec')).toBe('100')
    expect(await tuned('read_iops_sec_max')).toBe('200')
    await now('limits lifted', set('disk', disk.key, {}, ['totalBytesSec', 'readIopsSec', 'readIopsSecMax']))
    expect(await tuned('total_bytes_sec')).toBe('0')
    expect(await tuned('read_iops_sec')).toBe('0')
  })

  it('keeps a disk that it does not let go of, says so, and loses it later', async () => {
    await virsh.do('suspend', vm.name)
    try {
      const [result] = await results([remove('disk', disk.key)])
      expect(result).toMatchObject({
        when: 'next-start',
        whyNotNow: 'The guest has not let go of the device',
      })
      expect((await session.hardware(id)).pending).toEqual([
        { item: { kind: 'disk', key: disk.key }, what: { kind: 'removed' } },
      ])
    } finally {
      await virsh.do('resume', vm.name)
    }
    await eventually(() => guest('ls /sys/block | grep -c vd'), '0')
    await eventually(async () => String((await session.hardware(id)).pending.length), '0')
  })

  it('loses a disk', async () => {
    await now('disk plugged in again', newDisk)
    await eventually(() => guest('cat /sys/block/vd*/size'), '16384')
    await now('disk plugged out', remove('disk', disk.key))
    await eventually(() => guest('ls /sys/block | grep -c vd'), '0')
  })

  it('gets a medium, another one, and none', async () => {
    const reads = () => guest('dd if=/dev/sr0 bs=512 count=1 2>/dev/null | head -n 1')
    await now('medium inserted', set('disk', 'sda', { sourceType: 'file', file: media[0] }))
    await eventually(reads, 'MEDIUM-1')
    await now('medium changed', set('disk', 'sda', { file: media[1] }))
    await eventually(reads, 'MEDIUM-2')
    await now('medium ejected', set('disk', 'sda', {}, ['file']))
    await eventually(reads, '')
  })

  it('keeps a medium that it has locked, says so, loses it by force, and takes changes after letting go', async () => {
    await now('medium inserted again', set('disk', 'sda', { sourceType: 'file', file: media[0] }))
    await eventually(() => guest('dd if=/dev/sr0 bs=512 count=1 2>/dev/null | head -n 1'), 'MEDIUM-1')
    // a program that has the drive open locks its door
    await guest('sleep 1000 </dev/sr0 >/dev/null 2>&1 & echo $! >/run/holder')
    const [result] = await results([set('disk', 'sda', { file: media[1] })])
    expect(result).toMatchObject({ when: 'next-start' })
    expect(result?.whyNotNow).toContain('drive')
    expect(result?.canBeForced).toBe(true)
    const forced = { ...set('disk', 'sda', { file: media[1] }), isForced: true as const }
    await now('medium changed by force', forced)
    expect(await virsh.do('domblklist', vm.name)).toContain(media[1])
    await guest('kill $(cat /run/holder)')
    await now('medium of before', set('disk', 'sda', { file: media[0] }))
    await now('medium changed after the lock', set('disk', 'sda', { file: media[1] }))
    await now('medium ejected', set('disk', 'sda', {}, ['file']))
  })

  it('gets a network card and loses it', async () => {
    await now('card plugged in', add('nic', { type: 'user', mac: secondMac, model: 'virtio' }))
    await eventually(() => guest('cat /sys/class/net/*/address'), new RegExp(secondMac))
    await now('card plugged out', remove('nic', secondMac))
    await eventually(() => guest(`grep -c ${secondMac} /sys/class/net/*/address | grep -c ':1'`), '0')
  })

  it('has its cable pulled and put back', async () => {
    const carrier = () =>
      guest(
        `cd $(dirname $(grep -l ${vm.mac} /sys/class/net/*/address)); ip link set $(basename $PWD) up; cat carrier`,
      )
    await eventually(carrier, '1')
    await now('cable pulled', set('nic', vm.mac, { linkUp: false }))
    await eventually(carrier, '0')
    await now('cable plugged in', set('nic', vm.mac, {}, ['linkUp']))
    await eventually(carrier, '1')
  })

  it('is moved from one bridge to another', async () => {
    for (const bridge of ['hp0', 'hp1']) await host().exec(['ip', 'link', 'add', bridge, 'type', 'bridge'])
    await now(
      'card on a bridge',
      add('nic', { type: 'bridge', bridge: 'hp0', mac: secondMac, model: 'virtio' }),
    )
    const ports = (bridge: string) => host().exec(['sh', '-c', `ls /sys/class/net/${bridge}/brif | wc -l`])
    expect((await ports('hp0')).trim()).toBe('1')
    await now('card moved to another bridge', set('nic', secondMac, { bridge: 'hp1' }))
    expect((await ports('hp0')).trim()).toBe('0')
    expect((await ports('hp1')).trim()).toBe('1')
    await now('card plugged out', remove('nic', secondMac))
  })

  it('gives memory back and gets it again', async () => {
    const total = async () => Number(await guest(`awk '/MemTotal/ { print $2 }' /proc/meminfo`))
    const before = await total()
    await now('memory taken', set('memory', '', { current: 192 * mebibyte }))
    await eventually(async () => String((await total()) < before - 48 * 1024), 'true')
    await now('memory given back', set('memory', '', {}, ['current']))
    await eventually(async () => String((await total()) >= before), 'true')
  })

  it('reports its memory as often as is asked', async () => {
    await now('period of reports', set('balloon', 'balloon', { statsPeriodS: 5 }))
    expect((await running()).find('devices', 'memballoon', 'stats')?.attribute('period')).toBe('5')
  })

  it('gets a watchdog and a source of random numbers, and loses them', async () => {
    const has = (device: string) => guest(`cat /sys/bus/pci/devices/*/device | grep -c ${device}`)
    await now('watchdog plugged in', add('watchdog', { model: 'i6300esb', action: 'none' }))
    await eventually(() => has('0x25ab'), '1')
    await now('watchdog plugged out', remove('watchdog', 'i6300esb'))
    await eventually(() => has('0x25ab'), '0')
    await now(
      'random numbers plugged in',
      add('rng', { model: 'virtio', backend: 'random', device: '/dev/urandom' }),
    )
    await eventually(() => has('0x1044'), '1')
    await now('random numbers plugged out', remove('rng', '#0'))
    await eventually(() => has('0x1044'), '0')
  })

  it('has another password on its screen, which no command shows', async () => {
    const { base } = await session.hardware(id)
    const change = set('graphics', 'vnc', { password: 'after' })
    const preview = await session.previewHardware(id, { base, changes: [change], when: 'now' })
    expect(preview.commands.join('\n')).not.toMatch(/after|before/)
    await now('password changed', change)
    expect((await running()).find('devices', 'graphics')?.attribute('passwd')).toBe('after')
  })

  it('has its share of the host limited', async () => {
    const says = async (name: string, ...words: string[]) =>
      new RegExp(`${name}\\s*: (\\S+)`).exec(await virsh.do(...words))?.[1]
    await now('CPU time limited', set('vcpu-tuning', '', { quota: 50_000, shares: 200 }))
    expect(await says('vcpu_quota', 'schedinfo', vm.name)).toBe('50000')
    expect(await says('cpu_shares', 'schedinfo', vm.name)).toBe('200')
    await now('CPU time free', set('vcpu-tuning', '', {}, ['quota']))
    expect(Number(await says('vcpu_quota', 'schedinfo', vm.name))).not.toBe(50_000)
    await now('memory limited', set('memory', '', { hardLimit: 2048 * mebibyte }))
    expect(await says('hard_limit', 'memtune', vm.name)).toBe(String(2048 * 1024))
    await now('memory free', set('memory', '', {}, ['hardLimit']))
    expect(await says('hard_limit', 'memtune', vm.name)).toBe('unlimited')
    const [share] = await results([set('vcpu-tuning', '', {}, ['shares'])])
    expect(share).toMatchObject({
      when: 'next-start',
      whyNotNow: expect.stringContaining('next start') as string,
    })
    await results([{ kind: 'as-running' }])
  })

  it('has its threads pinned, and gets and loses I/O threads', async () => {
    const tuning = async () => (await running()).find('cputune')
    const pins = {
      emulatorPin: '0',
      vcpuPins: [{ vcpu: 0, cpus: '1' }],
      ioThreadPins: [{ thread: 1, cpus: '0' }],
    }
    await now('threads pinned', set('vcpu-tuning', '', pins))
    expect((await tuning())?.find('emulatorpin')?.attribute('cpuset')).toBe('0')
    expect((await tuning())?.find('vcpupin')?.attribute('cpuset')).toBe('1')
    expect((await tuning())?.find('iothreadpin')?.attribute('cpuset')).toBe('0')
    const threads = async () => (await virsh.do('iothreadinfo', vm.name)).match(/^\s*\d+\s/gm)?.length
    expect(await threads()).toBe(1)
    await now('I/O threads added', set('vcpu-tuning', '', { ioThreads: 3 }))
    expect(await threads()).toBe(3)
    await now('I/O threads removed', set('vcpu-tuning', '', { ioThreads: 1 }))
    expect(await threads()).toBe(1)
  })

  it('gets a virtual CPU, and gives it back or says that it does not', async () => {
    const cpus = () => guest('ls -d /sys/devices/system/cpu/cpu[0-9]* | wc -l')
    await eventually(cpus, '1')
    await now('virtual CPU switched on', set('cpu', '', { current: 2 }))
    await eventually(cpus, '2')
    await guest('echo 1 >/sys/devices/system/cpu/cpu1/online')
    await eventually(() => guest('nproc'), '2')
    const [result] = await results([set('cpu', '', { current: 1 })])
    figures.push(`virtual CPU switched off: ${JSON.stringify(result)}`)
    // QEMU 7.2 without KVM asks the guest, which lets go, and does not finish
    if (result?.when === 'now') await eventually(cpus, '1')
    else {
      expect(result?.whyNotNow).toContain('has not changed in time')
      const { pending } = await session.hardware(id)
      expect(pending).toContainEqual({
        item: { kind: 'cpu', key: '' },
        what: expect.objectContaining({ kind: 'changed', field: 'current', next: 1 }) as unknown,
      })
      await results([{ kind: 'as-running' }])
      expect((await session.hardware(id)).pending).toEqual([])
    }
  })

  it('has a changed processor waiting, reverted, and used by the next start', async () => {
    const change = set('cpu', '', { model: 'Nehalem' })
    expect(await results([change])).toEqual([{ when: 'next-start' }])
    expect((await session.hardware(id)).pending).toMatchObject([
      {
        item: { kind: 'cpu', key: '' },
        what: { kind: 'changed', field: 'model', now: 'qemu64', next: 'Nehalem' },
      },
    ])
    await results([{ kind: 'as-running', item: { kind: 'cpu', key: '' }, field: 'model' }])
    expect((await session.hardware(id)).pending).toEqual([])
    await results([change])
    await virsh.do('destroy', vm.name)
    await virsh.do('start', vm.name)
    await host().waitReady(vm.name)
    expect((await running()).find('cpu', 'model')?.text()).toBe('Nehalem')
    await eventually(() => guest(`grep -m 1 'model name' /proc/cpuinfo`), /Nehalem|i7 9xx/)
    expect((await session.hardware(id)).pending).toEqual([])
  })

  it('is not changed when somebody else has changed it meanwhile', async () => {
    const { base } = await session.hardware(id)
    await virsh.do('desc', vm.name, '--title', '--config', '--new-desc', 'theirs')
    const before = await stored()
    const outcome = await session.changeHardware(
      id,
      { base, changes: [set('general', '', { title: 'ours' }), newDisk], when: 'now' },
      { signal: new AbortController().signal, onProgress: () => undefined },
    )
    if (outcome.kind !== 'conflict') throw new Error(`The outcome was ${outcome.kind}`)
    expect(outcome.theirs).toContain('theirs')
    expect(outcome.ours).toContain('ours')
    expect(outcome.before).not.toContain('theirs')
    expect(await stored()).toBe(before)
    expect((await running()).find('devices')?.children('disk')).toHaveLength(1)
  })

  it('and its definition stay as they were when the host refuses the change', async () => {
    const before = [await stored(), (await running()).toString()]
    for (const change of [
      // the host knows no such machine and no such controller
      { kind: 'definition', xml: (await stored()).replace(/machine='[^']*'/, `machine='pc-no-such'`) },
      {
        kind: 'add-xml',
        key: 'x',
        xml: `<disk type='file' device='disk'><target dev='sda' bus='sata'/></disk>`,
      },
      { kind: 'add-xml', key: 'x', xml: `<disk type='nonsense'><target dev='vdx'/></disk>` },
    ] as const) {
      const error = await expectKind(send([change], 'now'), 'invalid', 'unsupported')
      expect(error.detail ?? '').not.toBe('')
    }
    expect([await stored(), (await running()).toString()]).toEqual(before)
  })

  it('is said to be gone when it was undefined meanwhile', async () => {
    const { base } = await session.hardware(id)
    await virsh.do('destroy', vm.name)
    await virsh.do('undefine', vm.name)
    await expectKind(
      session.changeHardware(
        id,
        { base, changes: [set('general', '', { title: 'x' })], when: 'now' },
        { signal: new AbortController().signal, onProgress: () => undefined },
      ),
      'not-found',
    )
    expect(await virsh.has('domstate', vm.name)).toBe(false)
  })
})
