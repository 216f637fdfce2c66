/** What a host says about itself, and what its driver can do. */
import type { HostFeatures, HostInfo } from '../../../shared/model/host'
import { hyperNumber, type CallOptions, type LibvirtSession } from '../../libvirt-rpc/index'
import { given } from '../../../shared/given'
import { readHostCpu } from './xml/capabilities'
import { parseXml } from '../../domain-xml/document'
import { unlessRefused } from './unless-refused'

const options: CallOptions = { timeoutMs: 10_000 }

export async function readHostInfo(rpc: LibvirtSession, isReadOnly: boolean): Promise<HostInfo> {
  const [type, version, hostname, uri, node, cpu] = await Promise.all([
    rpc.call('CONNECT_GET_TYPE', undefined, options),
    unlessRefused(rpc.call('CONNECT_GET_VERSION', undefined, options)),
    unlessRefused(rpc.call('CONNECT_GET_HOSTNAME', undefined, options)),
    rpc.call('CONNECT_GET_URI', undefined, options),
    rpc.call('NODE_GET_INFO', undefined, options),
    unlessRefused(readCpu(rpc)),
  ])
  const architecture = cpu?.architecture ?? textOf(node.model)
  return {
    hostname: hostname?.hostname ?? '',
    hypervisor: type.type,
    ...given('hypervisorVersion', version && dotted(hyperNumber(version.hv_ver))),
    daemon: { name: 'libvirt', version: dotted(rpc.control.facts.libVersion) ?? 'unknown' },
    connectedUri: uri.uri,
    architecture,
    cpuModel: cpu?.model ?? textOf(node.model),
    cpuCount: node.cpus,
    memoryBytes: hyperNumber(node.memory) * 1024,
    isReadOnly,
  }
}

async function readCpu(rpc: LibvirtSession): Promise<ReturnType<typeof readHostCpu>> {
  const { capabilities } = await rpc.call('CONNECT_GET_CAPABILITIES', undefined, options)
  return readHostCpu(parseXml(capabilities, 'its capabilities').root)
}

/** C's char array: the text ends at the first zero. */
function textOf(characters: Uint8Array): string {
  const end = characters.indexOf(0)
  return Buffer.from(characters.subarray(0, end < 0 ? undefined : end)).toString('utf8')
}

/** libvirt packs versions as major * 1000000 + minor * 1000 + release; 0 means unknown. */
export function dotted(version: number): string | undefined {
  if (version <= 0) return undefined
  return `${Math.floor(version / 1_000_000)}.${Math.floor(version / 1000) % 1000}.${version % 1000}`
}

type Abilities = Omit<HostFeatures, 'updates'>

const all: Abilities = {
  canSave: true,
  canPause: true,
  canStartPaused: true,
  canReset: true,
  // an agent is known to QEMU's driver alone
  canAskAgent: false,
  canRename: true,
  canAutostart: true,
  canDelete: true,
  hasGraphicalConsole: true,
}

/** What each driver implements (https://libvirt.org/hvsupport.html); no call asks for it without doing it. */
const abilities: Record<string, Abilities> = {
  QEMU: { ...all, canAskAgent: true },
  TEST: { ...all, canStartPaused: false, hasGraphicalConsole: false },
  Xen: { ...all, canReset: false, canRename: false },
  LXC: {
    ...all,
    canSave: false,
    canStartPaused: false,
    canReset: false,
    canRename: false,
    hasGraphicalConsole: false,
  },
  BHYVE: {
    ...all,
    canSave: false,
    canPause: false,
    canStartPaused: false,
    canReset: false,
    canRename: false,
  },
  VBOX: {
    ...all,
    canSave: false,
    canStartPaused: false,
    canReset: false,
    canRename: false,
    canAutostart: false,
  },
}
const leastAbilities: Abilities = {
  ...all,
  canSave: false,
  canStartPaused: false,
  canReset: false,
  canRename: false,
  canAutostart: false,
}

export function featuresOf(rpc: LibvirtSession, driver: string, hasEvents: boolean): HostFeatures {
  const able = abilities[driver] ?? leastAbilities
  return {
    ...able,
    canRename: able.canRename && rpc.control.knows('DOMAIN_RENAME'),
    updates: hasEvents ? 'events' : 'polling',
  }
}
