import { describe, expect, it } from 'vitest'
import { osDefaults, type OsDefaults } from '../../shared/model/os/defaults'
import { osCatalogue } from './catalogue'

const gib = 1024 ** 3
const defaultsOf = async (name: string, architecture = 'x86_64', hasVirtio = true): Promise<OsDefaults> =>
  osDefaults((await osCatalogue()).get(name), { architecture, hasVirtio })

describe('what a new VM is given', () => {
  it.each([
    ['debian12', 'virtio', 'virtio', 'virtio', 'q35', 'bios'],
    ['ubuntu24.04', 'virtio', 'virtio', 'virtio', 'q35', 'bios'],
    ['fedora42', 'virtio', 'virtio', 'virtio', 'q35', 'bios'],
    ['rhel9.4', 'virtio', 'virtio', 'virtio', 'q35', 'bios'],
    ['opensuse15.6', 'virtio', 'virtio', 'virtio', 'q35', 'bios'],
    ['linux2022', 'virtio', 'virtio', 'virtio', 'q35', 'bios'],
    ['win11', 'sata', 'e1000e', 'qxl', 'q35', 'efi-secure'],
    ['win10', 'sata', 'e1000e', 'qxl', 'q35', 'bios'],
    ['win2k22', 'sata', 'e1000e', 'qxl', 'q35', 'bios'],
    ['winxp', 'ide', 'e1000', 'qxl', 'pc', 'bios'],
    ['rhel5.0', 'ide', 'e1000', 'vga', 'pc', 'bios'],
    ['none-such', 'sata', 'e1000e', 'vga', 'q35', 'bios'],
  ])('%s: disks by %s, network %s, screen %s, machine %s, firmware %s', async (name, ...expected) => {
    const { diskBus, nicModel, videoModel, machine, firmware } = await defaultsOf(name)
    expect([diskBus, nicModel, videoModel, machine, firmware]).toEqual(expected)
  })

  it('is what its maker recommends, or twice of what it needs at least', async () => {
    expect(await defaultsOf('debian12')).toMatchObject({
      vcpuCount: 2,
      memoryBytes: 2 * gib,
      diskBytes: 20 * gib,
    })
    // only minima are told of it: 4 GiB and 64 GiB, and so large a disk has room already
    expect(await defaultsOf('win11')).toMatchObject({
      vcpuCount: 2,
      memoryBytes: 8 * gib,
      diskBytes: 64 * gib,
    })
    expect(await defaultsOf('none-such')).toMatchObject({
      vcpuCount: 2,
      memoryBytes: 2 * gib,
      diskBytes: 20 * gib,
    })
  })

  it('for Windows is a clock with local time, its own interfaces, one socket, and for 11 a TPM', async () => {
    const eleven = await defaultsOf('win11')
    expect(eleven).toMatchObject({ clock: 'localtime', hasTpm: true, limits: { home: 1, pro: 2 } })
    expect(eleven.topology).toEqual({ sockets: 1, cores: 2, threads: 1 })
    expect(eleven.hyperv).toContain('stimer')
    const seven = await defaultsOf('win7')
    expect(seven.hyperv).toEqual(['relaxed', 'vapic', 'spinlocks'])
    expect(seven.hasTpm).toBe(false)
    expect((await defaultsOf('winxp')).hyperv).toEqual([])
    const server = await defaultsOf('win2k22')
    expect(server.clock).toBe('localtime')
    expect(server.limits).toBeUndefined()
    expect(await defaultsOf('debian12')).toMatchObject({ clock: 'utc', hyperv: [], hasTpm: false })
  })

  it('on other architectures is what their machines have', async () => {
    expect(await defaultsOf('debian12', 'aarch64')).toMatchObject({
      diskBus: 'virtio',
      cdromBus: 'scsi',
      firmware: 'efi',
      hyperv: [],
    })
    const arm = await defaultsOf('debian12', 'aarch64')
    expect(arm.machine).toBeUndefined()
    expect(arm.soundModel).toBeUndefined()
    expect(await defaultsOf('none-such', 's390x')).toMatchObject({ diskBus: 'scsi', firmware: 'bios' })
    expect((await defaultsOf('none-such', 's390x')).nicModel).toBeUndefined()
  })

  it('without virtio is what needs none of it', async () => {
    expect(await defaultsOf('debian12', 'x86_64', false)).toMatchObject({
      diskBus: 'sata',
      nicModel: 'e1000e',
      hasRng: false,
      hasBalloon: false,
    })
  })
})
