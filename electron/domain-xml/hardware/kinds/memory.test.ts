import { describe, expect, it } from 'vitest'
import type { Values } from '../../../../shared/model/hardware/field'
import type { CheckContext } from '../../../../shared/model/hardware/kind'
import { memory } from '../../../../shared/model/hardware/kinds/memory'
import { EditDocument } from '../../edit/tree'
import { readValues } from '../items'
import { after, changedLines } from '../testing/changed-lines'
import { memoryBinding } from './memory'

const gibibyte = 1024 ** 3
const source = `<domain type='kvm'>
  <name>one</name>
  <maxMemory slots='16' unit='GiB'>8</maxMemory>
  <memory unit='KiB' dumpCore='off'>2097152</memory>
  <currentMemory unit='MiB'>1024</currentMemory>
  <vcpu>2</vcpu>
  <memoryBacking>
    <hugepages>
      <page size='2048' unit='KiB' nodeset='0'/>
    </hugepages>
    <nosharepages/>
    <locked/>
    <source type='memfd'/>
    <access mode='shared'/>
    <allocation mode='immediate' threads='4'/>
    <discard/>
  </memoryBacking>
  <memtune>
    <hard_limit unit='KiB'>4194304</hard_limit>
    <swap_hard_limit unit='KiB'>9007199254740991</swap_hard_limit>
  </memtune>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
  </os>
</domain>`
const bare = `<domain type='kvm'>
  <name>one</name>
  <memory unit='KiB'>2097152</memory>
  <vcpu>2</vcpu>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
  </os>
</domain>`

const item = { kind: 'memory', key: '' }

describe('memory in a definition', () => {
  it('is read with everything it has; an unlimited limit is none', () => {
    expect(readValues({ binding: memoryBinding, element: EditDocument.parse(source).root })).toEqual({
      maximum: 2 * gibibyte,
      current: gibibyte,
      hotplugCeiling: 8 * gibibyte,
      hotplugSlots: 16,
      backingSource: 'memfd',
      backingAccess: 'shared',
      hugepages: true,
      hugepageSizes: [{ size: 2 * 1024 ** 2, nodeset: '0' }],
      allocationMode: 'immediate',
      allocationThreads: 4,
      locked: true,
      noSharing: true,
      discard: true,
      dumpCore: false,
      hardLimit: 4 * gibibyte,
    })
  })

  it.each<[string, Values[string], string]>([
    ['current', gibibyte, "<currentMemory unit='KiB'>1048576</currentMemory>"],
    ['hotplugCeiling', 4 * gibibyte, "<maxMemory unit='KiB' slots='16'>4194304</maxMemory>"],
    ['backingSource', 'memfd', "<source type='memfd'/>"],
    ['backingAccess', 'shared', "<access mode='shared'/>"],
    ['hugepages', true, '<hugepages/>'],
    ['allocationMode', 'immediate', "<allocation mode='immediate'/>"],
    ['allocationThreads', 2, "<allocation threads='2'/>"],
    ['locked', true, '<locked/>'],
    ['noSharing', true, '<nosharepages/>'],
    ['discard', true, '<discard/>'],
    ['dumpCore', true, "<memory unit='KiB' dumpCore='on'>2097152</memory>"],
    ['hardLimit', gibibyte, "<hard_limit unit='KiB'>1048576</hard_limit>"],
    ['softLimit', gibibyte, "<soft_limit unit='KiB'>1048576</soft_limit>"],
    ['swapLimit', gibibyte, "<swap_hard_limit unit='KiB'>1048576</swap_hard_limit>"],
    ['minGuarantee', gibibyte, "<min_guarantee unit='KiB'>1048576</min_guarantee>"],
  ])('gets %s in one place, and is the same again without it', (field, value, line) => {
    const now = after(bare, item, { [field]: value })
    expect(changedLines(bare, now)).toContain(`+ ${line}`)
    expect(after(now, item, {}, [field])).toBe(bare)
  })

  it('keeps the units that are there when they can tell the size', () => {
    expect(changedLines(source, after(source, item, { hotplugCeiling: 16 * gibibyte }))).toEqual([
      "- <maxMemory slots='16' unit='GiB'>8</maxMemory>",
      "+ <maxMemory slots='16' unit='GiB'>16</maxMemory>",
    ])
    expect(changedLines(source, after(source, item, { maximum: 3 * gibibyte }))).toEqual([
      "- <memory unit='KiB' dumpCore='off'>2097152</memory>",
      "+ <memory unit='KiB' dumpCore='off'>3145728</memory>",
    ])
  })

  it('still has huge pages when the last of their sizes goes, and neither without huge pages', () => {
    const now = after(source, item, {}, ['hugepageSizes'])
    expect(changedLines(source, now)).toEqual([
      '- <hugepages>',
      "- <page size='2048' unit='KiB' nodeset='0'/>",
      '- </hugepages>',
      '+ <hugepages/>',
    ])
    expect(after(source, item, {}, ['hugepages'])).not.toContain('page ')
    expect(after(bare, item, { hugepageSizes: [{ size: gibibyte }] })).toContain(
      "<page size='1048576' unit='KiB'/>",
    )
  })

  it('gets slots only where there is room to grow into', () => {
    expect(after(bare, item, { hotplugSlots: 4 })).toBe(bare)
    expect(after(source, item, { hotplugSlots: 4 })).toContain("<maxMemory slots='4' unit='GiB'>")
  })
})

const context: CheckContext = {
  virtType: 'kvm',
  osType: 'hvm',
  architecture: 'x86_64',
  machine: 'pc-q35-7.2',
  isRunning: false,
  items: [],
  hostMemoryBytes: 64 * gibibyte,
  self: item,
}
const problems = (values: Values, more: Partial<CheckContext> = {}) =>
  memory.check?.(values, { ...context, ...more }) ?? []
const page = (kind: string, values: Values) => ({ ref: { kind, key: '' }, values, hasMore: false })

describe('rules of memory', () => {
  it('have nothing to say about an ordinary amount', () => {
    expect(problems({ maximum: 2 * gibibyte, current: gibibyte })).toEqual([])
  })

  it('keep what is available within what there is', () => {
    expect(problems({ maximum: gibibyte, current: 2 * gibibyte })).toMatchObject([
      { severity: 'error', fix: { changes: [{ values: { current: gibibyte } }] } },
    ])
  })

  it('say how much the host has when that is less, and ask for a balloon where memory shall come and go', () => {
    expect(problems({ maximum: 65 * gibibyte })).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('The host has 64 GiB of memory') as string },
    ])
    const balloon = { kind: 'balloon', key: 'balloon' }
    const items = [{ ref: balloon, values: { model: 'none' }, hasMore: false }]
    expect(problems({ maximum: 2 * gibibyte, current: gibibyte }, { items })).toMatchObject([
      { severity: 'warning', fix: { changes: [{ item: balloon, values: { model: 'virtio' } }] } },
    ])
  })

  it('give the guest a NUMA node with all its CPUs when memory shall be plugged in', () => {
    const items = [page('cpu', { maximum: 4 })]
    expect(
      problems({ maximum: 2 * gibibyte, hotplugCeiling: 4 * gibibyte, hotplugSlots: 4 }, { items }),
    ).toMatchObject([
      {
        severity: 'error',
        fix: {
          changes: [
            {
              item: { kind: 'numa', key: '' },
              values: { cells: [{ id: 0, cpus: '0-3', memory: 2 * gibibyte }] },
            },
          ],
        },
      },
    ])
  })

  it('share a new amount among the NUMA nodes, plugged memory aside', () => {
    const items = [
      page('numa', {
        cells: [
          { id: 0, cpus: '0', memory: gibibyte },
          { id: 1, cpus: '1', memory: 3 * gibibyte },
        ],
      }),
      {
        ref: { kind: 'memory-device', key: '#0' },
        values: { model: 'dimm', size: gibibyte },
        hasMore: false,
      },
    ]
    const values = { maximum: 9 * gibibyte, hotplugCeiling: 16 * gibibyte, hotplugSlots: 4 }
    expect(problems(values, { items })).toMatchObject([
      {
        severity: 'warning',
        fix: {
          changes: [
            {
              values: {
                cells: [
                  { id: 0, cpus: '0', memory: 2 * gibibyte },
                  { id: 1, cpus: '1', memory: 6 * gibibyte },
                ],
              },
            },
          ],
        },
      },
    ])
    expect(problems({ ...values, maximum: 5 * gibibyte }, { items })).toEqual([])
  })

  it('refuse huge pages of plain memory and of odd sizes', () => {
    const values = { maximum: gibibyte, hugepages: true }
    expect(problems({ ...values, backingSource: 'anonymous' })).toMatchObject([
      { severity: 'error', field: 'backingSource' },
    ])
    expect(problems({ ...values, hugepageSizes: [{ size: 3 * 1024 ** 2 }] })).toMatchObject([
      { severity: 'error', field: 'hugepageSizes' },
    ])
    expect(problems({ ...values, hugepageSizes: [{ size: 2 * 1024 ** 2 }] })).toEqual([])
  })

  it('want the host’s own processor for 4 TiB', () => {
    const more = { hostMemoryBytes: 8 * 1024 ** 4, items: [page('cpu', { mode: 'host-model' })] }
    expect(problems({ maximum: 4 * 1024 ** 4 }, more)).toMatchObject([
      {
        severity: 'error',
        item: { kind: 'cpu', key: '' },
        fix: { changes: [{ values: { mode: 'host-passthrough' } }] },
      },
    ])
    expect(problems({ maximum: 4 * 1024 ** 4 - 1024 ** 2 }, more)).toEqual([])
  })
})
