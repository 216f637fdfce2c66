/**
 * Windows runs at a fraction of its speed on a hypervisor that does not speak Hyper-V's language
 * (https://www.qemu.org/docs/master/system/i386/hyperv.html). The first three are in every KVM; others where the host lists them.
 */
import type { Values } from '../../../shared/model/hardware/field'
import type { CreationFacts } from '../facts'
import type { NewGuest } from './guest'

/** As libvirt calls them and as their field is called, each with those it cannot be without. */
const listed = [
  { name: 'vpindex', field: 'hypervVpindex', needs: [] },
  { name: 'runtime', field: 'hypervRuntime', needs: [] },
  { name: 'synic', field: 'hypervSynic', needs: ['vpindex'] },
  { name: 'stimer', field: 'hypervStimer', needs: ['synic'] },
  { name: 'frequencies', field: 'hypervFrequencies', needs: [] },
  { name: 'tlbflush', field: 'hypervTlbFlush', needs: ['vpindex'] },
  { name: 'ipi', field: 'hypervIpi', needs: ['vpindex'] },
] as const

export function hypervFeatures(facts: CreationFacts, guest: NewGuest): Values {
  if (!speaksHyperv(guest)) return {}
  return {
    hypervRelaxed: true,
    hypervVapic: true,
    hypervSpinlocks: true,
    hypervSpinlockRetries: 8191,
    ...Object.fromEntries(offeredHyperv(facts).map(({ field }) => [field, true])),
  }
}

export function speaksHyperv(guest: NewGuest): boolean {
  return guest.isWindows && guest.isKvm && guest.isX86
}

/** Beyond the first three. */
export function offeredHyperv({ capabilities }: CreationFacts): readonly (typeof listed)[number][] {
  const group = capabilities.features.find(({ name }) => name === 'hyperv')
  const offered = group?.isSupported === true ? group.values.flatMap(({ values }) => values) : []
  const chosen: (typeof listed)[number][] = []
  for (const one of listed) {
    const hasNeeds = one.needs.every((need) => chosen.some(({ name }) => name === need))
    if (offered.includes(one.name) && hasNeeds) chosen.push(one)
  }
  return chosen
}
