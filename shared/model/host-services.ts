/** Programs and kernel parts of a host that VMs lean on, as its files and tools tell them. Absent: not known. */
export interface HostServices {
  /** What sets up its network cards ("NetworkManager"); several may be at work, or none that is known. */
  readonly network?: readonly string[]
  readonly bridgeHelper?: BridgeHelper
  readonly loopDevices?: {
    readonly inUse: number
    /** As the module was told (max_loop); 0 for no limit. */
    readonly limit?: number
  }
}

/** The program that plugs the VMs of ordinary users into bridges (qemu-bridge-helper). */
export interface BridgeHelper {
  readonly isInstalled: boolean
  readonly path?: string
  /** Whether it becomes root, without which it can plug nothing in. */
  readonly isSetuid: boolean
  /** "all", or names; absent where its list cannot be read. */
  readonly bridges?: readonly string[]
}

export function bridgeHelperText({ isInstalled, isSetuid, bridges }: BridgeHelper): string {
  if (!isInstalled) return 'Not installed: ordinary users cannot plug VMs into a bridge'
  if (!isSetuid) return 'Installed, but without the rights to plug anything in'
  if (bridges === undefined) return 'Installed; which bridges it may use cannot be read'
  if (bridges.length === 0) return 'Installed, but /etc/qemu/bridge.conf allows no bridge'
  return bridges.includes('all')
    ? 'Ordinary users may use every bridge'
    : `Ordinary users may use ${bridges.join(', ')}`
}

export function loopText({ inUse, limit }: NonNullable<HostServices['loopDevices']>): string {
  if (limit === undefined || limit === 0) return `${inUse} in use`
  return inUse >= limit
    ? `${inUse} in use, as many as max_loop allows: give the module a higher one (see the set-up recipes)`
    : `${inUse} in use, max_loop is ${limit}`
}

export function networkServiceText(names: readonly string[]): string {
  return names.length === 0 ? 'None that is known' : names.join(', ')
}
