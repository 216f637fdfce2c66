/** How a VM is moved to another host: what the user chooses, apart from where to. */
import { z } from 'zod'
import { vmName } from '../vm'

/**
 * `direct`: Innkeeper leads both hosts through the steps, so that they need no way to sign in to each other. `peerToPeer`: the
 * source signs in to the destination and leads. `tunnelled`: as that, and the data too go through the daemons' connection.
 * Data go from host to host in every one of them, never through this computer.
 */
export const migrationWays = ['direct', 'peerToPeer', 'tunnelled'] as const
export type MigrationWay = (typeof migrationWays)[number]

/** `shared`: both hosts see the same disks. `full`: disks are copied. `topLayer`: only the top image; what it is built on is there. */
export const storageWays = ['shared', 'full', 'topLayer'] as const
export type StorageWay = (typeof storageWays)[number]

/** Ways of sending less (https://libvirt.org/html/libvirt-libvirt-domain.html#VIR_MIGRATE_PARAM_COMPRESSION). */
export const compressions = ['xbzrle', 'mt', 'zlib', 'zstd'] as const

const name = z.string().min(1).max(256)
const hostAddress = z
  .string()
  .max(255)
  .regex(/^[A-Za-z0-9.:_-]+$/, 'An address has letters, digits, dots, colons and dashes only')

export const moveOptions = z.object({
  way: z.enum(migrationWays),
  /** Goes on running while its memory is copied; otherwise it stands still meanwhile. */
  isLive: z.boolean(),
  /** Waits, paused, at the destination. */
  staysPaused: z.boolean().optional(),
  /** Stored at the destination; otherwise gone once it stops there. */
  isPermanent: z.boolean(),
  /** The definition at the source goes; otherwise it stays there, shut off. */
  removesSource: z.boolean(),
  storage: z.enum(storageWays),
  /** Targets of disks to copy; absent: all that the guest can write to. */
  copiedDisks: z.array(z.string().min(1).max(64)).max(128).optional(),
  newName: vmName.optional(),
  /** Where the source sends the data, when the destination's own name will not do. */
  dataAddress: hostAddress.optional(),
  dataPort: z.number().int().min(1).max(65_535).optional(),
  /** How the source reaches the destination's daemon, for ways that the source leads. */
  peerUri: z
    .string()
    .min(1)
    .max(1024)
    .regex(/^[a-z]+(\+[a-z0-9]+)?:\/\//, 'A connection begins with qemu+tls://, qemu+ssh:// or the like')
    .optional(),
  bandwidthBytesPerSecond: z
    .number()
    .int()
    .min(1024 * 1024)
    .max(2 ** 50)
    .optional(),
  maxDowntimeMs: z.number().int().min(1).max(2_000_000).optional(),
  parallelConnections: z.number().int().min(2).max(255).optional(),
  compression: z.enum(compressions).optional(),
  compressionCacheBytes: z
    .number()
    .int()
    .min(64 * 1024)
    .max(2 ** 40)
    .optional(),
  /** The guest is slowed down, more and more, when it writes faster than the copy. */
  autoConverge: z.boolean().optional(),
  /** It may be switched over before all of its memory is there. */
  allowsPostCopy: z.boolean().optional(),
  isEncrypted: z.boolean().optional(),
  /** In spite of cache modes that may lose writes. */
  isUnsafe: z.boolean().optional(),
  /** Networks and bridges of the source, and what they are called at the destination. */
  networks: z
    .array(z.object({ from: name, to: name }))
    .max(64)
    .optional(),
  /** Pools at the destination for disks that are copied, by target. */
  pools: z
    .array(z.object({ target: z.string().min(1).max(64), pool: name }))
    .max(128)
    .optional(),
  /** Where displays listen at the destination. */
  listenAddress: hostAddress.optional(),
})
export type MoveOptions = z.output<typeof moveOptions>

export const usualMoveOptions: MoveOptions = {
  way: 'direct',
  isLive: true,
  isPermanent: true,
  removesSource: true,
  storage: 'shared',
}

/** Changes of a migration that runs. */
export const tuneOptions = z.object({
  bandwidthBytesPerSecond: moveOptions.shape.bandwidthBytesPerSecond,
  maxDowntimeMs: moveOptions.shape.maxDowntimeMs,
})
export type TuneOptions = z.output<typeof tuneOptions>

/** Options that cannot go together, in sentences; the hosts would say so less clearly, and later. */
export function contradictions(options: MoveOptions): { readonly field: string; readonly message: string }[] {
  const found: { field: string; message: string }[] = []
  const say = (field: string, message: string): void => void found.push({ field, message })
  if (options.way === 'tunnelled') {
    if (options.storage !== 'shared') say('storage', 'Disks cannot be copied through a tunnel.')
    if (options.parallelConnections !== undefined)
      say('parallelConnections', 'A tunnel is one connection, so there are no parallel ones.')
    if (options.allowsPostCopy === true) say('allowsPostCopy', 'Post-copy is not possible through a tunnel.')
    if (options.isEncrypted === true)
      say(
        'isEncrypted',
        'A tunnel is as safe as the connection between the daemons; it is not encrypted again.',
      )
    if (options.dataAddress !== undefined)
      say('dataAddress', 'In a tunnel data have no address of their own.')
  }
  if (options.way !== 'direct' && options.peerUri === undefined)
    say('peerUri', 'Say how the source reaches the destination’s daemon.')
  if (options.allowsPostCopy === true && options.parallelConnections !== undefined)
    say('allowsPostCopy', 'Post-copy does not go together with parallel connections.')
  if (options.parallelConnections !== undefined && options.compression === 'xbzrle')
    say('compression', 'XBZRLE does not go together with parallel connections.')
  if (
    options.parallelConnections === undefined &&
    (options.compression === 'zlib' || options.compression === 'zstd')
  )
    say('compression', 'zlib and zstd need parallel connections.')
  if (options.dataPort !== undefined && options.dataAddress === undefined)
    say('dataAddress', 'A port needs an address.')
  if (!options.isLive && options.allowsPostCopy === true)
    say('allowsPostCopy', 'Post-copy is for VMs that go on running.')
  return found
}
