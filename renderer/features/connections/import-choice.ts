import type { AddHostInput } from '../../../shared/model/host'
import type { ImportableHost, ImportSource } from '../../../shared/model/host-import'

export const sourceText: Record<ImportSource, string> = {
  'virt-manager': 'virt-manager',
  'ssh-config': 'SSH configuration (~/.ssh/config)',
  'libvirt-aliases': 'libvirt’s aliases',
}

/** Why a host cannot be chosen; undefined when it can. */
export function whyNotImported({ isAdded, problem }: ImportableHost): string | undefined {
  return isAdded ? 'In the list already' : problem?.message
}

export function bySource(
  hosts: readonly ImportableHost[],
): { readonly source: ImportSource; readonly hosts: readonly ImportableHost[] }[] {
  const sources: ImportSource[] = ['virt-manager', 'ssh-config', 'libvirt-aliases']
  return sources
    .map((source) => ({ source, hosts: hosts.filter((host) => host.source === source) }))
    .filter((one) => one.hosts.length > 0)
}

/**
 * What virt-manager's user added is wanted; an ssh configuration also names machines that run no VMs, so of those the
 * user picks.
 */
export function chosenAtFirst(hosts: readonly ImportableHost[]): ReadonlySet<string> {
  return new Set(
    hosts
      .filter((host) => host.source === 'virt-manager' && whyNotImported(host) === undefined)
      .map((host) => host.uri),
  )
}

/** The label is kept only where somebody chose it; others are made from the URI anew at each start. */
export function importInputs(
  hosts: readonly ImportableHost[],
  chosen: ReadonlySet<string>,
  group: string,
): AddHostInput[] {
  return hosts
    .filter((host) => chosen.has(host.uri) && whyNotImported(host) === undefined)
    .map(({ uri, label, autoconnect }) => ({
      uri,
      label,
      autoconnect,
      ...(group.trim() === '' ? {} : { group: group.trim() }),
    }))
}

/** Several lists as one, the first of each URI. */
export function merged(a: readonly ImportableHost[], b: readonly ImportableHost[]): ImportableHost[] {
  const known = new Set(a.map(({ uri }) => uri))
  return [...a, ...b.filter(({ uri }) => !known.has(uri))]
}
