import { memory } from '../../../../shared/model/hardware/kinds/memory'
import { writeAt } from '../../edit/path'
import { bind, type FieldBinding } from '../binding'
import { readField, writeField } from '../field-xml'
import { decode } from '../parts'

const pages: FieldBinding = {
  rows: 'page',
  columns: { size: { at: '@size', unit: 'KiB' }, nodeset: '@nodeset' },
}
const ceiling: FieldBinding = { at: 'maxMemory', unit: 'KiB' }

/** https://libvirt.org/formatdomain.html#memory-allocation, #memory-backing and #memory-tuning */
export const memoryBinding = bind(memory, {
  fields: {
    maximum: { at: 'memory', unit: 'KiB' },
    current: { at: 'currentMemory', unit: 'KiB' },
    // the element is there for both or not at all
    hotplugCeiling: {
      read: (domain) => readField(domain, memory.fields.hotplugCeiling, ceiling),
      write: (domain, value) => {
        writeField(domain, memory.fields.hotplugCeiling, ceiling, value)
        const element = domain.find('maxMemory')
        if (element && element.attribute('slots') === undefined) element.setAttribute('slots', '16')
      },
    },
    hotplugSlots: {
      read: (domain) => decode(domain.find('maxMemory')?.attribute('slots'), 'integer'),
      write: (domain, value) => {
        if (typeof value === 'number') domain.find('maxMemory')?.setAttribute('slots', String(value))
      },
    },
    backingSource: 'memoryBacking/source/@type',
    backingAccess: 'memoryBacking/access/@mode',
    hugepages: { at: 'memoryBacking/hugepages', as: 'presence' },
    // an element without pages still asks for huge ones, so it stays when the last size goes
    hugepageSizes: {
      read: (domain) => {
        const element = domain.find('memoryBacking', 'hugepages')
        return element && readField(element, memory.fields.hugepageSizes, pages)
      },
      write: (domain, value) => {
        if (value !== undefined) writeField(domain, memory.fields.hugepages, hugepages, true)
        const element = domain.find('memoryBacking', 'hugepages')
        if (element) writeField(element, memory.fields.hugepageSizes, pages, value)
      },
    },
    allocationMode: 'memoryBacking/allocation/@mode',
    allocationThreads: 'memoryBacking/allocation/@threads',
    locked: { at: 'memoryBacking/locked', as: 'presence' },
    noSharing: { at: 'memoryBacking/nosharepages', as: 'presence' },
    discard: { at: 'memoryBacking/discard', as: 'presence' },
    dumpCore: { at: 'memory/@dumpCore', as: 'on-off' },
    hardLimit: limit('hard_limit'),
    softLimit: limit('soft_limit'),
    swapLimit: limit('swap_hard_limit'),
    minGuarantee: limit('min_guarantee'),
  },
})

const hugepages: FieldBinding = { at: 'memoryBacking/hugepages', as: 'presence' }

/** libvirt writes "unlimited" as the largest number it can (VIR_DOMAIN_MEMORY_PARAM_UNLIMITED): that is no limit. */
function limit(name: string): FieldBinding {
  const place = `memtune/${name}`
  const size: FieldBinding = { at: place, unit: 'KiB' }
  return {
    read: (domain) => {
      const bytes = readField(domain, memory.fields.hardLimit, size)
      return typeof bytes === 'number' && bytes <= Number.MAX_SAFE_INTEGER ? bytes : undefined
    },
    write: (domain, value) => {
      if (value === undefined) writeAt(domain, place, undefined)
      else writeField(domain, memory.fields.hardLimit, size, value)
    },
  }
}
