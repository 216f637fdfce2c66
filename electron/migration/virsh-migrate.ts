/** The equal virsh command (virsh(1), migrate). */
import type { MoveOptions } from '../../shared/model/migration/options'

export function migrateWords(name: string, uri: string, options: MoveOptions, isRunning: boolean): string[] {
  const mib = options.bandwidthBytesPerSecond
  const words: readonly (readonly [boolean | undefined, readonly string[]])[] = [
    [!isRunning, ['--offline']],
    [isRunning && options.isLive, ['--live']],
    [options.way !== 'direct', ['--p2p']],
    [options.way === 'tunnelled', ['--tunnelled']],
    [options.isPermanent || !isRunning, ['--persistent']],
    [options.removesSource, ['--undefinesource']],
    [options.staysPaused, ['--suspend']],
    [options.storage === 'full', ['--copy-storage-all']],
    [options.storage === 'topLayer', ['--copy-storage-inc']],
    [options.isUnsafe, ['--unsafe']],
    [options.autoConverge, ['--auto-converge']],
    [options.allowsPostCopy, ['--postcopy']],
    [options.isEncrypted, ['--tls']],
    [options.compression !== undefined, ['--compressed', '--comp-methods', options.compression ?? '']],
    [
      options.compression === 'xbzrle' && options.compressionCacheBytes !== undefined,
      ['--comp-xbzrle-cache', String(options.compressionCacheBytes)],
    ],
    [
      options.parallelConnections !== undefined,
      ['--parallel', '--parallel-connections', String(options.parallelConnections)],
    ],
    [mib !== undefined, ['--bandwidth', String(Math.max(1, Math.round((mib ?? 0) / 1_048_576)))]],
    [
      options.dataAddress !== undefined,
      [
        '--migrateuri',
        `tcp://${options.dataAddress ?? ''}${options.dataPort === undefined ? '' : `:${options.dataPort}`}`,
      ],
    ],
    [options.newName !== undefined, ['--dname', options.newName ?? '']],
  ]
  return [
    'migrate',
    ...words.flatMap(([isChosen, ones]) => (isChosen === true ? ones : [])),
    '--verbose',
    name,
    options.way === 'direct' ? uri : (options.peerUri ?? uri),
  ]
}
