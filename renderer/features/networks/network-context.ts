import type { HostChoices } from '../../../shared/model/host-choices'
import type { Network } from '../../../shared/model/networks/network'
import type { NetworkContext } from '../../../shared/model/networks/network-defaults'

/** What is taken on the host already, as far as it has told; without the network that is changed. */
export function networkContext(
  networks: readonly Network[],
  choices: HostChoices | undefined,
  changed?: string,
): NetworkContext {
  const others = networks.filter(({ name }) => name !== changed)
  const self = networks.find(({ name }) => name === changed)
  // a running network's bridge and its address are seen among the host's interfaces as well
  const interfaces = (choices?.interfaces.items ?? []).filter(({ name }) => name !== self?.bridge)
  return {
    names: others.map(({ name }) => name),
    subnets: [
      ...others.flatMap(({ subnets }) => subnets),
      ...interfaces.flatMap(({ addresses }) => addresses),
    ],
    bridges: [
      ...new Set([
        ...others.flatMap(({ bridge }) => bridge ?? []),
        ...interfaces
          .filter(({ kind }) => kind === 'bridge' || kind === 'openvswitch')
          .map(({ name }) => name),
      ]),
    ],
  }
}
