/**
 * Hardware of a host given to a VM through the same changes as the forms make: on the lab's rich host, which has an IOMMU,
 * spare cards, USB devices and SCSI disks.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLab, stateDirectory, type Lab } from '../../../../e2e/lab/lab'
import { startRichHost, type RichHost } from '../../../../e2e/lab/rich/rich-host'
import { goingTogether, whyNotAssignable } from '../../../../shared/model/assignable'
import type { HardwareChange } from '../../../../shared/model/hardware/change'
import type { VmId } from '../../../../shared/model/ids'
import type { HypervisorSession } from '../../backend'
import { openSession } from '../testing/suite-host'
import { relayInto } from '../testing/tcp-relay'

const hourMs = 3_600_000
const slow = { timeoutMs: 300_000 }
const id = '7c1d0000-0000-4000-8000-0000000000aa' as VmId

const domain = `<domain type='qemu'>
  <name>taker</name>
  <uuid>${id}</uuid>
  <memory unit='MiB'>64</memory>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <features><acpi/></features>
  <cpu mode='custom' match='exact' check='none'><model fallback='allow'>qemu64</model></cpu>
  <devices>
    <controller type='scsi' index='0' model='virtio-scsi'/>
    <controller type='usb' index='0' model='qemu-xhci'/>
  </devices>
</domain>`

const devices: HardwareChange[] = [
  { kind: 'add', device: 'pci-device', key: 'card', values: { address: '0000:01:00.0', managed: true } },
  { kind: 'add', device: 'usb-device', key: 'reader', values: { identifyBy: 'id', id: '08e6:4433' } },
  { kind: 'add', device: 'scsi-device', key: 'disk', values: { from: 'adapter', device: '0:0:0:2' } },
]

describe('hardware of the host', { timeout: hourMs }, () => {
  let lab: Lab
  let rich: RichHost
  let relay: { port: number; stop(): Promise<void> }
  let session: HypervisorSession

  beforeAll(async () => {
    lab = await startLab({ hosts: [] })
    rich = await startRichHost(lab)
    relay = await relayInto(lab.clientPrefix, { host: rich.address, port: 16_509 })
    session = await openSession(`qemu+tcp://127.0.0.1:${relay.port}/system`)
    const file = join(stateDirectory, 'assign.xml')
    await writeFile(file, domain)
    await rich.virsh(['define', file], slow)
  }, hourMs)

  afterAll(async () => {
    await session?.close()
    await relay?.stop()
    await rich?.stop()
    await lab?.stop()
  }, hourMs)

  it('is listed with its IOMMU groups, and what the host needs itself stays', async () => {
    const all = await session.nodeDevices()
    const pci = all.filter((device) => device.kind === 'pci')
    const at = (address: string) => {
      const found = pci.find((device) => device.addressText === address)
      if (!found) throw new Error(`${address} is not listed`)
      return found
    }
    expect(goingTogether(at('0000:01:00.0'), all)).toHaveLength(1)
    expect(
      goingTogether(at('0000:02:00.0'), all)
        .map((device) => (device.kind === 'pci' ? device.addressText : device.name))
        .toSorted(),
    ).toEqual(['0000:02:00.0', '0000:02:00.1'])
    expect(whyNotAssignable(at('0000:01:00.0'), all)).toBeUndefined()
    expect(whyNotAssignable(at('0000:04:00.0'), all)).not.toBeUndefined()
    expect(all.filter((device) => device.kind === 'usb').length).toBeGreaterThanOrEqual(5)
    expect(all.filter((device) => device.kind === 'scsi').length).toBeGreaterThanOrEqual(3)
  })

  it('goes to a VM, is told to be in use there, and comes back when it is taken away', async () => {
    const apply = async (changes: HardwareChange[]) => {
      const { base } = await session.hardware(id)
      const outcome = await session.changeHardware(
        id,
        { base, changes, when: 'next-start' },
        { signal: new AbortController().signal, onProgress: () => undefined },
      )
      expect(outcome.kind).toBe('applied')
    }
    await apply(devices)
    await rich.virsh(['start', 'taker'], slow)
    const live = await rich.virsh(['dumpxml', 'taker'], slow)
    expect(live).toMatch(/type='pci' managed='yes'/)
    expect(live).toMatch(/<product id='0x4433'\/>/)
    expect(live).toMatch(/<adapter name='scsi_host0'\/>\s*<address bus='0' target='0' unit='2'\/>/)
    const all = await session.nodeDevices()
    const card = all.find((device) => device.kind === 'pci' && device.addressText === '0000:01:00.0')
    expect(card).toMatchObject({ usedBy: ['taker'], driver: 'vfio-pci' })
    expect(card && whyNotAssignable(card, all)).toContain('taker')
    expect(all.find((device) => device.kind === 'usb' && device.productId === '4433')?.usedBy).toEqual([
      'taker',
    ])

    const { items, pending } = await session.hardware(id)
    expect(pending).toEqual([])
    const assigned = items.filter((item) =>
      ['pci-device', 'usb-device', 'scsi-device'].includes(item.ref.kind),
    )
    expect(assigned).toHaveLength(3)
    await rich.virsh(['destroy', 'taker'], slow)
    await apply(assigned.map((item) => ({ kind: 'remove', item: item.ref })))
    expect(await rich.virsh(['dumpxml', 'taker', '--inactive'], slow)).not.toContain('<hostdev')
    const back = (await session.nodeDevices()).find(
      (device) => device.kind === 'pci' && device.addressText === '0000:01:00.0',
    )
    expect(back).toMatchObject({ usedBy: [], driver: 'e1000e' })
  })
})
