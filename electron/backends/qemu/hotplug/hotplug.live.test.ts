/** Hardware changed under one real guest that QEMU runs without libvirt, each change seen from inside the guest. */
import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PlainGuest, plainVm } from '../../../../e2e/lab/plain-guest'
import type { HardwareChange } from '../../../../shared/model/hardware/change'
import type { VmId } from '../../../../shared/model/ids'
import type { ChangeResult } from '../../../../shared/model/hardware/view'
import { EditDocument, type EditElement } from '../../../domain-xml/edit/tree'
import type { HypervisorSession } from '../../backend'
import { calm } from '../../suite/expect-kind'
import { openSession } from '../testing/open-session'

const { mac } = plainVm
const id = plainVm.id as VmId
const secondMac = '52:54:00:40:b1:07'
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

describe('a guest that QEMU runs without libvirt', { timeout: 180_000 }, () => {
  let vm: PlainGuest
  let session: HypervisorSession

  const guest = (script: string) => vm.shell(script)
  const newDisk = () =>
    add('disk', {
      device: 'disk',
      sourceType: 'file',
      file: vm.disk,
      bus: 'virtio',
      target: 'vdb',
      driverName: 'qemu',
      format: 'raw',
    })

  beforeAll(async () => {
    vm = await PlainGuest.make()
    session = await openSession({ uri: vm.uri })
    await session.power(id, 'start', calm())
    await vm.booted()
    // there is no udev: drivers of what comes later are loaded by hand
    await eventually(() => guest('modprobe -a virtio_blk virtio_net sr_mod virtio-rng && echo ok'), 'ok')
  }, 240_000)

  afterAll(async () => {
    await session?.close()
    await vm?.tearDown()
  }, 60_000)

  async function eventually(look: () => Promise<string>, expected: string | RegExp): Promise<void> {
    const isIt = (text: string): boolean =>
      typeof expected === 'string' ? text === expected : expected.test(text)
    let last = ''
    for (const deadline = Date.now() + 60_000; Date.now() < deadline; await delay(250)) {
      last = await look().catch(String)
      if (isIt(last)) return
    }
    if (typeof expected === 'string') expect(last).toBe(expected)
    else expect(last).toMatch(expected)
  }

  const results = async (...changes: HardwareChange[]): Promise<readonly ChangeResult[]> => {
    const { base } = await session.hardware(id)
    const outcome = await session.changeHardware(id, { base, changes, when: 'now' }, calm())
    if (outcome.kind !== 'applied') throw new Error(`The outcome was ${outcome.kind}`)
    return outcome.results
  }
  /** Changes that happen now, all of them, so that nothing is left for the next start. */
  const now = async (...changes: HardwareChange[]): Promise<void> => {
    expect(await results(...changes)).toEqual(changes.map((): ChangeResult => ({ when: 'now' })))
    // a balloon takes its time
    await eventually(async () => JSON.stringify((await session.hardware(id)).pending), '[]')
  }
  const running = async (): Promise<EditElement> => EditDocument.parse(await vm.running()).root
  const stored = async (): Promise<EditElement> => EditDocument.parse(await vm.stored()).root
  const placesOf = (domain: EditElement, device: string): (string | undefined)[] =>
    domain
      .find('devices')
      ?.children(device)
      .map((one) => one.find('address')?.toString()) ?? []
  const ask = async (command: string): Promise<string> =>
    (await session.qemuMonitor.monitorCommand(id, 'hmp', command)).text.trim()

  it('gets a disk that it can write to, at the place where the next start has it', async () => {
    await now(newDisk())
    await eventually(() => guest('cat /sys/block/vd*/size'), '16384')
    await guest('echo written-inside | dd of=$(ls -d /dev/vd?) conv=fsync 2>/dev/null')
    expect((await readFile(vm.disk)).subarray(0, 14).toString()).toBe('written-inside')
    expect(placesOf(await running(), 'disk')).toEqual(placesOf(await stored(), 'disk'))
  })

  it('has the disk limited, and free again', async () => {
    const said = () => ask('info block')
    await now(set('disk', 'vdb', { totalBytesSec: 2 * mebibyte, readIopsSec: 100, readIopsSecMax: 200 }))
    expect(await said()).toMatch(/bps=2097152 .*iops_rd=100 .*iops_rd_max=200/)
    await now(set('disk', 'vdb', {}, ['totalBytesSec', 'readIopsSec', 'readIopsSecMax']))
    expect(await said()).not.toContain('bps=')
  })

  it('keeps a disk that it does not let go of, says so, and loses it later', async () => {
    await session.power(id, 'pause', calm())
    try {
      const [result] = await results(remove('disk', 'vdb'))
      expect(result).toMatchObject({
        when: 'next-start',
        whyNotNow: 'The guest has not let go of the device',
      })
      expect((await session.hardware(id)).pending).toEqual([
        { item: { kind: 'disk', key: 'vdb' }, what: { kind: 'removed' } },
      ])
    } finally {
      await session.power(id, 'resume', calm())
    }
    await eventually(() => guest('ls /sys/block | grep -c vd'), '0')
    await eventually(async () => String((await session.hardware(id)).pending.length), '0')
    await eventually(async () => String((await ask('info block')).includes(vm.disk)), 'false')
  })

  it('gets a disk that is limited from the first moment, and loses it', async () => {
    const limited = newDisk()
    if (limited.kind !== 'add') throw new Error('It is added')
    await now({ ...limited, values: { ...limited.values, totalIopsSec: 500 } })
    await eventually(() => guest('cat /sys/block/vd*/size'), '16384')
    await now(set('disk', 'vdb', { totalIopsSec: 300 }))
    expect(await ask('qom-get /objects/limit-vdb limits')).toContain('"iops-total": 300')
    await now(remove('disk', 'vdb'))
    await eventually(() => guest('ls /sys/block | grep -c vd'), '0')
    expect(await ask('info block -n')).not.toContain('vdb')
  })

  it('is not given a disk whose file cannot be opened, and has nothing left of it', async () => {
    const missing = newDisk()
    if (missing.kind !== 'add') throw new Error('It is added')
    const [result] = await results({ ...missing, values: { ...missing.values, file: '/nowhere/disk.img' } })
    expect(result).toMatchObject({
      when: 'next-start',
      whyNotNow: 'The host could not plug this into the running VM',
      detail: expect.stringContaining('/nowhere/disk.img') as string,
    })
    expect(await ask('info block -n')).not.toContain('vdb')
    await results({ kind: 'as-running' })
    expect((await session.hardware(id)).pending).toEqual([])
  })

  it('gets a medium, another one, and none', async () => {
    const reads = () => guest('dd if=/dev/sr0 bs=512 count=1 2>/dev/null | head -n 1')
    await now(set('disk', 'sda', { sourceType: 'file', file: vm.media[0] }))
    await eventually(reads, 'MEDIUM-1')
    await now(set('disk', 'sda', { file: vm.media[1] }))
    await eventually(reads, 'MEDIUM-2')
    await now(set('disk', 'sda', {}, ['file']))
    await eventually(reads, '')
  })

  it('keeps the medium when the next one cannot be opened', async () => {
    await now(set('disk', 'sda', { sourceType: 'file', file: vm.media[0] }))
    const [result] = await results(set('disk', 'sda', { file: '/nowhere/disc.iso' }))
    expect(result).toMatchObject({ when: 'next-start', whyNotNow: 'QEMU could not open the medium' })
    await eventually(() => guest('dd if=/dev/sr0 bs=512 count=1 2>/dev/null | head -n 1'), 'MEDIUM-1')
    await results({ kind: 'as-running' })
  })

  it('keeps a medium that it has locked, says so, and loses it by force', async () => {
    await eventually(() => guest('dd if=/dev/sr0 bs=512 count=1 2>/dev/null | head -n 1'), 'MEDIUM-1')
    // a program that has the drive open locks its door
    await guest('sleep 1000 </dev/sr0 >/dev/null 2>&1 & echo $! >/run/holder')
    const [result] = await results(set('disk', 'sda', { file: vm.media[1] }))
    expect(result).toMatchObject({ when: 'next-start', canBeForced: true })
    expect(result?.whyNotNow).toContain('drive')
    await now({ ...set('disk', 'sda', { file: vm.media[1] }), isForced: true } as HardwareChange)
    expect(await ask('info block')).toContain(vm.media[1])
    await guest('kill $(cat /run/holder)')
    await now(set('disk', 'sda', {}, ['file']))
  })

  it('gets a network card and loses it', async () => {
    await now(add('nic', { type: 'user', mac: secondMac, model: 'virtio' }))
    await eventually(() => guest('cat /sys/class/net/*/address'), new RegExp(secondMac))
    await now(remove('nic', secondMac))
    await eventually(() => guest(`grep -c ${secondMac} /sys/class/net/*/address | grep -c ':1'`), '0')
    expect(await ask('info network')).not.toContain('hostnet1')
  })

  it('has its cable pulled and put back', async () => {
    const carrier = () =>
      guest(
        `cd $(dirname $(grep -l ${mac} /sys/class/net/*/address)); ip link set $(basename $PWD) up; cat carrier`,
      )
    await eventually(carrier, '1')
    await now(set('nic', mac, { linkUp: false }))
    await eventually(carrier, '0')
    await now(set('nic', mac, {}, ['linkUp']))
    await eventually(carrier, '1')
  })

  it('tells its addresses by its agent', async () => {
    await eventually(async () => JSON.stringify(await session.guestAddresses(id)), /10\.0\.2\.15/)
    const cards = await session.guestAddresses(id)
    expect(cards.map((card) => card.mac)).toEqual([mac])
    expect(cards[0]?.addresses[0]).toMatchObject({ address: '10.0.2.15', prefix: 24, from: 'agent' })
  })

  it('gives memory back and gets it again', async () => {
    const total = async () => Number(await guest(`awk '/MemTotal/ { print $2 }' /proc/meminfo`))
    const before = await total()
    await now(set('memory', '', { current: 192 * mebibyte }))
    await eventually(async () => String((await total()) < before - 48 * 1024), 'true')
    await now(set('memory', '', {}, ['current']))
    await eventually(async () => String((await total()) >= before), 'true')
  })

  it('gets a piece of memory', async () => {
    const blocks = () => guest('ls -d /sys/devices/system/memory/memory[0-9]* | wc -l')
    const before = Number(await blocks())
    await now(add('memory-device', { model: 'dimm', size: 128 * mebibyte, node: 0 }))
    await eventually(blocks, String(before + 1))
  })

  it('reports its memory as often as is asked', async () => {
    await now(set('balloon', 'balloon', { statsPeriodS: 5 }))
    expect(await ask('qom-get /machine/peripheral/balloon0 guest-stats-polling-interval')).toBe('5')
  })

  it('gets a source of random numbers and loses it', async () => {
    const has = () => guest('cat /sys/bus/pci/devices/*/device | grep -c 0x1044')
    await now(add('rng', { model: 'virtio', backend: 'random', device: '/dev/urandom' }))
    await eventually(has, '1')
    await now(remove('rng', '#0'))
    await eventually(has, '0')
  })

  it('gets a channel and loses it', async () => {
    const has = () => guest('cat /sys/class/virtio-ports/*/name | grep -c org.example')
    await now(add('channel', { type: 'unix', targetType: 'virtio', name: 'org.example.0' }))
    await eventually(has, '1')
    await now(remove('channel', 'org.example.0'))
    await eventually(has, '0')
  })

  it('has another password on its screen', async () => {
    await now(set('graphics', 'vnc', { password: 'after' }))
    expect(await session.consolePassword(id)).toBe('after')
  })

  it('has its threads pinned, and gets and loses I/O threads', async () => {
    await now(set('vcpu-tuning', '', { emulatorPin: '0', vcpuPins: [{ vcpu: 0, cpus: '1' }] }))
    const [thread] = /thread_id=(\d+)/.exec(await ask('info cpus'))?.slice(1) ?? []
    const pid = await vm.pid()
    const status = await readFile(`/proc/${pid}/task/${thread}/status`, 'utf8')
    expect(status).toMatch(/Cpus_allowed_list:\s*1\n/)
    await now(set('vcpu-tuning', '', { ioThreads: 3 }))
    expect((await ask('info iothreads')).match(/^iothread/gm)).toHaveLength(3)
    await now(set('vcpu-tuning', '', { ioThreads: 1 }))
    expect((await ask('info iothreads')).match(/^iothread/gm)).toHaveLength(1)
  })

  it('says calmly what only libvirt limits', async () => {
    const [result] = await results(set('vcpu-tuning', '', { quota: 50_000 }))
    expect(result?.whyNotNow).toContain('by libvirt only')
    await results({ kind: 'as-running' })
  })

  it('has its title and its operating system noted at once', async () => {
    await now(set('general', '', { title: 'Changed & kept' }))
    expect((await running()).find('title')?.text()).toBe('Changed & kept')
  })

  it('goes on after it was saved with all that was plugged in', async () => {
    await now(newDisk())
    await eventually(() => guest('cat /sys/block/vd*/size'), '16384')
    await guest('echo kept >/run/mark')
    await session.power(id, 'save', calm())
    await session.power(id, 'restore', calm())
    await eventually(() => guest('cat /run/mark'), 'kept')
    await eventually(() => guest('cat /sys/block/vd*/size'), '16384')
    await now(remove('disk', 'vdb'))
    await eventually(() => guest('ls /sys/block | grep -c vd'), '0')
  })

  it('shuts down when its agent is asked', async () => {
    await session.power(id, 'shutdownByAgent', calm())
    await eventually(async () => (await session.listVms())[0]?.state ?? '', 'shut-off')
  })

  it('gets a virtual CPU, and gives it back or says that it does not', async () => {
    await session.power(id, 'start', calm())
    await vm.booted()
    const cpus = () => guest('ls -d /sys/devices/system/cpu/cpu[0-9]* | wc -l')
    await eventually(cpus, '1')
    await now(set('cpu', '', { current: 2 }))
    await eventually(cpus, '2')
    await guest('echo 1 >/sys/devices/system/cpu/cpu1/online')
    await eventually(() => guest('nproc'), '2')
    const [result] = await results(set('cpu', '', { current: 1 }))
    // QEMU 7.2 without KVM asks the guest, which lets go, and does not finish
    if (result?.when === 'now') await eventually(cpus, '1')
    else {
      expect(result?.whyNotNow).toContain('has not changed in time')
      await results({ kind: 'as-running' })
      expect((await session.hardware(id)).pending).toEqual([])
    }
  })
})
