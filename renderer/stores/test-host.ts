import type { Host, HostFeatures, HostInfo } from '../../shared/model/host'
import { hostId } from '../../shared/model/ids'

/** A host for component tests: not connected, at the top of the tree. */
export function testHost(id: string, change: Partial<Omit<Host, 'id'>> = {}): Host {
  return {
    id: hostId.parse(id),
    uri: `demo://${id}/`,
    label: `Host ${id}`,
    autoconnect: true,
    sshEngine: 'builtin',
    readOnly: false,
    hasKeptSecrets: false,
    isDemo: false,
    status: { kind: 'disconnected', sinceMs: 0 },
    ...change,
  }
}

export const testInfo: HostInfo = {
  hostname: 'h',
  hypervisor: 'QEMU',
  connectedUri: 'qemu:///system',
  architecture: 'x86_64',
  cpuModel: 'Test CPU',
  cpuCount: 4,
  memoryBytes: 8 * 1024 ** 3,
  isReadOnly: false,
}

const features: HostFeatures = {
  canSave: true,
  canPause: true,
  canStartPaused: true,
  canReset: true,
  canAskAgent: true,
  canRename: true,
  canAutostart: true,
  canDelete: true,
  hasGraphicalConsole: true,
  updates: 'events',
}

export function connectedHost(id: string, change: Partial<Omit<Host, 'id'>> = {}): Host {
  return testHost(id, { status: { kind: 'connected', sinceMs: 0, info: testInfo, features }, ...change })
}
