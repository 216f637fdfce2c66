/** What a demo host with LXC is: what it offers, and files of a system that a container can start. */
import type { HostFeatures } from '../../../shared/model/host'
import type { GuestKind } from '../../../shared/model/host-details'
import type { FakeHost } from './fake-host'

const emulator = '/usr/lib/libvirt/libvirt_lxc'

const containerKinds: readonly GuestKind[] = [['x86_64', 64] as const, ['i686', 32] as const].map(
  ([architecture, wordSize]) => ({
    architecture,
    osType: 'exe',
    wordSize,
    virtTypes: [{ name: 'lxc', emulator }],
    machines: [],
    features: [],
  }),
)

/** Its driver's, see backends/libvirt/host-info.ts. */
export const containerFeatures: Partial<HostFeatures> = {
  canSave: false,
  canStartPaused: false,
  canReset: false,
  canAskAgent: false,
  canRename: false,
  hasGraphicalConsole: false,
}

const programs = ['/bin/sh', '/usr/bin/env', '/srv/debian/sbin/init', '/srv/debian/bin/sh']
const texts = ['/etc/hostname', '/srv/debian/etc/os-release']

export function makeContainerHost(host: FakeHost): void {
  host.guestKinds = containerKinds
  const put = (path: string, mode: string): void => {
    host.files.set(path, {
      sizeBytes: 125_688,
      allocationBytes: 126_976,
      format: 'raw',
      mode,
      owner: 0,
      group: 0,
    })
  }
  for (const path of programs) put(path, '0755')
  for (const path of texts) put(path, '0644')
}
