/**
 * What a move is in libvirt's words: flags (virDomainMigrateFlags) and typed parameters (VIR_MIGRATE_PARAM_*), see
 * https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainMigrateFlags.
 */
import type { MoveOptions } from '../../../../shared/model/migration/options'
import { typedParam, virDomainMigrateFlags as flag, type TypedParam } from '../../../libvirt-rpc/index'
import type { MoveRequest } from '../../migration-session'

const mebibyte = 1024 * 1024

export function flagsOf(options: MoveOptions, state: { isPaused: boolean; isOff: boolean }): number {
  const chosen: readonly (readonly [boolean | undefined, number])[] = [
    [options.way !== 'direct', flag.VIR_MIGRATE_PEER2PEER],
    [options.way === 'tunnelled', flag.VIR_MIGRATE_TUNNELLED],
    [options.isPermanent || state.isOff, flag.VIR_MIGRATE_PERSIST_DEST],
    [options.removesSource, flag.VIR_MIGRATE_UNDEFINE_SOURCE],
    [options.isUnsafe, flag.VIR_MIGRATE_UNSAFE],
    // nobody changes the definition between two steps; ended by the last step, or with the connection
    [options.way === 'direct', flag.VIR_MIGRATE_CHANGE_PROTECTION],
    ...(state.isOff
      ? ([[true, flag.VIR_MIGRATE_OFFLINE]] as const)
      : ([
          [options.isLive, flag.VIR_MIGRATE_LIVE],
          [options.staysPaused === true || state.isPaused, flag.VIR_MIGRATE_PAUSED],
          // a disk that can no longer be written to at the source would otherwise be carried along as an error
          [true, flag.VIR_MIGRATE_ABORT_ON_ERROR],
          [options.storage === 'full', flag.VIR_MIGRATE_NON_SHARED_DISK],
          [options.storage === 'topLayer', flag.VIR_MIGRATE_NON_SHARED_INC],
          [options.compression !== undefined, flag.VIR_MIGRATE_COMPRESSED],
          [options.autoConverge, flag.VIR_MIGRATE_AUTO_CONVERGE],
          [options.allowsPostCopy, flag.VIR_MIGRATE_POSTCOPY],
          [options.isEncrypted, flag.VIR_MIGRATE_TLS],
          [options.parallelConnections !== undefined, flag.VIR_MIGRATE_PARALLEL],
        ] as const)),
  ]
  return chosen.reduce((all, [isChosen, one]) => (isChosen === true ? all | one : all), 0)
}

/** Flags that only mean something at the source are refused by destinations. */
export function destinationFlags(flags: number): number {
  return flags & ~(flag.VIR_MIGRATE_ABORT_ON_ERROR | flag.VIR_MIGRATE_AUTO_CONVERGE)
}

/** Those that do not change from step to step. */
export function parametersOf(
  { options, definitions, copiedDisks }: MoveRequest,
  isOff: boolean,
): TypedParam[] {
  const params: TypedParam[] = []
  const text = (field: string, value: string | undefined): void => {
    if (value !== undefined) params.push(typedParam(field, 'string', value))
  }
  const number = (field: string, type: 'int' | 'ullong', value: number | undefined): void => {
    if (value !== undefined) params.push(typedParam(field, type, value))
  }
  text('destination_name', options.newName)
  text('migrate_uri', dataUri(options))
  text('destination_xml', isOff ? definitions.stored : definitions.running)
  if (options.isPermanent && !isOff) text('persistent_xml', definitions.stored)
  if (isOff) return params
  const { bandwidthBytesPerSecond: bandwidth } = options
  number('bandwidth', 'ullong', bandwidth === undefined ? undefined : toMebibytes(bandwidth))
  if (options.storage !== 'shared') for (const target of copiedDisks) text('migrate_disks', target)
  number('parallel.connections', 'int', options.parallelConnections)
  text('compression', options.compression)
  if (options.compression === 'xbzrle')
    number('compression.xbzrle.cache', 'ullong', options.compressionCacheBytes)
  return params
}

/** Bandwidths are whole MiB/s on the wire. */
export function toMebibytes(bytes: number): number {
  return Math.max(1, Math.round(bytes / mebibyte))
}

function dataUri({ dataAddress, dataPort }: MoveOptions): string | undefined {
  if (dataAddress === undefined) return undefined
  const host = dataAddress.includes(':') ? `[${dataAddress}]` : dataAddress
  return `tcp://${host}${dataPort === undefined ? '' : `:${dataPort}`}`
}

export function withText(
  params: readonly TypedParam[],
  field: string,
  value: string | undefined,
): TypedParam[] {
  const others = params.filter((one) => one.field !== field)
  return value === undefined ? others : [...others, typedParam(field, 'string', value)]
}
