// The host with hardware to give away, with a real guest that gets some. Needs root and the packages of ../packages.txt.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Lab, startLab, stateDirectory } from '../lab'
import { type RichHost, startRichHost } from './rich-host'

const hourMs = 3_600_000
const seconds = (fromMs: number) => `${((Date.now() - fromMs) / 1000).toFixed(1)} s`
// An emulated libvirtd that starts an emulator takes its time, and more on a busy machine.
const slow = { timeoutMs: 300_000 }

const driverOf = (pci: string) => `basename "$(readlink /sys/bus/pci/devices/${pci}/driver)"`

const guest = (devices: string) => `<domain type='qemu'>
  <name>taker</name>
  <memory unit='MiB'>64</memory>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <features><acpi/></features>
  <cpu mode='custom' match='exact' check='none'><model fallback='allow'>qemu64</model></cpu>
  <devices>
    <controller type='scsi' index='0' model='virtio-scsi'/>
    <controller type='usb' index='0' model='qemu-xhci'/>
    ${devices}
  </devices>
</domain>`

describe('the rich host', { timeout: hourMs }, () => {
  let lab: Lab
  let rich: RichHost

  beforeAll(async () => {
    lab = await startLab({ hosts: [] })
    const begun = Date.now()
    rich = await startRichHost(lab)
    console.log(`lab: rich host up in ${seconds(begun)}`)
  }, hourMs)

  afterAll(async () => {
    await rich.stop()
    await expect(rich.virsh(['hostname'], { timeoutMs: 10_000 })).rejects.toThrow()
    await lab.stop()
  }, hourMs)

  it('answers by TCP, and by ssh with the key of the lab', async () => {
    expect((await rich.virsh(['hostname'])).trim()).toBe('labR')
    expect(await rich.exec(['echo', "it's", '$HOME'], slow)).toBe("it's $HOME\n")
  })

  it('has an IOMMU', async () => {
    const capabilities = await rich.virsh(['capabilities'], slow)
    expect(capabilities).toContain("<iommu support='yes'/>")
    expect(capabilities).toContain(`<uuid>${rich.uuid}</uuid>`)
  })

  it('has cards that are free by themselves, and others that only go together', async () => {
    const groupOf = async (device: string) => {
      const xml = await rich.virsh(['nodedev-dumpxml', device], slow)
      const group = /<iommuGroup [\s\S]*<\/iommuGroup>/.exec(xml)?.[0] ?? ''
      return [...group.matchAll(/bus='0x(..)' slot='0x(..)' function='0x(.)'/g)].map(
        ([, bus, slot, part]) => `${bus}:${slot}.${part}`,
      )
    }
    expect(await groupOf('pci_0000_01_00_0')).toEqual(['01:00.0'])
    expect(await groupOf('pci_0000_02_00_0')).toEqual(['02:00.0', '02:00.1'])
    expect(await groupOf('pci_0000_03_00_0')).toEqual(['03:00.0'])
    expect((await groupOf('pci_0000_05_01_0')).toSorted()).toEqual(['04:00.0', '05:01.0', '05:02.0'])
  })

  it('shows its USB devices, SCSI disks and NVMe disk', async () => {
    const names = async (kind: string) =>
      (await rich.virsh(['nodedev-list', '--cap', kind], slow)).trim().split('\n')
    expect(await names('usb_device')).toEqual(
      expect.arrayContaining(['usb_1_3', 'usb_1_4_1', 'usb_1_4_2', 'usb_2_1', 'usb_2_2']),
    )
    expect(await names('scsi')).toEqual(
      expect.arrayContaining(['scsi_0_0_0_1', 'scsi_0_0_0_2', 'scsi_0_0_0_3']),
    )
    expect((await names('storage')).join('\n')).toContain('LABNVME1')
    const stick = await rich.virsh(['nodedev-dumpxml', 'usb_2_1'], slow)
    expect(stick).toContain("<product id='0x0001'>")
    expect(stick).toContain("<vendor id='0x46f4'>")
  })

  it('gives a guest a PCI card, a USB device and a SCSI disk, and has the card back afterwards', async () => {
    const card = '0000:01:00.0'
    expect((await rich.ssh(driverOf(card), slow)).trim()).toBe('e1000e')
    const file = join(stateDirectory, 'taker.xml')
    const devices = `
    <hostdev mode='subsystem' type='pci' managed='yes'>
      <source><address domain='0' bus='1' slot='0' function='0'/></source>
    </hostdev>
    <hostdev mode='subsystem' type='usb' managed='yes'>
      <source><vendor id='0x08e6'/><product id='0x4433'/></source>
    </hostdev>
    <hostdev mode='subsystem' type='scsi' managed='no'>
      <source><adapter name='scsi_host0'/><address bus='0' target='0' unit='2'/></source>
    </hostdev>`
    await writeFile(file, guest(devices))
    const begun = Date.now()
    await rich.virsh(['create', file], slow)
    console.log(`lab: guest with devices of the rich host started in ${seconds(begun)}`)
    expect((await rich.virsh(['domstate', 'taker'], slow)).trim()).toBe('running')
    const live = await rich.virsh(['dumpxml', 'taker'], slow)
    expect(live).toMatch(
      /type='pci' managed='yes'>\s*<driver name='vfio'\/>\s*<source>\s*<address [^>]*bus='0x01'/,
    )
    expect(live).toMatch(/<product id='0x4433'\/>\s*<address bus='1' device='\d+'\/>/)
    expect(live).toMatch(/<adapter name='scsi_host0'\/>\s*<address bus='0' target='0' unit='2'\/>/)
    expect((await rich.ssh(driverOf(card), slow)).trim()).toBe('vfio-pci')

    await rich.virsh(['destroy', 'taker'], slow)
    expect((await rich.ssh(driverOf(card), slow)).trim()).toBe('e1000e')
  })
})
