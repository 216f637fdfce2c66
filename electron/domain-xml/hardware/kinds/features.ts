import type { FieldValue, Row } from '../../../../shared/model/hardware/field'
import { linuxCapabilities } from '../../../../shared/model/hardware/kinds/container-capabilities'
import { features } from '../../../../shared/model/hardware/kinds/features'
import { elementAt, makeElementAt, placeOf } from '../../edit/path'
import type { EditElement } from '../../edit/tree'
import { bind, type FieldBinding } from '../binding'
import { attribute, decode, encode, fill, removeWithEmptyParents, state } from '../parts'

const on = { state: 'on' }
const stated = (name: string): FieldBinding => ({ at: `features/${name}/@state`, as: 'on-off' })
const present = (name: string): FieldBinding => ({ at: `features/${name}`, as: 'presence' })

/** https://libvirt.org/formatdomain.html#hypervisor-features */
export const featuresBinding = bind(features, {
  fields: {
    acpi: present('acpi'),
    apic: present('apic'),
    apicEoi: attribute('features/apic', 'eoi', 'on-off'),
    pae: present('pae'),
    smm: state('features/smm'),
    smmTseg: tseg(),
    hypervMode: 'features/hyperv/@mode',
    hypervRelaxed: stated('hyperv/relaxed'),
    hypervVapic: stated('hyperv/vapic'),
    hypervSpinlocks: spinlocks('state'),
    hypervSpinlockRetries: spinlocks('retries'),
    hypervVpindex: stated('hyperv/vpindex'),
    hypervRuntime: stated('hyperv/runtime'),
    hypervSynic: stated('hyperv/synic'),
    hypervStimer: withParts('features/hyperv/stimer'),
    hypervStimerDirect: stimerDirect(),
    hypervReset: stated('hyperv/reset'),
    hypervVendorId: vendorId(),
    hypervFrequencies: stated('hyperv/frequencies'),
    hypervReenlightenment: stated('hyperv/reenlightenment'),
    hypervTlbFlush: withParts('features/hyperv/tlbflush'),
    hypervIpi: stated('hyperv/ipi'),
    hypervEvmcs: stated('hyperv/evmcs'),
    hypervAvic: stated('hyperv/avic'),
    kvmHidden: stated('kvm/hidden'),
    kvmDedicated: stated('kvm/hint-dedicated'),
    kvmPollControl: stated('kvm/poll-control'),
    kvmPvIpi: stated('kvm/pv-ipi'),
    kvmDirtyRing: withParts('features/kvm/dirty-ring'),
    kvmDirtyRingSize: attribute('features/kvm/dirty-ring', 'size', 'integer', on),
    pmu: state('features/pmu'),
    vmport: state('features/vmport'),
    vmcoreinfo: state('features/vmcoreinfo'),
    ioapicDriver: 'features/ioapic/@driver',
    unknownMsrs: 'features/msrs/@unknown',
    tbCache: { at: 'features/tcg/tb-cache', unit: 'MiB' },
    asyncTeardown: { at: 'features/async-teardown/@enabled', as: 'yes-no' },
    gicVersion: 'features/gic/@version',
    pvSpinlock: state('features/pvspinlock'),
    hap: state('features/hap'),
    viridian: present('viridian'),
    xenE820: stated('xen/e820_host'),
    xenPassthrough: withParts('features/xen/passthrough'),
    xenPassthroughMode: attribute('features/xen/passthrough', 'mode', 'text', on),
    hptResizing: 'features/hpt/@resizing',
    hptMaxPageSize: { at: 'features/hpt/maxpagesize', unit: 'KiB' },
    htm: stated('htm'),
    nestedHv: stated('nested-hv'),
    ccfAssist: stated('ccf-assist'),
    cfpc: 'features/cfpc/@value',
    sbbc: 'features/sbbc/@value',
    ibs: 'features/ibs/@value',
    privateNetwork: present('privnet'),
    capabilityPolicy: policy(),
    capabilityRules: { read: readRules, write: writeRules },
  },
})

/** An element that cannot be without its state goes as a whole, with the parts that other fields show. */
function withParts(at: string): FieldBinding {
  const place = placeOf(at)
  return {
    read: (domain) => decode(elementAt(domain, place)?.attribute('state'), 'on-off'),
    write: (domain, value) => {
      if (value === undefined) removeWithEmptyParents(elementAt(domain, place), domain)
      else makeElementAt(domain, place).setAttribute('state', encode(value, 'on-off'))
    },
  }
}

/** libvirt refuses them switched on without a number of retries; 8191 is what everybody uses. */
function spinlocks(side: 'state' | 'retries'): FieldBinding {
  const place = placeOf('features/hyperv/spinlocks')
  const as = side === 'state' ? 'on-off' : 'integer'
  return {
    read: (domain) => decode(elementAt(domain, place)?.attribute(side), as),
    write: (domain, value) => {
      const old = elementAt(domain, place)
      if (value === undefined) {
        if (side === 'state') removeWithEmptyParents(old, domain)
        else old?.setAttribute('retries', old.attribute('state') === 'on' ? '8191' : undefined)
        return
      }
      const element = makeElementAt(domain, place)
      if (side === 'retries') element.setAttribute('state', 'on')
      element.setAttribute(side, encode(value, as))
      if (element.attribute('state') === 'on') fill(element, { retries: '8191' })
    },
  }
}

/** `<stimer>` keeps its state when `<direct>` goes. */
function stimerDirect(): FieldBinding {
  const at = ['features', 'hyperv', 'stimer'] as const
  return {
    read: (domain) => decode(domain.find(...at, 'direct')?.attribute('state'), 'on-off'),
    write: (domain, value) => {
      const stimer = domain.find(...at)
      if (value === undefined) stimer?.find('direct')?.remove()
      else if (stimer)
        makeElementAt(stimer, placeOf('direct')).setAttribute('state', value === true ? 'on' : 'off')
    },
  }
}

/** A state of "off" says the same as none. */
function vendorId(): FieldBinding {
  const at = ['features', 'hyperv', 'vendor_id'] as const
  return {
    read: (domain) => {
      const element = domain.find(...at)
      return element?.attribute('state') === 'on' ? element.attribute('value') : undefined
    },
    write: (domain, value) => {
      if (typeof value !== 'string') {
        removeWithEmptyParents(domain.find(...at), domain)
        return
      }
      const element = makeElementAt(domain, placeOf(at.join('/')))
      element.setAttribute('state', 'on')
      element.setAttribute('value', value)
    },
  }
}

function tseg(): FieldBinding {
  const mebibyte = 1024 ** 2
  const factors: Record<string, number> = { B: 1, bytes: 1, KiB: 1024, MiB: mebibyte, GiB: 1024 ** 3 }
  const find = (domain: EditElement): EditElement | undefined => domain.find('features', 'smm', 'tseg')
  return {
    read: (domain) => {
      const element = find(domain)
      const count = decode(element?.text(), 'integer')
      const factor = factors[element?.attribute('unit') ?? 'MiB']
      return typeof count === 'number' && factor !== undefined ? count * factor : undefined
    },
    write: (domain, value) => {
      if (typeof value !== 'number') {
        find(domain)?.remove()
        return
      }
      const smm = makeElementAt(domain, placeOf('features/smm'))
      // without its state libvirt's schema takes no inner part
      if (smm.attribute('state') === undefined) smm.setAttribute('state', 'on')
      const element = makeElementAt(smm, placeOf('tseg'))
      element.setAttribute('unit', 'MiB')
      element.setText(String(Math.ceil(value / mebibyte)))
    },
  }
}

/** The element cannot be without its policy, and single rules may still be in it. */
function policy(): FieldBinding {
  return {
    read: (domain) => domain.find('features', 'capabilities')?.attribute('policy'),
    write: (domain, value) => {
      const element = domain.find('features', 'capabilities')
      if (typeof value === 'string')
        makeElementAt(domain, placeOf('features/capabilities')).setAttribute('policy', value)
      else if (element && element.children().length > 0) element.setAttribute('policy', 'default')
      else removeWithEmptyParents(element, domain)
    },
  }
}

function readRules(domain: EditElement): FieldValue | undefined {
  const found = (domain.find('features', 'capabilities')?.children() ?? [])
    .filter(({ name }) => linuxCapabilities.includes(name))
    .map((element) => ({ name: element.name, isAllowed: element.attribute('state') === 'on' }))
  return found.length === 0 ? undefined : found
}

function writeRules(domain: EditElement, value: FieldValue | undefined): void {
  const wanted = new Map(
    (Array.isArray(value) ? (value as readonly Row[]) : []).map(({ name, isAllowed }) => [
      String(name),
      isAllowed === true,
    ]),
  )
  const list = domain.find('features', 'capabilities')
  for (const element of list?.children() ?? [])
    if (linuxCapabilities.includes(element.name) && !wanted.has(element.name)) element.remove()
  if (wanted.size === 0) {
    // made for a rule only
    if (list?.attribute('policy') === 'default' && list.children().length === 0)
      removeWithEmptyParents(list, domain)
    return
  }
  const parent = makeElementAt(domain, placeOf('features/capabilities'))
  if (parent.attribute('policy') === undefined) parent.setAttribute('policy', 'default')
  for (const [name, isAllowed] of wanted)
    makeElementAt(parent, placeOf(name)).setAttribute('state', isAllowed ? 'on' : 'off')
}
