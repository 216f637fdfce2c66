import { describe, expect, it } from 'vitest'
import type { NewVmInput } from '../../shared/model/new-vm/new-vm'
import type { OsKnowledge } from '../../shared/model/os/os'
import { containers } from './testing/containers'
import { choiceNames, choices, debian, guests, iso, windows11, type ChoiceName } from './testing/choices'
import { factsFor } from './testing/hosts'
import { disk, wanted } from './testing/inputs'
import { virtInstallOf } from './virt-install'

function commandOf(
  input: NewVmInput,
  os?: OsKnowledge,
  facts = factsFor(input),
): ReturnType<typeof virtInstallOf> {
  return virtInstallOf(input, facts, os)
}
const of = (name: ChoiceName): readonly string[] =>
  commandOf(choices[name].input, choices[name].os)?.words ?? []

/** What follows each occurrence of an option. */
function valuesOf(words: readonly string[], option: string): (string | undefined)[] {
  return words.flatMap((word, at) => (word === option ? [words[at + 1]] : []))
}

const sources: [ChoiceName, readonly string[]][] = [
  ['Debian from an ISO', ['--cdrom', '/isos/install.iso']],
  ['Debian from the drive of the host', ['--cdrom', '/dev/sr0']],
  ['Debian by network boot', ['--pxe']],
  ['Debian on an imported disk', ['--import']],
  ['Nothing at all', ['--install', 'no_install=yes']],
]

describe('the virt-install command of a new VM', () => {
  it('says all of a usual VM', () => {
    expect(of('Debian from an ISO')).toEqual([
      ...['--name', 'new-01', '--osinfo', 'debian12', '--virt-type', 'kvm', '--arch', 'x86_64'],
      ...['--machine', 'q35', '--memory', '2048', '--vcpus', '2', '--cpu', 'mode=host-passthrough'],
      ...['--features', 'vmport.state=off', '--cdrom', '/isos/install.iso', '--disk'],
      'path=/images/new-01-0.img,size=20,format=qcow2,sparse=yes,target.bus=virtio,driver.discard=unmap',
      ...['--network', 'network=default,model.type=virtio', '--graphics', 'vnc,listen=127.0.0.1'],
      ...['--video', 'virtio', '--channel', 'unix,target.type=virtio,target.name=org.qemu.guest_agent.0'],
      ...['--memballoon', 'model=virtio,stats.period=5', '--rng', '/dev/urandom', '--noautoconsole'],
    ])
  })

  it.each(sources)('says where %s comes from', (name, words) => {
    expect(of(name).join(' ')).toContain(words.join(' '))
    const all = ['--cdrom', '--pxe', '--import', '--install']
    expect(of(name).filter((word) => all.includes(word))).toEqual([words[0]])
  })

  it.each(choiceNames)('has a name, a system and a disk or none for %s', (name) => {
    const words = of(name)
    expect(valuesOf(words, '--name')).toEqual(['new-01'])
    expect(valuesOf(words, '--osinfo')).toEqual([choices[name].os?.shortId ?? 'detect=off,require=off'])
    expect(valuesOf(words, '--disk')).not.toEqual([])
    expect(words.filter((word) => /undefined|NaN|\[object/.test(word))).toEqual([])
  })

  it('asks for Secure Boot, its keys and a TPM', () => {
    const words = of('Windows 11')
    expect(valuesOf(words, '--boot')).toEqual([
      'firmware=efi,firmware.feature0.name=secure-boot,firmware.feature0.enabled=yes,firmware.feature1.name=enrolled-keys,firmware.feature1.enabled=yes',
    ])
    expect(valuesOf(words, '--features')).toEqual(['vmport.state=off,smm.state=on'])
    expect(valuesOf(words, '--tpm')).toEqual(['backend.type=emulator,backend.version=2.0,model=tpm-crb'])
    expect(valuesOf(words, '--vcpus')).toEqual(['4,sockets=1,cores=4,threads=1'])
    expect(valuesOf(words, '--disk')[1]).toBe('path=/isos/virtio-win.iso,device=cdrom,target.bus=sata')
    expect(valuesOf(words, '--xml')).toContain('xpath.set=./features/hyperv/stimer/@state,xpath.value=on')
  })

  it('keeps virt-install from adding a TPM that nobody wants', () => {
    expect(valuesOf(of('Debian with UEFI'), '--tpm')).toEqual(['none'])
    expect(valuesOf(of('Debian from an ISO'), '--tpm')).toEqual([])
  })

  it('says what virt-install cannot know of a system without a name', () => {
    expect(valuesOf(of('An unknown system'), '--controller')).toEqual(['usb3'])
    expect(valuesOf(of('Debian from an ISO'), '--controller')).toEqual([])
    const { notes } = commandOf(wanted({ osId: 'http://example.org/new/1' })) ?? { notes: [] }
    expect(notes.join(' ')).toContain('does not note the operating system')
  })

  it('says Xen’s kinds of guests', () => {
    expect(of('Debian on Xen')).toContain('--hvm')
    expect(of('Debian on Xen, paravirtual')).toContain('--paravirt')
    expect(valuesOf(of('Debian on Xen, PVH'), '--boot')).toEqual(['os_type=xenpvh'])
    expect(commandOf(wanted({ guest: { ...guests.test, osType: 'exe' } }))).toBeUndefined()
  })

  it('says what a container starts, among which files and as whom', () => {
    const words = commandOf(containers['a program with all that can be said'])?.words ?? []
    expect(valuesOf(words, '--boot')).toEqual([
      String.raw`init=/bin/sh,initdir=/var/tmp,initarg0=-c,initarg1=echo \"a\, b\" \'c\',initarg2=--x=1,` +
        String.raw`initenv0.name=LANG,initenv0=C.UTF-8,initenv1.name=LIST,initenv1=a=1\,b=\"2\"`,
    ])
    expect(valuesOf(words, '--filesystem')).toEqual([
      String.raw`type=mount,accessmode=passthrough,source.dir=/srv/one\, \\two,target.dir=/`,
    ])
    expect(valuesOf(words, '--idmap')).toEqual([
      'uid.start=0,uid.target=100000,uid.count=65536,gid.start=0,gid.target=200000,gid.count=65536',
    ])
    const plain = commandOf(containers["a system with the host's IDs"])
    expect(plain?.words).not.toContain('--idmap')
    expect(valuesOf(commandOf(containers['a program without a card'])?.words ?? [], '--network')).toEqual([
      'none',
    ])
  })

  it.each([
    [
      { kind: 'network', name: 'lan', portGroup: 'dmz' },
      'network=lan,source.portgroup=dmz,model.type=virtio',
    ],
    [{ kind: 'bridge', name: 'br0' }, 'bridge=br0,model.type=virtio'],
    [{ kind: 'direct', interface: 'eth0' }, 'type=direct,source=eth0,source.mode=bridge,model.type=virtio'],
    [{ kind: 'user' }, 'user,model.type=virtio'],
  ] as const)('plugs a card into %j', (source, value) => {
    expect(valuesOf(commandOf(wanted({ nics: [{ source }] }))?.words ?? [], '--network')).toEqual([value])
  })

  it('keeps commas, quotes and backslashes of names inside their option, and dashes from being options', () => {
    const input = wanted({
      description: 'a, b="c"',
      hasAutostart: true,
      source: {
        ...iso,
        disc: { kind: 'path', path: '/isos/a.iso' },
        second: [{ kind: 'path', path: `/i/a,device=disk'\\.iso` }],
      },
    })
    const words = commandOf(input)?.words ?? []
    expect(valuesOf(words, '--metadata')).toEqual(['description=a\\, b=\\"c\\"'])
    expect(valuesOf(words, '--disk')[1]).toBe(
      `path=/i/a\\,device=disk\\'\\\\.iso,device=cdrom,target.bus=sata`,
    )
    expect(words).toContain('--autostart')
    expect(commandOf({ ...input, name: '-c' })?.words.slice(0, 1)).toEqual(['--name=-c'])
  })

  it('makes volumes in pools without paths, and says what that means', () => {
    const input = wanted({ disks: [disk({ isFull: true })], startsNow: false })
    const facts = {
      ...factsFor(input),
      disks: [{ source: { kind: 'volume', pool: 'ceph', volume: 'a' }, format: 'raw' }],
    } as const
    const command = commandOf(input, debian, facts)
    expect(valuesOf(command?.words ?? [], '--disk')).toEqual([
      'pool=ceph,size=20,format=raw,sparse=no,target.bus=virtio',
    ])
    expect(command?.notes).toContain('It names the new volume itself.')
    expect(command?.notes).toContain('It starts the VM at once.')
  })

  it('tells what the command does differently', () => {
    const notes = (name: ChoiceName): string =>
      (commandOf(choices[name].input, choices[name].os)?.notes ?? []).join(' ')
    expect(notes('Debian from an ISO')).toContain('tries the disc before the disk')
    expect(notes('Debian by network boot')).toContain('tries the network before the disk')
    expect(notes('Debian on an imported disk')).toBe(
      'The UUID and the addresses of network cards are drawn anew.',
    )
    expect(commandOf(wanted({ firmware: 'bios' }), windows11)?.notes).toContain(
      'It chooses UEFI for this operating system.',
    )
  })
})
