/** Where disks of a new VM go, and what its network cards are plugged into, where the user did not say. */
import { takesCards, type HostChoices, type HostInterface, type PoolChoice } from '../host-choices'
import { volumeFormatsOf, whyNotInPool } from '../storage/volume-abilities'
import type { NewNic } from './new-vm'

/** New volumes can be made in it, now. */
export function takesNewDisks({ type, state }: PoolChoice): boolean {
  const isOnNetwork = ['rbd', 'sheepdog', 'gluster', 'iscsi-direct'].includes(type)
  const isOn = state === 'running' || state === 'degraded'
  return isOn && !isOnNetwork && whyNotInPool(type, 'create') === undefined
}

/** The one the user keeps new disks in, "default", or the one with the most room. */
export function poolFor(pools: readonly PoolChoice[], usual: string | undefined): PoolChoice | undefined {
  const fit = pools.filter(takesNewDisks)
  return (
    fit.find(({ name }) => name === usual) ??
    fit.find(({ name }) => name === 'default') ??
    fit.toSorted((a, b) => (b.availableBytes ?? 0) - (a.availableBytes ?? 0))[0]
  )
}

export function diskFormatFor(pool: PoolChoice | undefined): 'qcow2' | 'raw' {
  return pool === undefined || volumeFormatsOf(pool.type).includes('qcow2') ? 'qcow2' : 'raw'
}

/**
 * What the user plugs cards into on this host; otherwise the host's first bridge to the outside, the network "default",
 * or any other. Of networks those that are active come first: the others have to be started before the VM is.
 */
export function nicSourceFor(
  { networks, interfaces }: Pick<HostChoices, 'networks' | 'interfaces'>,
  usual: string | undefined,
): NewNic['source'] {
  const active = networks.items.filter(({ isActive }) => isActive)
  const [bridge] = outerBridges({ networks, interfaces })
  if (bridge && !active.some(({ name }) => name === usual)) return { kind: 'bridge', name: bridge.name }
  const all = active.length > 0 ? active : networks.items
  const best = all.find(({ name }) => name === usual) ?? all.find(({ name }) => name === 'default') ?? all[0]
  return best ? { kind: 'network', name: best.name } : { kind: 'user' }
}

/** Bridges that are not the inside of a network: libvirt makes those itself, and takes them away with it. */
export function outerBridges({
  networks,
  interfaces,
}: Pick<HostChoices, 'networks' | 'interfaces'>): HostInterface[] {
  const own = new Set(
    networks.items.flatMap(({ bridge, forward }) =>
      bridge === undefined || forward === 'bridge' ? [] : [bridge],
    ),
  )
  return interfaces.items.filter(
    (one) => takesCards(one) && !own.has(one.name) && !/^(virbr|docker|br-[0-9a-f]{12}$)/.test(one.name),
  )
}
