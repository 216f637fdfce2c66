import { describe, expect, it } from 'vitest'
import { guestCapabilities } from './guest-capabilities'

const query = { architecture: 'x86_64', virtType: 'qemu', machine: 'q35' }
const types = (...names: string[]): unknown => names.map((name) => ({ name, parent: 'device' }))
const firmware = {
  code: '/usr/share/OVMF/OVMF_CODE_4M.fd',
  codeFormat: 'raw',
  architectures: ['x86_64'],
  machines: [],
  features: ['secure-boot'],
}

const answers: unknown[] = [
  [{ name: 'pc-q35-7.2', alias: 'q35', 'cpu-max': 288 }],
  [
    { name: 'max', 'unavailable-features': [] },
    { name: 'EPYC', 'alias-of': 'EPYC-v1', 'unavailable-features': ['sha-ni', 'rdseed', 'sha-ni'] },
    { name: 'EPYC-v1', 'unavailable-features': ['sha-ni'] },
    { name: '486', 'unavailable-features': [], deprecated: true },
    { name: 'Unknown' },
  ],
  { model: { name: 'base', props: { aes: true, avx: false, 'vmx-ept': true, 'kvm-nopiodelay': true } } },
  undefined,
  types('ide-hd', 'virtio-blk-pci', 'VGA', 'virtio-rng-pci', 'tpm-tis', 'usb-redir', 'ICH9-LPC'),
  types('rng-random', 'rng-builtin'),
  types('chardev-spicevmc'),
  ['emulator'],
  types('query-vnc'),
]
const read = (list = answers, more = query, hasSwtpm = true) =>
  guestCapabilities(list, {
    emulator: '/usr/bin/qemu',
    query: more,
    firmwares: [firmware],
    hasSwtpm,
    displays: ['none', 'sdl'],
  })
const valuesOf = (group: string, name: string, list = answers) =>
  read(list)
    .devices.find((one) => one.name === group)
    ?.values.find((one) => one.name === name)?.values

describe('what a QEMU tells of itself', () => {
  it('names models of processors with what keeps the host from running them', () => {
    expect(read().cpuModels).toEqual([
      { name: '486', usable: 'yes', isDeprecated: true, blockers: [] },
      { name: 'EPYC', usable: 'no', isDeprecated: false, blockers: ['sha-ni', 'rdseed'] },
      { name: 'Unknown', usable: 'unknown', isDeprecated: false, blockers: [] },
    ])
  })

  it('names features that a guest can be given, without those of nested guests and accelerators', () => {
    expect(read().hostModel).toEqual({ model: 'max', features: [{ name: 'aes', policy: 'require' }] })
  })

  it('gives the host’s own processor only where it runs the guest itself', () => {
    const supported = (virtType: string) =>
      read(answers, { ...query, virtType }).cpuModes.find(({ name }) => name === 'host-passthrough')
        ?.isSupported
    expect(supported('qemu')).toBe(false)
    expect(supported('kvm')).toBe(true)
  })

  it('knows the machine by its alias, and how many processors it takes', () => {
    expect(read()).toMatchObject({ machine: 'pc-q35-7.2', maxVcpus: 288 })
  })

  it('offers devices that are built in, in the words of definitions', () => {
    expect(valuesOf('disk', 'bus')).toEqual(['ide', 'virtio'])
    expect(valuesOf('graphics', 'type')).toEqual(['vnc', 'sdl'])
    expect(valuesOf('video', 'modelType')).toEqual(['vga', 'none'])
    expect(valuesOf('rng', 'backendModel')).toEqual(['builtin', 'random'])
    expect(valuesOf('watchdog', 'model')).toEqual(['itco'])
    expect(valuesOf('channel', 'type')).toContain('spicevmc')
    expect(read().devices.find(({ name }) => name === 'tpm')?.isSupported).toBe(true)
    expect(read().devices.find(({ name }) => name === 'crypto')?.isSupported).toBe(false)
  })

  it('offers an emulated TPM only where there is a program for it', () => {
    const hasTpm = (hasSwtpm: boolean) =>
      read(answers, query, hasSwtpm).devices.find(({ name }) => name === 'tpm')?.isSupported
    expect(hasTpm(true)).toBe(true)
    expect(hasTpm(false)).toBe(false)
  })

  it('tells firmware of the architecture with whether it has Secure Boot', () => {
    expect(read().firmware).toEqual({ kinds: ['bios', 'efi'], loaders: [firmware.code], secureBoot: 'yes' })
    expect(read(answers, { ...query, architecture: 'aarch64' }).firmware.kinds).toEqual([])
  })

  it('makes little of answers that are none, instead of failing', () => {
    for (const odd of [
      [],
      answers.map(() => 'no'),
      answers.map(() => [{ name: 7 }]),
      answers.map(() => ({})),
    ])
      expect(read(odd).cpuModels).toEqual([])
  })
})
