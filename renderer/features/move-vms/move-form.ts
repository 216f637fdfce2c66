/** What the form holds, and what is asked of main for it. */
import type { HostId } from '../../../shared/model/ids'
import { moveOptions, usualMoveOptions, type MoveOptions } from '../../../shared/model/migration/options'
import type { Host } from '../../../shared/model/host'

/** Numbers as typed: what is no number is told at its field. */
export type Typed = number | string | undefined

export interface MoveForm {
  readonly to: HostId | undefined
  readonly options: MoveOptions
  readonly bandwidthMib: Typed
  readonly maxDowntimeMs: Typed
  readonly parallelConnections: Typed
  readonly dataPort: Typed
  readonly compressionCacheMib: Typed
  readonly atOnce: Typed
}

export function emptyForm(to: HostId | undefined): MoveForm {
  return {
    to,
    options: usualMoveOptions,
    bandwidthMib: undefined,
    maxDowntimeMs: undefined,
    parallelConnections: undefined,
    dataPort: undefined,
    compressionCacheMib: undefined,
    atOnce: 2,
  }
}

/** Undefined while something typed is not what it should be. */
export function optionsOf(form: MoveForm): MoveOptions | undefined {
  const { bandwidthMib, maxDowntimeMs, parallelConnections, dataPort, compressionCacheMib } = form
  const wanted = {
    ...form.options,
    ...(bandwidthMib === undefined ? {} : { bandwidthBytesPerSecond: inBytes(bandwidthMib) }),
    // the field is only there with this compression
    ...(compressionCacheMib === undefined || form.options.compression !== 'xbzrle'
      ? {}
      : { compressionCacheBytes: inBytes(compressionCacheMib) }),
    ...(maxDowntimeMs === undefined ? {} : { maxDowntimeMs }),
    ...(parallelConnections === undefined ? {} : { parallelConnections }),
    ...(dataPort === undefined ? {} : { dataPort }),
  }
  const read = moveOptions.safeParse(wanted)
  return read.success ? read.data : undefined
}

function inBytes(mebibytes: number | string): number | string {
  return typeof mebibytes === 'number' ? mebibytes * 1_048_576 : mebibytes
}

/** Of a typed option, in a sentence; undefined while it is fine. */
export function mistakeIn(
  form: MoveForm,
  field: 'bandwidthMib' | 'maxDowntimeMs' | 'parallelConnections' | 'dataPort' | 'compressionCacheMib',
): string | undefined {
  const value = form[field]
  if (value === undefined) return undefined
  const [least, most] = {
    bandwidthMib: [1, 1_073_741_824],
    maxDowntimeMs: [1, 2_000_000],
    parallelConnections: [2, 255],
    dataPort: [1, 65_535],
    compressionCacheMib: [1, 1_048_576],
  }[field] as [number, number]
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
    ? undefined
    : `Enter ${least} to ${most}`
}

/** Hosts that VMs of this one can move to, each with the reason where it cannot be chosen. */
export function destinations(
  hosts: readonly Host[],
  from: Host | undefined,
): { readonly host: Host; readonly whyNot?: string }[] {
  return hosts
    .filter(({ id }) => id !== from?.id)
    .map((host) => {
      const { status } = host
      if (status.kind !== 'connected') return { host, whyNot: 'Not connected' }
      if (status.info.isReadOnly) return { host, whyNot: 'This connection is read-only' }
      const own = from?.status.kind === 'connected' ? from.status.info.hypervisor : undefined
      if (own !== undefined && own !== status.info.hypervisor)
        return { host, whyNot: `Another hypervisor: ${status.info.hypervisor}` }
      if (from && isPlain(from) !== isPlain(host))
        return { host, whyNot: isPlain(host) ? 'Runs QEMU without libvirt' : 'Runs its VMs by libvirt' }
      return { host }
    })
}

/** No daemon runs its VMs. */
export function isPlain({ status }: Host): boolean {
  return status.kind === 'connected' && status.info.connectedUri.startsWith('qemu-direct:')
}
