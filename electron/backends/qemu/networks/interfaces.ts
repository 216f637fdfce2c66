/** What network cards of VMs can be plugged into on this host, as its kernel knows it. */
import { given } from '../../../../shared/given'
import type { HostInterface, Listed } from '../../../../shared/model/host-choices'
import { errorData } from '../../../../shared/errors'
import type { Link } from '../../../link/link'
import { readKernelLinks } from '../../host/kernel-links'
import { readBridgeAccess, whyNotPlugged } from './bridge-access'

export async function readInterfaces(link: Link): Promise<Listed<HostInterface>> {
  const links = await readKernelLinks(link)
  const items = links
    .flatMap(({ kind, name, master, ...rest }): HostInterface[] =>
      kind === 'loopback' || kind === 'guest' ? [] : [{ name, kind, ...rest, ...given('partOf', master) }],
    )
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
  const bridges = items.filter(({ kind }) => kind === 'bridge').map(({ name }) => name)
  if (bridges.length === 0) return { items }
  const access = await readBridgeAccess(link)
  const problems = bridges.map((bridge) => whyNotPlugged(bridge, access, bridges))
  const [first] = problems
  // one that can be used is enough
  return first && problems.every((one) => one !== undefined) ? { items, error: errorData(first) } : { items }
}
