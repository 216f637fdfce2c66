import { describe, expect, it } from 'vitest'
import { hostId } from '../../shared/model/ids'
import type { PlaceOnHost } from '../../shared/model/new-vm/new-vm'
import type { DetectedMedium } from '../../shared/model/os/medium'
import { isoBytes, type IsoWish } from '../backends/fake/iso-image'
import { fakeBackend } from '../backends/fake/fake-backend'
import { connectTo } from '../backends/fake/test-session'
import { osCatalogue } from './catalogue'
import { detectMedium, type DetectHosts } from './detect-medium'
import { descriptorsAt } from './iso-header'

const host = hostId.parse('h')

/** A host whose every file is this one. */
function hostsWith(bytes: Uint8Array): DetectHosts {
  const readBytes = async (_path: string, offset: number, length: number): Promise<Uint8Array> =>
    bytes.subarray(Math.min(bytes.length, offset), Math.min(bytes.length, offset + length))
  return { get: () => ({ images: { readBytes } }) as unknown as ReturnType<DetectHosts['get']> }
}

function discOf(wish: IsoWish): Uint8Array {
  const header = isoBytes(wish)
  const disc = new Uint8Array(descriptorsAt + header.length)
  disc.set(header, descriptorsAt)
  return disc
}

const look = (bytes: Uint8Array): Promise<DetectedMedium | null> =>
  detectMedium(hostsWith(bytes), { host, place: { kind: 'path', path: '/x.iso' } }, osCatalogue)
const lookAt = (wish: IsoWish): Promise<DetectedMedium | null> => look(discOf(wish))

const linux = { systemId: 'LINUX' }
const suse = { ...linux, publisherId: 'SUSE LINUX GmbH' }
const microsoft = { publisherId: 'MICROSOFT CORPORATION' }
const arch = {
  publisherId: 'ARCH LINUX <HTTPS://ARCHLINUX.ORG>',
  applicationId: 'ARCH LINUX LIVE/RESCUE DVD',
}
const openBsd = {
  systemId: 'OpenBSD',
  publisherId: 'Copyright (c) 2024 Theo de Raadt, The OpenBSD project',
  applicationId: 'OpenBSD 7.5 amd64 Install CD',
}

// [label, what else the header has, short id, architecture]
const discs: readonly (readonly [string, Omit<IsoWish, 'volumeId'>, string, string | undefined])[] = [
  ['Debian 10.13.0 amd64 n', {}, 'debian10', 'x86_64'],
  ['Debian 11.9.0 amd64 1', {}, 'debian11', 'x86_64'],
  ['Debian 12.5.0 amd64 n', {}, 'debian12', 'x86_64'],
  ['Debian 12.5.0 arm64 n', {}, 'debian12', 'aarch64'],
  ['Debian 12.5.0 p64el n', {}, 'debian12', 'ppc64le'],
  ['d-live 12.5.0 gn amd64', {}, 'debian12', 'x86_64'],
  ['Ubuntu-Server 20.04.6 LTS amd64', {}, 'ubuntu20.04', 'x86_64'],
  ['Ubuntu 22.04.4 LTS amd64', {}, 'ubuntu22.04', 'x86_64'],
  ['Ubuntu-Server 22.04.4 LTS arm64', {}, 'ubuntu22.04', 'aarch64'],
  ['Ubuntu-Server 24.04.1 LTS amd64', {}, 'ubuntu24.04', 'x86_64'],
  ['Ubuntu 25.04 amd64', {}, 'ubuntu25.04', 'x86_64'],
  ['Fedora-S-dvd-x86_64-40', linux, 'fedora40', 'x86_64'],
  ['Fedora-WS-Live-41-1-4', {}, 'fedora41', 'x86_64'],
  ['Fedora-S-dvd-aarch64-42', linux, 'fedora42', 'aarch64'],
  ['RHEL-7.9 Server.x86_64', linux, 'rhel7.9', 'x86_64'],
  ['RHEL-8-9-0-BaseOS-x86_64', linux, 'rhel8.9', 'x86_64'],
  ['RHEL-9-4-0-BaseOS-x86_64', linux, 'rhel9.4', 'x86_64'],
  ['RHEL-9-4-0-BaseOS-aarch64', linux, 'rhel9.4', 'aarch64'],
  ['CentOS 7 x86_64', { ...linux, sizeBytes: 4_588_007_424 }, 'centos7.0', 'x86_64'],
  ['CentOS-Stream-9-BaseOS-x86_64', linux, 'centos-stream9', 'x86_64'],
  ['AlmaLinux-8-10-x86_64-dvd', linux, 'almalinux8', 'x86_64'],
  ['AlmaLinux-9-4-x86_64-dvd', linux, 'almalinux9', 'x86_64'],
  ['Rocky-8-9-x86_64-dvd', linux, 'rocky8', 'x86_64'],
  ['Rocky-9-4-x86_64-dvd', linux, 'rocky9', 'x86_64'],
  ['OL-9-0-0-BaseOS-x86_64', linux, 'ol9.0', 'x86_64'],
  ['openSUSE-Leap-15.5-DVD-x86_64', suse, 'opensuse15.5', 'x86_64'],
  ['openSUSE-Leap-15.6-NET-x86_64', suse, 'opensuse15.6', 'x86_64'],
  ['openSUSE-Tumbleweed-DVD-x86_64', { ...suse, publisherId: 'SUSE LLC' }, 'opensusetumbleweed', 'x86_64'],
  ['SLE-12-SP5-Server-DVD-x86_64', linux, 'sles12sp5', 'x86_64'],
  ['SLE-15-SP6-Full-x86_64', linux, 'sle15sp6', 'x86_64'],
  ['ARCH_202405', arch, 'archlinux', 'x86_64'],
  ['alpine-std 3.19.1 x86_64', {}, 'alpinelinux3.19', 'x86_64'],
  ['alpine-std 3.20.0 aarch64', {}, 'alpinelinux3.20', 'aarch64'],
  ['Gentoo amd64 20240512T163301Z', {}, 'gentoo', 'x86_64'],
  ['nixos-minimal-24.05-x86_64', {}, 'nixos-24.05', 'x86_64'],
  ['Mageia-9-x86_64', { ...linux, publisherId: 'MAGEIA.ORG' }, 'mageia9', 'x86_64'],
  ['13_2_RELEASE_AMD64_DVD', { systemId: 'FreeBSD' }, 'freebsd13.2', 'x86_64'],
  ['14_0_RELEASE_AMD64_CD', { systemId: 'FreeBSD' }, 'freebsd14.0', 'x86_64'],
  ['OpenBSD/amd64   7.5 Install CD', openBsd, 'openbsd7.5', 'x86_64'],
  ['NETBSD_93', { systemId: 'NetBSD', sizeBytes: 489_777_152 }, 'netbsd9.3', 'x86_64'],
  ['GRMCPRVOL_EN_DVD', microsoft, 'win7', 'i686'],
  ['GSP1RMCHPXFRER_EN_DVD', microsoft, 'win7', 'x86_64'],
  ['IRM_CPRA_X64FREV_EN-US_DV5', microsoft, 'win8.1', 'x86_64'],
  ['CESE_X86FREE_EN-US_DV5', microsoft, 'win10', 'i686'],
  ['CCCOMA_X64FRE_EN-US_DV9', microsoft, 'win11', 'x86_64'],
  ['IR3_SSS_X64FREE_EN-US_DV9', microsoft, 'win2k12r2', 'x86_64'],
  ['SSS_X64FREE_EN-US_DV9', microsoft, 'win2k25', 'x86_64'],
  ['SHV_X64FREE_EN-US_DV5', microsoft, 'win2k16', 'x86_64'],
]

describe('a disc', () => {
  it.each(discs)('labelled "%s" is told as what it is', async (volumeId, more, shortId, architecture) => {
    const found = await lookAt({ volumeId, ...more })
    expect({ shortId: found?.os?.shortId, arch: found?.os?.arch, isGuess: found?.os?.isGuess }).toEqual({
      shortId,
      arch: architecture,
    })
    expect(found?.label).toBe(volumeId)
  })

  it('of Windows that could be of several names the others, newest first', async () => {
    const server = await lookAt({ volumeId: 'SSS_X64FREE_EN-US_DV9', ...microsoft })
    expect(server?.os?.others.map(({ name }) => name)).toEqual([
      'Microsoft Windows Server 2022',
      'Microsoft Windows Server 2019',
    ])
    const client = await lookAt({ volumeId: 'CCCOMA_X64FRE_EN-US_DV9', ...microsoft })
    expect(client?.os?.others.map(({ name }) => name)).toEqual(['Microsoft Windows 10'])
  })

  it('tells its variant, whether it is live, and where its kernel is', async () => {
    expect((await lookAt({ volumeId: 'd-live 12.5.0 gn amd64' }))?.os).toMatchObject({ isLive: true })
    expect((await lookAt({ volumeId: 'Fedora-S-dvd-x86_64-40', ...linux }))?.os).toMatchObject({
      name: 'Fedora Server 40',
      variant: 'server',
      isInstaller: true,
      isLive: false,
      kernel: 'images/pxeboot/vmlinuz',
      initrd: 'images/pxeboot/initrd.img',
    })
  })

  it('needs all that the catalogue asks for: the label alone is not enough', async () => {
    const found = await lookAt({ volumeId: 'CCCOMA_X64FRE_EN-US_DV9', publisherId: 'SOMEBODY' })
    expect(found).toMatchObject({ label: 'CCCOMA_X64FRE_EN-US_DV9' })
    expect(found?.os).toBeUndefined()
  })
})

describe('a disc that is newer than the catalogue', () => {
  it.each([
    ['Debian 13.1.0 amd64 n', {}, 'debian13', 'Debian 13'],
    ['Ubuntu-Server 26.04 LTS amd64', {}, 'ubuntu24.04', 'Ubuntu 26.04 LTS'],
    ['AlmaLinux-11-0-x86_64-dvd', linux, 'almalinux10', 'AlmaLinux 11'],
    ['15_0_RELEASE_AMD64_CD', { systemId: 'FreeBSD' }, 'freebsd14.2', 'FreeBSD 15.0'],
  ])(
    'labelled "%s" is taken for the nearest release, and said to be a guess',
    async (volumeId, more, id, name) => {
      expect((await lookAt({ volumeId, ...more }))?.os).toMatchObject({ shortId: id, name, isGuess: true })
    },
  )

  it('is no guess where the catalogue has an entry for versions to come', async () => {
    const rhel = (await lookAt({ volumeId: 'RHEL-9-9-0-BaseOS-x86_64', ...linux }))?.os
    expect(rhel?.shortId).toBe('rhel9-unknown')
    const fedora = (await lookAt({ volumeId: 'Fedora-S-dvd-x86_64-45', ...linux }))?.os
    expect([fedora?.shortId, fedora?.isGuess]).toEqual(['fedora-unknown', undefined])
  })

  it.each(['virtio-win-0.1.240', 'CDROM', 'cidata', 'BACKUP_2024_12', ''])(
    'labelled "%s" is of nothing the catalogue knows',
    async (volumeId) => {
      const found = await lookAt({ volumeId })
      expect(found?.label).toBe(volumeId)
      expect(found?.os).toBeUndefined()
    },
  )
})

describe('what a disc starts', () => {
  it.each([
    [['bios'], { startsBios: true, startsEfi: false }],
    [['efi'], { startsBios: false, startsEfi: true }],
    [['bios', 'efi'], { startsBios: true, startsEfi: true }],
    [[], { startsBios: false, startsEfi: false }],
  ] as const)('is read from its boot catalog: %j', async (starts, expected) => {
    expect(await lookAt({ volumeId: 'X', starts: [...starts] })).toMatchObject(expected)
  })

  it('is nothing where the catalog lies behind the end of the disc, or is none', async () => {
    const far = discOf({ volumeId: 'X', starts: ['bios'] })
    new DataView(far.buffer).setUint32(descriptorsAt + 2048 + 71, 0xffff_ffff, true)
    expect(await look(far)).toMatchObject({ startsBios: false, startsEfi: false })
    const spoilt = discOf({ volumeId: 'X', starts: ['bios', 'efi'] })
    spoilt[24 * 2048 + 30] = 0
    expect(await look(spoilt)).toMatchObject({ startsBios: false, startsEfi: false })
    const cut = discOf({ volumeId: 'X', starts: ['bios', 'efi'] }).subarray(0, 24 * 2048 + 40)
    expect(await look(cut)).toMatchObject({ label: 'X', startsBios: false, startsEfi: false })
  })
})

describe('what is no disc, or a hostile one', () => {
  it('is told as none: too short, all zeros, garbage, descriptors without a primary one', async () => {
    expect(await look(new Uint8Array())).toBeNull()
    expect(await look(new Uint8Array(descriptorsAt + 100))).toBeNull()
    expect(await look(new Uint8Array(200_000))).toBeNull()
    expect(await look(new Uint8Array(200_000).fill(0xff))).toBeNull()
    const noPrimary = discOf({ volumeId: 'X' })
    noPrimary[descriptorsAt] = 2
    expect(await look(noPrimary)).toBeNull()
    expect(await look(discOf({ volumeId: 'X' }).subarray(0, descriptorsAt + 2047))).toBeNull()
  })

  it('keeps its sizes within what numbers hold', async () => {
    const huge = discOf({ volumeId: 'X' })
    new DataView(huge.buffer).setUint32(descriptorsAt + 80, 0xffff_ffff, true)
    new DataView(huge.buffer).setUint16(descriptorsAt + 128, 0xffff, true)
    const found = await look(huge)
    expect(found?.sizeBytes).toBe(0xffff_ffff * 0xffff)
    expect(Number.isSafeInteger(found?.sizeBytes)).toBe(true)
  })

  it('says nothing that steers a terminal or breaks a line', async () => {
    const found = await lookAt({ volumeId: 'A\u001b[31mB\nC\u007fD\u009b' })
    expect(found?.label).toBe('A [31mB C D')
  })

  it('is read to the end of a descriptor list that never ends', async () => {
    const endless = discOf({ volumeId: 'X' })
    for (let at = descriptorsAt + 2048; at + 2048 <= endless.length; at += 2048) {
      endless.set(endless.subarray(descriptorsAt, descriptorsAt + 2048), at)
    }
    expect(await look(endless)).toMatchObject({ label: 'X' })
  })
})

describe('on a host', () => {
  it('a volume and a file are looked at through the session', async () => {
    const session = await connectTo(fakeBackend(), 'demo://local/')
    const hosts: DetectHosts = { get: () => session }
    const lookAtPlace = (place: PlaceOnHost): Promise<DetectedMedium | null> =>
      detectMedium(hosts, { host, place }, osCatalogue)
    const volume = (name: string): PlaceOnHost => ({ kind: 'volume', pool: 'default', volume: name })
    const found = await lookAtPlace(volume('debian-12.5.0-amd64-netinst.iso'))
    expect(found).toMatchObject({
      label: 'Debian 12.5.0 amd64 n',
      startsBios: true,
      startsEfi: true,
      os: { shortId: 'debian12', arch: 'x86_64' },
    })
    const path = '/var/lib/libvirt/images/debian-12.5.0-amd64-netinst.iso'
    expect(await lookAtPlace({ kind: 'path', path })).toEqual(found)
    expect(await lookAtPlace(volume('spare-disk.qcow2'))).toBeNull()
    await expect(lookAtPlace(volume('none.iso'))).rejects.toMatchObject({ kind: 'not-found' })
  })

  it('one that does not answer is given up', async () => {
    const never = { get: () => ({ images: { readBytes: () => new Promise(() => {}) } }) }
    await expect(
      detectMedium(
        never as unknown as DetectHosts,
        { host, place: { kind: 'path', path: '/x.iso' } },
        osCatalogue,
        20,
      ),
    ).rejects.toMatchObject({ kind: 'timed-out' })
  })

  it('a disc is given up with its stream when it brings more than was asked for', async () => {
    let isAborted = false
    const source = {
      isSparse: false,
      read: async () => (isAborted ? null : { kind: 'data', bytes: new Uint8Array(1 << 16) }),
      finish: async () => {},
      abort: async () => {
        isAborted = true
      },
    }
    const hosts = { get: () => ({ storage: { openDownload: async () => source } }) }
    const reading = detectMedium(
      hosts as unknown as DetectHosts,
      { host, place: { kind: 'volume', pool: 'p', volume: 'v' } },
      osCatalogue,
      5000,
    )
    expect(await reading).toBeNull()
    expect(isAborted).toBe(true)
  })
})
