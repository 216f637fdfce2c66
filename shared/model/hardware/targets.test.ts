import { describe, expect, it } from 'vitest'
import type { HardwareContext } from './kind'
import { busesFor, busOf, diskLetters, nextTarget, takenTargets } from './targets'

const q35: HardwareContext = {
  virtType: 'kvm',
  osType: 'hvm',
  architecture: 'x86_64',
  machine: 'pc-q35-7.2',
  isRunning: false,
  items: [],
}
const of = (more: Partial<HardwareContext>): HardwareContext => ({ ...q35, ...more })

describe('names of disks', () => {
  it('go on after z with two letters, as the kernel counts', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(diskLetters)).toEqual(['a', 'z', 'aa', 'az', 'ba', 'zz', 'aaa'])
  })

  it('fill the first gap, whatever bus took a name', () => {
    const taken = new Set(['vda', 'vdc', 'sda', 'sdb'])
    expect(nextTarget('virtio', taken)).toBe('vdb')
    expect(nextTarget('sata', taken)).toBe('sdc')
    expect(nextTarget('xen', taken)).toBe('xvda')
    expect(nextTarget('virtio', new Set(Array.from({ length: 26 }, (_, at) => `vd${diskLetters(at)}`)))).toBe(
      'vdaa',
    )
  })

  it('end where the bus has no room', () => {
    expect(nextTarget('ide', new Set(['hda', 'hdb', 'hdc']))).toBe('hdd')
    expect(nextTarget('ide', new Set(['hda', 'hdb', 'hdc', 'hdd']))).toBeUndefined()
    expect(nextTarget('fdc', new Set(['fda', 'fdb']))).toBeUndefined()
  })

  it('count those that only the running guest has', () => {
    const ref = { kind: 'disk', key: 'vda' }
    const items = [{ ref, values: { target: 'vda' }, live: { target: 'vdb' }, hasMore: false }]
    expect(takenTargets(of({ items }))).toEqual(new Set(['vda', 'vdb']))
  })

  it('tell the bus where a definition does not', () => {
    expect(busOf({ target: 'xvda' })).toBe('xen')
    expect(busOf({ target: 'sda' })).toBe('scsi')
    expect(busOf({ target: 'sda', bus: 'usb' })).toBe('usb')
  })
})

describe('the buses for a disk', () => {
  it('are those of the machine, the best for the guest first', () => {
    expect(busesFor('disk', q35)).toEqual(['virtio', 'scsi', 'sata', 'usb'])
    expect(busesFor('disk', of({ osId: 'http://microsoft.com/win/10' }))[0]).toBe('sata')
    expect(busesFor('disk', of({ machine: 'pc-i440fx-7.2' }))).toContain('ide')
    expect(busesFor('cdrom', q35)).toEqual(['sata', 'scsi', 'usb'])
    expect(busesFor('cdrom', of({ architecture: 'aarch64', machine: 'virt-7.2' }))[0]).toBe('scsi')
    expect(busesFor('floppy', of({ architecture: 'aarch64', machine: 'virt-7.2' }))).toEqual([])
    expect(busesFor('disk', of({ architecture: 's390x', machine: 's390-ccw-virtio' }))).toEqual([
      'virtio',
      'scsi',
    ])
    expect(busesFor('disk', of({ machine: 'microvm' }))).toEqual(['virtio'])
    expect(busesFor('lun', q35)).toEqual(['scsi', 'virtio'])
    expect(busesFor('disk', of({ virtType: 'xen', osType: 'xen' }))).toEqual(['xen'])
    expect(busesFor('disk', of({ virtType: 'lxc', osType: 'exe' }))).toEqual([])
  })

  it('leave out what the host says it has not', () => {
    const devices = [
      { name: 'disk', isSupported: true, values: [{ name: 'bus', values: ['virtio', 'sata'] }] },
    ]
    const capabilities = {
      virtType: 'kvm',
      architecture: 'x86_64',
      firmware: { kinds: [], loaders: [], secureBoot: 'unknown' as const },
      cpuModes: [],
      cpuModels: [],
      devices,
      features: [],
    }
    expect(busesFor('disk', of({ capabilities }))).toEqual(['virtio', 'sata'])
  })
})
