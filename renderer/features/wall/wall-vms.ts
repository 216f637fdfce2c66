import type { Host } from '../../../shared/model/host'
import { isActive, type Vm } from '../../../shared/model/vm'

/** Those that run on connected hosts and have these words in their name, title or host, by host and name. */
export function wallVms(
  vms: Iterable<Vm>,
  hosts: Readonly<Record<string, Host>>,
  order: readonly string[],
  filter: string,
): readonly Vm[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  const place = new Map(order.map((host, index) => [host, index]))
  return [...vms]
    .filter((vm) => {
      const host = hosts[vm.host]
      if (host?.status.kind !== 'connected' || !isActive(vm.state)) return false
      const text = `${vm.name} ${vm.title ?? ''} ${host.label}`.toLowerCase()
      return words.every((word) => text.includes(word))
    })
    .toSorted(
      (a, b) =>
        (place.get(a.host) ?? 0) - (place.get(b.host) ?? 0) ||
        a.name.localeCompare(b.name, undefined, { numeric: true }),
    )
}
