import { cpu } from '../../../../shared/model/hardware/kinds/cpu'
import { makeElementAt, placeOf, writeAt } from '../../edit/path'
import { EditElement } from '../../edit/tree'
import { bind, type FieldBinding } from '../binding'
import { attribute, decode, encode, fill } from '../parts'

/** https://libvirt.org/formatdomain.html#cpu-allocation and #cpu-model-and-topology */
export const cpuBinding = bind(cpu, {
  fields: {
    maximum: 'vcpu',
    current: {
      read: (domain) => decode(domain.find('vcpu')?.attribute('current'), 'integer'),
      write: (domain, value) => {
        const current = typeof value === 'number' ? value : undefined
        domain.find('vcpu')?.setAttribute('current', current === undefined ? undefined : String(current))
        switchSingles(domain, current ?? maximumOf(domain))
      },
    },
    mode: 'cpu/@mode',
    model: 'cpu/model',
    sockets: topology('sockets'),
    cores: topology('cores'),
    threads: topology('threads'),
    dies: attribute('cpu/topology', 'dies', 'integer', { sockets: '1', cores: '1', threads: '1' }),
    clusters: 'cpu/topology/@clusters',
    features: { rows: 'cpu/feature', columns: { name: '@name', policy: '@policy' } },
    placement: 'vcpu/@placement',
    cpuset: 'vcpu/@cpuset',
    match: 'cpu/@match',
    check: 'cpu/@check',
    fallback: 'cpu/model/@fallback',
    vendor: 'cpu/vendor',
    vendorId: 'cpu/model/@vendor_id',
    migratable: { at: 'cpu/@migratable', as: 'on-off' },
    cacheMode: 'cpu/cache/@mode',
    cacheLevel: attribute('cpu/cache', 'level', 'text', { mode: 'emulate' }),
    physBitsMode: 'cpu/maxphysaddr/@mode',
    physBits: attribute('cpu/maxphysaddr', 'bits', 'integer', { mode: 'emulate' }),
    vcpus: {
      rows: 'vcpus/vcpu',
      columns: {
        id: '@id',
        enabled: { at: '@enabled', as: 'yes-no' },
        hotpluggable: { at: '@hotpluggable', as: 'yes-no' },
        order: '@order',
      },
    },
  },
  finish: (domain) => countSingles(domain),
})

const sides = ['sockets', 'dies', 'clusters', 'cores', 'threads']

/** `<topology>` needs all three of its numbers; one that says nothing but ones goes. */
function topology(side: 'sockets' | 'cores' | 'threads'): FieldBinding {
  const place = placeOf('cpu/topology')
  return {
    read: (domain) => decode(domain.find('cpu', 'topology')?.attribute(side), 'integer'),
    write: (domain, value) => {
      if (value !== undefined) {
        const element = makeElementAt(domain, place)
        element.setAttribute(side, encode(value, 'integer'))
        fill(element, { sockets: '1', cores: '1', threads: '1' })
        return
      }
      const element = domain.find('cpu', 'topology')
      if (!element) return
      element.setAttribute(side, '1')
      if (sides.every((one) => (element.attribute(one) ?? '1') === '1'))
        writeAt(domain, 'cpu/topology', undefined)
    },
  }
}

function maximumOf(domain: EditElement): number {
  return Number(decode(domain.find('vcpu')?.text(), 'integer') ?? 1)
}

const singlesOf = (domain: EditElement): EditElement[] => domain.find('vcpus')?.children('vcpu') ?? []
const isOn = (single: EditElement): boolean => single.attribute('enabled') === 'yes'
const idOf = (single: EditElement): number => Number(single.attribute('id') ?? Number.NaN)

/** Where virtual CPUs are listed one by one, libvirt goes by that list and not by their number (virDomainVcpuParse). */
function switchSingles(domain: EditElement, wanted: number): void {
  const list = domain.find('vcpus')
  if (!list || singlesOf(domain).length === 0) return
  for (let id = 0; id < maximumOf(domain); id += 1) {
    if (singlesOf(domain).some((one) => idOf(one) === id)) continue
    const single = list.insert(new EditElement('vcpu'))
    fill(single, { id: String(id), enabled: 'no', hotpluggable: 'yes' })
  }
  const rising = singlesOf(domain).toSorted((a, b) => idOf(a) - idOf(b))
  let missing = wanted - rising.filter(isOn).length
  for (const single of rising) {
    if (missing <= 0) break
    if (isOn(single)) continue
    single.setAttribute('enabled', 'yes')
    missing -= 1
  }
  for (const single of rising.toReversed()) {
    if (missing >= 0) break
    if (!isOn(single) || single.attribute('hotpluggable') !== 'yes') continue
    single.setAttribute('enabled', 'no')
    single.setAttribute('order', undefined)
    missing += 1
  }
}

/** The list ends with the highest virtual CPU, and the number of those switched on is the list's. */
function countSingles(domain: EditElement): void {
  const maximum = maximumOf(domain)
  for (const single of singlesOf(domain)) if (idOf(single) >= maximum) writeSingleAway(single)
  const singles = singlesOf(domain)
  if (singles.length === 0) return
  const on = singles.filter(isOn).length
  const vcpu = domain.find('vcpu')
  const said = vcpu?.attribute('current') ?? vcpu?.text()
  if (said !== String(on)) vcpu?.setAttribute('current', String(on))
}

function writeSingleAway(single: EditElement): void {
  const { parent } = single
  single.remove()
  if (parent?.isEmpty()) parent.remove()
}
