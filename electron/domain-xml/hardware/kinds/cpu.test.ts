import { describe, expect, it } from 'vitest'
import { cpu } from '../../../../shared/model/hardware/kinds/cpu'
import type { CheckContext } from '../../../../shared/model/hardware/kind'
import type { Values } from '../../../../shared/model/hardware/field'
import { EditDocument } from '../../edit/tree'
import { readValues } from '../items'
import { after, changedLines } from '../testing/changed-lines'
import { cpuBinding } from './cpu'

const domain = (parts: string): string => `<domain type='kvm'>
  <name>one</name>
  <memory unit='KiB'>1048576</memory>
  ${parts}
  <os>
    <type arch='x86_64' machine='pc-q35-7.2'>hvm</type>
  </os>
  <devices/>
</domain>`

const custom = domain(`<vcpu placement='static' cpuset='0-3' current='2'>4</vcpu>
  <cpu mode='custom' match='exact' check='partial'>
    <model fallback='allow' vendor_id='GenuineIntel'>Nehalem</model>
    <vendor>Intel</vendor>
    <topology sockets='1' dies='1' cores='4' threads='1'/>
    <cache level='3' mode='emulate'/>
    <maxphysaddr mode='emulate' bits='42'/>
    <feature policy='disable' name='vmx'/>
    <numa>
      <cell id='0' cpus='0-3' memory='1048576' unit='KiB'/>
    </numa>
  </cpu>`)
const plain = domain(`<vcpu placement='static'>4</vcpu>`)
const passthrough = domain(`<vcpu>4</vcpu>
  <cpu mode='host-passthrough' check='none'/>`)
const singles = domain(`<vcpu current='2'>4</vcpu>
  <vcpus>
    <vcpu id='0' enabled='yes' hotpluggable='no'/>
    <vcpu id='1' enabled='yes' hotpluggable='yes' order='2'/>
    <vcpu id='2' enabled='no' hotpluggable='yes'/>
    <vcpu id='3' enabled='no' hotpluggable='yes'/>
  </vcpus>`)

const item = { kind: 'cpu', key: '' }
const read = (source: string): Values =>
  readValues({ binding: cpuBinding, element: EditDocument.parse(source).root })
const lines = (source: string, values: Values, unset: readonly string[] = []): string[] =>
  changedLines(source, after(source, item, values, unset))

describe('the processor in a definition', () => {
  it('is read with everything it has', () => {
    expect(read(custom)).toEqual({
      maximum: 4,
      current: 2,
      mode: 'custom',
      model: 'Nehalem',
      sockets: 1,
      cores: 4,
      threads: 1,
      dies: 1,
      features: [{ name: 'vmx', policy: 'disable' }],
      placement: 'static',
      cpuset: '0-3',
      match: 'exact',
      check: 'partial',
      fallback: 'allow',
      vendor: 'Intel',
      vendorId: 'GenuineIntel',
      cacheMode: 'emulate',
      cacheLevel: '3',
      physBitsMode: 'emulate',
      physBits: 42,
    })
  })

  it.each<[string, Values[string], string, string]>([
    ['current', 3, plain, "<vcpu placement='static' current='3'>4</vcpu>"],
    ['mode', 'host-model', plain, "<cpu mode='host-model'/>"],
    ['features', [{ name: 'vmx', policy: 'require' }], passthrough, "<feature name='vmx' policy='require'/>"],
    ['sockets', 4, plain, "<topology sockets='4' cores='1' threads='1'/>"],
    ['cores', 4, plain, "<topology cores='4' sockets='1' threads='1'/>"],
    ['threads', 2, plain, "<topology threads='2' sockets='1' cores='1'/>"],
    ['cpuset', '0-2', plain, "<vcpu placement='static' cpuset='0-2'>4</vcpu>"],
    ['check', 'full', plain, "<cpu check='full'/>"],
    ['migratable', false, passthrough, "<cpu mode='host-passthrough' check='none' migratable='off'/>"],
    ['cacheMode', 'passthrough', passthrough, "<cache mode='passthrough'/>"],
    ['physBitsMode', 'passthrough', passthrough, "<maxphysaddr mode='passthrough'/>"],
    [
      'vcpus',
      [{ id: 0, enabled: true, hotpluggable: false }],
      passthrough,
      "<vcpu id='0' enabled='yes' hotpluggable='no'/>",
    ],
  ])('gets %s written in one place, and is the same again without it', (field, value, source, line) => {
    const now = after(source, item, { [field]: value })
    expect(changedLines(source, now)).toContain(`+ ${line}`)
    const back = after(now, item, {}, [field])
    // the number of those switched on is the list's, and stays when the list goes
    if (field !== 'vcpus') expect(back).toBe(source)
  })

  it.each<[string, Values[string], string[]]>([
    [
      'maximum',
      6,
      [
        "- <vcpu placement='static' cpuset='0-3' current='2'>4</vcpu>",
        "+ <vcpu placement='static' cpuset='0-3' current='2'>6</vcpu>",
      ],
    ],
    [
      'model',
      'Westmere',
      [
        "- <model fallback='allow' vendor_id='GenuineIntel'>Nehalem</model>",
        "+ <model fallback='allow' vendor_id='GenuineIntel'>Westmere</model>",
      ],
    ],
    [
      'fallback',
      'forbid',
      [
        "- <model fallback='allow' vendor_id='GenuineIntel'>Nehalem</model>",
        "+ <model fallback='forbid' vendor_id='GenuineIntel'>Nehalem</model>",
      ],
    ],
    [
      'vendorId',
      'AuthenticAMD',
      [
        "- <model fallback='allow' vendor_id='GenuineIntel'>Nehalem</model>",
        "+ <model fallback='allow' vendor_id='AuthenticAMD'>Nehalem</model>",
      ],
    ],
    ['vendor', 'AMD', ['- <vendor>Intel</vendor>', '+ <vendor>AMD</vendor>']],
    [
      'match',
      'strict',
      [
        "- <cpu mode='custom' match='exact' check='partial'>",
        "+ <cpu mode='custom' match='strict' check='partial'>",
      ],
    ],
    [
      'dies',
      2,
      [
        "- <topology sockets='1' dies='1' cores='4' threads='1'/>",
        "+ <topology sockets='1' dies='2' cores='4' threads='1'/>",
      ],
    ],
    [
      'physBits',
      40,
      ["- <maxphysaddr mode='emulate' bits='42'/>", "+ <maxphysaddr mode='emulate' bits='40'/>"],
    ],
    [
      'placement',
      'auto',
      [
        "- <vcpu placement='static' cpuset='0-3' current='2'>4</vcpu>",
        "+ <vcpu placement='auto' current='2'>4</vcpu>",
      ],
    ],
    [
      'features',
      [
        { name: 'vmx', policy: 'disable' },
        { name: 'aes', policy: 'require' },
      ],
      ["+ <feature name='aes' policy='require'/>"],
    ],
  ])('changes %s and nothing else', (field, value, expected) => {
    const now = after(custom, item, { [field]: value })
    expect(changedLines(custom, now)).toEqual(expected)
  })

  it('leaves behind what belongs to a named model when the host’s own is chosen, and keeps NUMA and features', () => {
    expect(lines(custom, { mode: 'host-passthrough' })).toEqual([
      "- <cpu mode='custom' match='exact' check='partial'>",
      "- <model fallback='allow' vendor_id='GenuineIntel'>Nehalem</model>",
      '- <vendor>Intel</vendor>',
      "+ <cpu mode='host-passthrough' check='partial'>",
    ])
  })

  it('loses the level of an emulated cache with the emulated cache', () => {
    expect(lines(custom, { cacheMode: 'disable' })).toEqual([
      "- <cache level='3' mode='emulate'/>",
      "+ <cache mode='disable'/>",
    ])
  })

  it('switches listed virtual CPUs on and off with their number', () => {
    expect(lines(singles, { current: 3 })).toEqual([
      "- <vcpu current='2'>4</vcpu>",
      "- <vcpu id='2' enabled='no' hotpluggable='yes'/>",
      "+ <vcpu current='3'>4</vcpu>",
      "+ <vcpu id='2' enabled='yes' hotpluggable='yes'/>",
    ])
    expect(lines(singles, { current: 1 })).toEqual([
      "- <vcpu current='2'>4</vcpu>",
      "- <vcpu id='1' enabled='yes' hotpluggable='yes' order='2'/>",
      "+ <vcpu current='1'>4</vcpu>",
      "+ <vcpu id='1' enabled='no' hotpluggable='yes'/>",
    ])
  })

  it('drops listed virtual CPUs beyond the number there can be', () => {
    const now = after(singles, item, { maximum: 2 })
    expect(changedLines(singles, now)).toEqual([
      "- <vcpu current='2'>4</vcpu>",
      "- <vcpu id='2' enabled='no' hotpluggable='yes'/>",
      "- <vcpu id='3' enabled='no' hotpluggable='yes'/>",
      "+ <vcpu current='2'>2</vcpu>",
    ])
  })
})

const context: CheckContext = {
  virtType: 'kvm',
  osType: 'hvm',
  architecture: 'x86_64',
  machine: 'pc-q35-7.2',
  isRunning: false,
  items: [],
  hostCpus: 8,
  self: item,
}
const problems = (values: Values, more: Partial<CheckContext> = {}) =>
  cpu.check?.(values, { ...context, ...more }) ?? []

describe('rules of the processor', () => {
  it('have nothing to say about an ordinary one', () => {
    expect(problems({ maximum: 4, mode: 'host-model', sockets: 1, cores: 4, threads: 1 })).toEqual([])
  })

  it('make the topology equal the number of virtual CPUs, and offer cores that do', () => {
    const [problem] = problems({ maximum: 8, sockets: 2, cores: 2, threads: 1 })
    expect(problem).toMatchObject({
      severity: 'error',
      message: 'The topology makes 4 virtual CPUs, but the VM has 8',
      fix: { changes: [{ values: { cores: 4 } }] },
    })
    const [odd] = problems({ maximum: 5, sockets: 2, cores: 2, threads: 1 })
    expect(odd?.fix?.changes).toEqual([
      { kind: 'set', item, values: { sockets: 1, cores: 5, threads: 1 }, unset: ['dies'] },
    ])
  })

  it('keep the number switched on within the number there can be', () => {
    expect(problems({ maximum: 2, current: 3 })).toMatchObject([
      { severity: 'error', field: 'current', fix: { changes: [{ values: { current: 2 } }] } },
    ])
  })

  it('warn of more virtual CPUs than the host has, and of host CPUs beyond the last', () => {
    expect(problems({ maximum: 9 })).toMatchObject([{ severity: 'warning', field: 'maximum' }])
    expect(problems({ maximum: 2, cpuset: '2-8' })).toMatchObject([
      {
        severity: 'warning',
        message: 'CPU 8 is beyond the host’s 8 CPUs, which are counted from 0 to 7',
        fix: { label: 'Use 2-7', changes: [{ values: { cpuset: '2-7' } }] },
      },
    ])
  })

  it('add the IOMMU and the I/O APIC that more than 255 virtual CPUs need, in one fix', () => {
    const many = { maximum: 288, mode: 'host-model' }
    const [problem] = problems(many, { hostCpus: 512 })
    expect(problem?.fix?.changes).toEqual([
      { kind: 'add', device: 'iommu', values: { model: 'intel', intremap: true, eim: true } },
      { kind: 'set', item: { kind: 'features', key: '' }, values: { ioapicDriver: 'qemu' } },
    ])
    const done = {
      hostCpus: 512,
      items: [
        {
          ref: { kind: 'iommu', key: '#0' },
          values: { model: 'intel', intremap: true, eim: true },
          hasMore: false,
        },
        { ref: { kind: 'features', key: '' }, values: { ioapicDriver: 'qemu' }, hasMore: false },
      ],
    }
    expect(problems(many, done)).toEqual([])
    expect(problems(many, { ...done, machine: 'pc-i440fx-7.2' })).toMatchObject([{ severity: 'error' }])
  })

  it('show the host’s cache only beside the host’s own processor, and offer that', () => {
    expect(problems({ maximum: 2, mode: 'host-model', cacheMode: 'passthrough' })).toMatchObject([
      { severity: 'error', field: 'cacheMode', fix: { changes: [{ values: { mode: 'host-passthrough' } }] } },
    ])
    const own = problems({ maximum: 2, mode: 'host-passthrough', cacheMode: 'passthrough', check: 'none' })
    expect(own).toMatchObject([
      { severity: 'hint', field: 'mode', message: expect.stringContaining('the same microcode') as string },
    ])
  })

  it('know what the host can give: models it lacks, and how many virtual CPUs there can be', () => {
    const capabilities = {
      virtType: 'kvm',
      architecture: 'x86_64',
      maxVcpus: 4,
      firmware: { kinds: [], loaders: [], secureBoot: 'unknown' as const },
      cpuModes: [{ name: 'custom', isSupported: true }],
      cpuModels: [
        { name: 'Nehalem', usable: 'yes' as const, blockers: [], isDeprecated: false },
        { name: 'Skylake-Server', usable: 'no' as const, blockers: ['avx512f'], isDeprecated: false },
      ],
      devices: [],
      features: [],
    }
    const about = (values: Values) => problems({ maximum: 2, mode: 'custom', ...values }, { capabilities })
    expect(about({ model: 'Nehalem' })).toEqual([])
    expect(about({ model: 'Skylake-Server' })).toMatchObject([
      { severity: 'warning', field: 'model', message: expect.stringContaining('it lacks avx512f') as string },
    ])
    expect(about({ model: 'Nehalem', maximum: 8 })).toMatchObject([
      { severity: 'error', field: 'maximum', fix: { changes: [{ values: { maximum: 4 } }] } },
    ])
  })

  it('want the host’s own processor for 4 TiB of memory', () => {
    const items = [{ ref: { kind: 'memory', key: '' }, values: { maximum: 4 * 1024 ** 4 }, hasMore: false }]
    expect(problems({ maximum: 4, mode: 'host-model' }, { items })).toMatchObject([
      { severity: 'error', fix: { changes: [{ values: { mode: 'host-passthrough' } }] } },
    ])
    expect(problems({ maximum: 4, mode: 'host-passthrough' }, { items })).toMatchObject([
      { severity: 'hint' },
    ])
  })
})

describe('what runs of a processor', () => {
  it('is no difference when libvirt made it of the stored one', () => {
    const next = { mode: 'host-model', features: [{ name: 'vmx', policy: 'disable' }] }
    const now = {
      mode: 'custom',
      check: 'full',
      model: 'EPYC',
      features: [
        { name: 'vmx', policy: 'disable' },
        { name: 'aes', policy: 'require' },
      ],
    }
    for (const field of ['mode', 'model', 'check', 'features'])
      expect(cpu.isMadeFrom?.(field, now, next)).toBe(true)
    expect(cpu.isMadeFrom?.('sockets', now, next)).toBe(false)
    expect(
      cpu.isMadeFrom?.('features', now, { ...next, features: [{ name: 'aes', policy: 'disable' }] }),
    ).toBe(false)
    expect(cpu.isMadeFrom?.('model', now, { mode: 'custom', model: 'Nehalem' })).toBe(false)
  })

  it('is a difference when a feature was asked for in the meantime', () => {
    const now = {
      mode: 'custom',
      check: 'full',
      model: 'EPYC',
      features: [{ name: 'aes', policy: 'require' }],
    }
    const next = { mode: 'custom', model: 'EPYC', features: [{ name: 'vmx', policy: 'require' }] }
    expect(cpu.isMadeFrom?.('features', now, next)).toBe(false)
  })

  it('is no difference that virtual CPUs are listed where their number is stored', () => {
    const vcpus = [
      { id: 0, enabled: true, hotpluggable: false, order: 1 },
      { id: 1, enabled: true, hotpluggable: true, order: 2 },
    ]
    expect(cpu.isMadeFrom?.('vcpus', { vcpus }, { current: 2, maximum: 4 })).toBe(true)
    expect(cpu.isMadeFrom?.('vcpus', { vcpus }, { maximum: 2 })).toBe(true)
    expect(cpu.isMadeFrom?.('vcpus', { vcpus }, { current: 1, maximum: 4 })).toBe(false)
  })

  it('is no difference in the order in which virtual CPUs were switched on', () => {
    const single = { id: 0, enabled: true, hotpluggable: false }
    expect(cpu.isMadeFrom?.('vcpus', { vcpus: [{ ...single, order: 1 }] }, { vcpus: [single] })).toBe(true)
    expect(
      cpu.isMadeFrom?.(
        'vcpus',
        { vcpus: [{ ...single, order: 1 }] },
        { vcpus: [{ ...single, enabled: false }] },
      ),
    ).toBe(false)
  })
})
