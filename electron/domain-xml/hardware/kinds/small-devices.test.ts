import { describe, expect, test } from 'vitest'
import type { Kind } from '../../../../shared/model/hardware/kind'
import { crypto } from '../../../../shared/model/hardware/kinds/crypto'
import { iommu } from '../../../../shared/model/hardware/kinds/iommu'
import { nvram } from '../../../../shared/model/hardware/kinds/nvram'
import { panic } from '../../../../shared/model/hardware/kinds/panic'
import { pstore } from '../../../../shared/model/hardware/kinds/pstore'
import { shmem } from '../../../../shared/model/hardware/kinds/shmem'
import { tpm } from '../../../../shared/model/hardware/kinds/tpm'
import { vsock } from '../../../../shared/model/hardware/kinds/vsock'
import { domainWith, tryCase, untried, type FieldCase } from '../testing/every-field'
import { add, change, contextOf, problemsIn, valuesIn } from '../testing/round-trip'

const swtpm = `<tpm model='tpm-crb'>\n  <backend type='emulator' version='2.0'/>\n</tpm>`
const cid = `<vsock model='virtio'>\n  <cid auto='no' address='3'/>\n</vsock>`
const plainMemory = `<shmem name='a'>\n  <model type='ivshmem-plain'/>\n  <size unit='M'>4</size>\n</shmem>`
const doorbell = `<shmem name='a'>\n  <model type='ivshmem-doorbell'/>\n</shmem>`
const vtd = `<iommu model='intel'/>`
const accelerator = `<crypto model='virtio' type='qemu'>\n  <backend model='builtin'/>\n</crypto>`
const erst = `<pstore backend='acpi-erst'>\n  <size unit='KiB'>8</size>\n</pstore>`
const intel = (attribute: string): string[] => [
  `<iommu model='intel'>`,
  `<driver ${attribute}/>`,
  '</iommu>',
  `-${vtd}`,
]
const ring = (attribute: string): string[] => [`<msi ${attribute}/>`]
const virtio = (attribute: string): string[] => [`<driver ${attribute}/>`]

const cases: readonly (readonly [Kind, readonly FieldCase[]])[] = [
  [
    tpm,
    [
      [swtpm, { model: 'tpm-tis' }, [`<tpm model='tpm-tis'>`, `-<tpm model='tpm-crb'>`]],
      [
        swtpm,
        { version: '1.2' },
        [`<backend type='emulator' version='1.2'/>`, `-<backend type='emulator' version='2.0'/>`],
      ],
      [
        swtpm,
        { isPersistent: true },
        [
          `<backend type='emulator' version='2.0' persistent_state='yes'/>`,
          `-<backend type='emulator' version='2.0'/>`,
        ],
      ],
      [
        swtpm,
        { secret: '6dd3e4a5-1d76-44ce-961f-f119f5aad935' },
        [
          `<backend type='emulator' version='2.0'>`,
          `<encryption secret='6dd3e4a5-1d76-44ce-961f-f119f5aad935'/>`,
          '</backend>',
          `-<backend type='emulator' version='2.0'/>`,
        ],
      ],
      [
        swtpm,
        { sha1: false, sha256: true, sha384: true, sha512: false },
        [
          `<backend type='emulator' version='2.0'>`,
          '<active_pcr_banks>',
          '<sha256/>',
          '<sha384/>',
          '</active_pcr_banks>',
          '</backend>',
          `-<backend type='emulator' version='2.0'/>`,
        ],
      ],
      [
        swtpm,
        { backend: 'passthrough', device: '/dev/tpm1' },
        [
          `<backend type='passthrough'>`,
          `<device path='/dev/tpm1'/>`,
          '</backend>',
          `-<backend type='emulator' version='2.0'/>`,
        ],
      ],
      [
        `<tpm model='tpm-tis'>\n  <backend type='passthrough'/>\n</tpm>`,
        { backend: 'external', socket: '/s' },
        [
          `<backend type='external'>`,
          `<source type='unix' mode='connect' path='/s'/>`,
          '</backend>',
          `-<backend type='passthrough'/>`,
        ],
      ],
    ],
  ],
  [
    panic,
    [[`<panic model='isa'/>`, { model: 'hyperv' }, [`<panic model='hyperv'/>`, `-<panic model='isa'/>`]]],
  ],
  [
    vsock,
    [
      [
        cid,
        { cid: 4_294_967_290 },
        [`<cid auto='no' address='4294967290'/>`, `-<cid auto='no' address='3'/>`],
      ],
      [`<vsock/>`, { isAutomatic: true }, ['<vsock>', `<cid auto='yes'/>`, '</vsock>', '-<vsock/>']],
      [
        cid,
        { model: 'virtio-transitional' },
        [`<vsock model='virtio-transitional'>`, `-<vsock model='virtio'>`],
      ],
      [cid, { iommu: true }, virtio(`iommu='on'`)],
      [cid, { ats: false }, virtio(`ats='off'`)],
      [cid, { packed: true }, virtio(`packed='on'`)],
      [cid, { pagePerVq: true }, virtio(`page_per_vq='on'`)],
    ],
  ],
  [
    iommu,
    [
      [vtd, { model: 'virtio' }, [`<iommu model='virtio'/>`, `-${vtd}`]],
      [vtd, { intremap: true }, intel(`intremap='on'`)],
      [vtd, { eim: true }, intel(`eim='on'`)],
      [vtd, { cachingMode: false }, intel(`caching_mode='off'`)],
      [vtd, { iotlb: true }, intel(`iotlb='on'`)],
      [vtd, { addressBits: 48 }, intel(`aw_bits='48'`)],
    ],
  ],
  [
    shmem,
    [
      [plainMemory, { name: 'b' }, [`<shmem name='b'>`, `-<shmem name='a'>`]],
      [plainMemory, { sizeBytes: 64 * 1024 ** 2 }, [`<size unit='M'>64</size>`, `-<size unit='M'>4</size>`]],
      [plainMemory, { role: 'master' }, [`<shmem name='a' role='master'>`, `-<shmem name='a'>`]],
      [
        plainMemory.replace(`'M'>4<`, `'bytes'>4194304<`),
        { model: 'ivshmem-doorbell', server: '/s' },
        [
          `<model type='ivshmem-doorbell'/>`,
          `<server path='/s'/>`,
          `-<model type='ivshmem-plain'/>`,
          `-<size unit='bytes'>4194304</size>`,
        ],
      ],
      [doorbell, { vectors: 32 }, ring(`vectors='32'`)],
      [doorbell, { ioeventfd: true }, ring(`ioeventfd='on'`)],
    ],
  ],
  [
    crypto,
    [
      [accelerator, { backend: 'lkcf' }, [`<backend model='lkcf'/>`, `-<backend model='builtin'/>`]],
      [accelerator, { queues: 4 }, [`<backend model='builtin' queues='4'/>`, `-<backend model='builtin'/>`]],
      [
        `<crypto/>`,
        { model: 'virtio', type: 'qemu' },
        [`<crypto model='virtio' type='qemu'/>`, '-<crypto/>'],
      ],
    ],
  ],
  [
    pstore,
    [
      [erst, { sizeBytes: 65_536 }, [`<size unit='KiB'>64</size>`, `-<size unit='KiB'>8</size>`]],
      [erst, { path: '/p' }, ['<path>/p</path>']],
      [`<pstore/>`, { backend: 'acpi-erst' }, [`<pstore backend='acpi-erst'/>`, '-<pstore/>']],
    ],
  ],
  [
    nvram,
    [
      [
        '<nvram/>',
        { register: 0x30_00 },
        ['<nvram>', `<address type='spapr-vio' reg='0x3000'/>`, '</nvram>', '-<nvram/>'],
      ],
    ],
  ],
]

describe.each(cases.map(([kind, list]) => ({ kind, list, name: kind.label })))('$name', ({ kind, list }) => {
  test.each(list.map((one) => ({ one, values: one[1] })))(
    '$values changes its own lines, and back',
    ({ one }) => {
      const { lines, restored, before } = tryCase(kind, one)
      expect(lines).toEqual(one[2])
      expect(withoutOrder(restored)).toBe(withoutOrder(before))
    },
  )
  test('has no setting that is not tried here', () => {
    expect(untried(kind, list)).toEqual([])
  })
})

/** Attributes that went and came back stand behind the others, which means the same. */
function withoutOrder(xml: string): string {
  return xml.replaceAll(
    /<\w+( [^>]*?)(\/?)>/g,
    (tag, attributes: string, end: string) =>
      `${tag.split(' ')[0] ?? ''} ${attributes
        .trim()
        .split(/ (?=\w+=)/)
        .toSorted()
        .join(' ')}${end}>`,
  )
}

const empty = domainWith('')
const withMachine = (xml: string, arch: string, machine: string): string =>
  xml.replace('x86_64', arch).replace('pc-q35-7.2', machine)

describe('new devices', () => {
  test.each([
    [tpm, empty, [`<tpm model='tpm-crb'>`, `<backend type='emulator' version='2.0'/>`, '</tpm>']],
    [panic, empty, [`<panic model='isa'/>`]],
    [vsock, empty, [`<vsock model='virtio'>`, `<cid auto='yes'/>`, '</vsock>']],
    [iommu, empty, [vtd]],
    [iommu, withMachine(empty, 'aarch64', 'virt'), [`<iommu model='smmuv3'/>`]],
    [
      tpm,
      withMachine(empty, 'ppc64le', 'pseries'),
      [`<tpm model='tpm-spapr'>`, `<backend type='emulator' version='2.0'/>`, '</tpm>'],
    ],
    [panic, withMachine(empty, 's390x', 's390-ccw-virtio'), [`<panic model='s390'/>`]],
    [nvram, withMachine(empty, 'ppc64le', 'pseries'), ['<nvram/>']],
  ])('%# %o is what suits the machine', (kind, xml, added) => {
    const context = contextOf(xml)
    expect(kind.whyNotOffered?.(context)).toBeUndefined()
    expect(add(xml, kind.id, kind.defaults?.(context) ?? {}).added).toEqual(added)
  })

  test('shared memory has a name and a size', () => {
    const { added } = add(empty, 'shmem', { ...shmem.defaults?.(contextOf(empty)), name: 'x' })
    expect(added).toEqual([
      `<shmem name='x'>`,
      `<model type='ivshmem-plain'/>`,
      `<size unit='bytes'>4194304</size>`,
      '</shmem>',
    ])
  })

  test('a TPM is not offered where the host has no swtpm', () => {
    const capabilities = {
      virtType: 'kvm',
      architecture: 'x86_64',
      firmware: { kinds: [], loaders: [], secureBoot: 'unknown' as const },
      cpuModes: [],
      cpuModels: [],
      devices: [{ name: 'tpm', isSupported: false, values: [] }],
      features: [],
    }
    expect(tpm.whyNotOffered?.({ ...contextOf(empty), capabilities })).toContain('swtpm is not installed')
  })

  test('what the machine or the host cannot have is not offered, with the reason', () => {
    expect(iommu.whyNotOffered?.(contextOf(withMachine(empty, 'x86_64', 'pc-i440fx-7.2')))).toContain('Q35')
    expect(nvram.whyNotOffered?.(contextOf(empty))).toContain('POWER')
    expect(panic.whyNotOffered?.(contextOf(withMachine(empty, 'aarch64', 'virt')))).toContain('aarch64')
    expect(tpm.whyNotOffered?.(contextOf(domainWith('', 'xen')))).toContain('QEMU')
    // libvirt 9.0 does not know them, and only a host that names them does
    expect(crypto.whyNotOffered?.(contextOf(empty))).toContain('host')
    expect(pstore.whyNotOffered?.(contextOf(empty))).toContain('host')
  })
})

describe('rules', () => {
  const errors = (kind: Kind, device: string, key = '#0', edit = (xml: string): string => xml) =>
    problemsIn(kind, edit(domainWith(device)), { kind: kind.id, key }).filter(
      ({ severity }) => severity === 'error',
    )
  test('a TPM 1.2 has the TIS interface, and there is one TPM', () => {
    const [problem] = errors(tpm, swtpm.replace('2.0', '1.2'))
    expect(problem?.fix?.changes).toEqual([
      { kind: 'set', item: { kind: 'tpm', key: '#0' }, values: { model: 'tpm-tis' } },
    ])
    expect(errors(tpm, swtpm)).toEqual([])
    expect(errors(tpm, `${swtpm}\n${swtpm}`)).toMatchObject([{ field: 'model' }])
  })
  test('a vsock has a number or gets one', () => {
    expect(errors(vsock, '<vsock/>')[0]?.fix?.changes).toMatchObject([{ values: { isAutomatic: true } }])
    expect(errors(vsock, cid)).toEqual([])
  })
  test('many vCPUs need remapped interrupts and an I/O APIC of the emulator', () => {
    expect(errors(iommu, `<iommu model='intel'><driver eim='on'/></iommu>`)).toMatchObject([{ field: 'eim' }])
    expect(errors(iommu, `<iommu model='intel'><driver intremap='on'/></iommu>`)).toMatchObject([
      { field: 'intremap', fix: { changes: [{ values: { ioapicDriver: 'qemu' } }] } },
    ])
  })
  test('sizes of shared memory are powers of two', () => {
    expect(errors(shmem, plainMemory.replace('>4<', '>5<'), 'a')).toMatchObject([{ field: 'sizeBytes' }])
    expect(errors(shmem, plainMemory, 'a')).toEqual([])
  })
  test('a notifier is one of the machine’s architecture', () => {
    expect(errors(panic, `<panic model='s390'/>`, 's390')).toMatchObject([{ field: 'model' }])
    expect(errors(panic, `<panic model='isa'/>`, 'isa')).toEqual([])
  })
})

test('a doorbell has a server', () => {
  expect(problemsIn(shmem, domainWith(doorbell), { kind: 'shmem', key: 'a' })).toMatchObject([
    { severity: 'error', field: 'server' },
  ])
})

test('a vsock whose number is chosen at power-on forgets the one it had', () => {
  const xml = domainWith(cid)
  const item = { kind: 'vsock', key: '#0' }
  expect(valuesIn(change(xml, item, { isAutomatic: true }).text, item)).toEqual({
    model: 'virtio',
    isAutomatic: true,
  })
})
