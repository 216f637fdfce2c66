/** Devices that bring a controller along, and one that goes without us, under a real guest. */
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PlainGuest, plainVm } from '../../../../e2e/lab/plain-guest'
import type { HardwareChange } from '../../../../shared/model/hardware/change'
import type { VmId } from '../../../../shared/model/ids'
import type { ChangeResult } from '../../../../shared/model/hardware/view'
import type { HypervisorSession } from '../../backend'
import { calm } from '../../suite/expect-kind'
import { openSession } from '../testing/open-session'

const id = plainVm.id as VmId
const secondMac = '52:54:00:40:b1:07'

describe('a guest that QEMU runs without libvirt', { timeout: 180_000 }, () => {
  let vm: PlainGuest
  let session: HypervisorSession

  beforeAll(async () => {
    vm = await PlainGuest.make()
    session = await openSession({ uri: vm.uri })
    await session.power(id, 'start', calm())
    await vm.booted()
    await eventually(() => vm.shell('modprobe -a virtio_scsi virtio_net && echo ok'), 'ok')
  }, 240_000)

  afterAll(async () => {
    await session?.close()
    await vm?.tearDown()
  }, 60_000)

  async function eventually(look: () => Promise<string>, expected: string): Promise<void> {
    let last = ''
    for (const deadline = Date.now() + 60_000; Date.now() < deadline; await delay(250)) {
      last = await look().catch(String)
      if (last === expected) return
    }
    expect(last).toBe(expected)
  }

  const results = async (...changes: HardwareChange[]): Promise<readonly ChangeResult[]> => {
    const { base } = await session.hardware(id)
    const outcome = await session.changeHardware(id, { base, changes, when: 'now' }, calm())
    if (outcome.kind !== 'applied') throw new Error(`The outcome was ${outcome.kind}`)
    return outcome.results
  }
  const now = async (change: HardwareChange): Promise<void> => {
    expect(await results(change)).toEqual([{ when: 'now' }])
    expect((await session.hardware(id)).pending).toEqual([])
  }
  const disk = (bus: string, target: string): HardwareChange => ({
    kind: 'add',
    device: 'disk',
    key: 'new',
    values: {
      device: 'disk',
      sourceType: 'file',
      file: vm.disk,
      bus,
      target,
      driverName: 'qemu',
      format: 'raw',
    },
  })
  const remove = (kind: string, key: string): HardwareChange => ({ kind: 'remove', item: { kind, key } })
  const ask = async (command: string): Promise<string> =>
    (await session.qemuMonitor.monitorCommand(id, 'hmp', command)).text.trim()

  it('gets a SCSI disk with the controller that it needs, and keeps the controller', async () => {
    await now(disk('scsi', 'sdb'))
    const disks = () => vm.shell('ls -d /sys/bus/scsi/devices/[1-9]*:*:*:* 2>/dev/null | wc -l')
    await eventually(disks, '1')
    await now(remove('disk', 'sdb'))
    await eventually(disks, '0')
    expect(await ask('info qtree')).toContain('id "scsi0"')
  })

  it('gets a USB disk, and loses it', async () => {
    await now(disk('usb', 'sdc'))
    expect(await ask('info usb')).toContain('usb-disk0')
    await now(remove('disk', 'sdc'))
    expect(await ask('info usb')).not.toContain('usb-disk0')
    expect(await ask('info block -n')).not.toContain('sdc')
  })

  it('loses a card by its monitor, which is found out with the next change', async () => {
    const values = { type: 'user', mac: secondMac, model: 'virtio' }
    // it takes the last port that was free: more of them wait for the next start
    expect(await results({ kind: 'add', device: 'nic', key: 'new', values })).toEqual([{ when: 'now' }])
    const { pending } = await session.hardware(id)
    expect(pending.map(({ item, what }) => [item.key, what.kind])).toEqual([
      ['pci 7', 'added'],
      ['pci 8', 'added'],
      ['pci 9', 'added'],
    ])
    // one that the guest has not seen yet it does not give back
    await eventually(() => vm.shell(`grep -l ${secondMac} /sys/class/net/*/address | wc -l`), '1')
    await ask('device_del net1')
    await eventually(
      async () => String((await ask('qom-list /machine/peripheral')).includes('net1 ')),
      'false',
    )
    await results({ kind: 'set', item: { kind: 'general', key: '' }, values: { title: 'Looked at again' } })
    expect(await vm.running()).not.toContain(secondMac)
    expect(await ask('info network')).not.toContain('hostnet1')
    await results({ kind: 'as-running' })
    expect((await session.hardware(id)).pending).toEqual([])
  })
})
