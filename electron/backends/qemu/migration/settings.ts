/**
 * What QEMU is told before a migration (qapi/migration.json, MigrationCapability and MigrationParameters). Everything is
 * said anew each time, as what an earlier one has left would count otherwise.
 */
import { AppError } from '../../../../shared/errors'
import type { MoveOptions } from '../../../../shared/model/migration/options'
import { isObject, type JsonObject } from '../../../qmp/index'
import type { Guest } from '../guest'

/** As good as no limit; the largest number that QEMU takes everywhere. */
export const unlimited = 2 ** 53
const usualDowntimeMs = 300
const usualCacheBytes = 64 * 1024 * 1024
/** The object with certificates, while they are used. */
export const certificates = 'innkeeper-move'
/** Where QEMU's own certificates are looked for (https://www.qemu.org/docs/master/system/tls.html). */
const certificateFolder = '/etc/pki/qemu'

const capabilities = [
  'return-path',
  'pause-before-switchover',
  'postcopy-ram',
  'auto-converge',
  'xbzrle',
  'compress',
  'multifd',
] as const
type Capability = (typeof capabilities)[number]

export interface Settings {
  readonly options: MoveOptions
  readonly copiesDisks: boolean
  /** The name in the certificate of the other end, for the end that calls. */
  readonly tlsHostname?: string
}

/** Of a migration into a file, which has no other end. */
export async function setPlain(guest: Guest): Promise<void> {
  await setCapabilities(guest, new Set())
  await guest.execute('migrate-set-parameters', { 'max-bandwidth': unlimited })
}

export async function setUp(guest: Guest, end: 'client' | 'server', settings: Settings): Promise<void> {
  const { options, copiesDisks, tlsHostname = '' } = settings
  const { compression } = options
  const wanted: readonly (readonly [Capability, boolean])[] = [
    // the source hears whether everything was understood before it lets go
    ['return-path', true],
    // disks have to be equal when the guest stands still for the last time
    ['pause-before-switchover', copiesDisks],
    ['postcopy-ram', options.allowsPostCopy === true],
    ['auto-converge', options.autoConverge === true],
    ['xbzrle', compression === 'xbzrle'],
    ['compress', compression === 'mt'],
    ['multifd', options.parallelConnections !== undefined],
  ]
  await setCapabilities(guest, new Set(wanted.flatMap(([name, isWanted]) => (isWanted ? [name] : []))))
  const isEncrypted = options.isEncrypted === true
  if (isEncrypted) await addCertificates(guest, end)
  const parameters: JsonObject = {
    'max-bandwidth': options.bandwidthBytesPerSecond ?? unlimited,
    'downtime-limit': options.maxDowntimeMs ?? usualDowntimeMs,
    'tls-creds': isEncrypted ? certificates : '',
    'tls-hostname': isEncrypted ? tlsHostname : '',
    ...(compression === 'xbzrle'
      ? { 'xbzrle-cache-size': powerOfTwo(options.compressionCacheBytes ?? usualCacheBytes) }
      : {}),
    ...(options.parallelConnections === undefined
      ? {}
      : {
          'multifd-channels': options.parallelConnections,
          'multifd-compression': compression === 'zlib' || compression === 'zstd' ? compression : 'none',
        }),
  }
  await guest.execute('migrate-set-parameters', parameters)
}

/** Takes back what only this move needed. A guest that has ended needs nothing. */
export async function takeBack(guest: Guest, { options }: Pick<Settings, 'options'>): Promise<void> {
  if (options.isEncrypted !== true || !guest.isOpen) return
  await guest.execute('migrate-set-parameters', { 'tls-creds': '', 'tls-hostname': '' })
  await guest.execute('object-del', { id: certificates })
}

async function addCertificates(guest: Guest, endpoint: 'client' | 'server'): Promise<void> {
  // of a move that was broken off together with us
  await guest.execute('object-del', { id: certificates }).catch(() => undefined)
  try {
    await guest.execute('object-add', {
      'qom-type': 'tls-creds-x509',
      id: certificates,
      dir: certificateFolder,
      endpoint,
      'verify-peer': true,
    })
  } catch (error) {
    throw new AppError('invalid', 'QEMU has no certificates to encrypt with', {
      cure: `Both hosts need them in ${certificateFolder}, signed by an authority that both know. Without, do not encrypt the data.`,
      field: 'isEncrypted',
      detail: error instanceof Error ? error.message : String(error),
      cause: error,
    })
  }
}

const words: Readonly<Record<Capability, string>> = {
  'return-path': 'move a running VM safely',
  'pause-before-switchover': 'copy disks along',
  'postcopy-ram': 'switch over before all memory is there (post-copy)',
  'auto-converge': 'slow the guest down',
  xbzrle: 'compress by XBZRLE',
  compress: 'compress with several threads',
  multifd: 'use parallel connections',
}

async function setCapabilities(guest: Guest, wanted: ReadonlySet<Capability>): Promise<void> {
  const answer = await guest.execute('query-migrate-capabilities')
  const known = new Set(
    (Array.isArray(answer) ? answer : []).flatMap((one) => (isObject(one) ? [one['capability']] : [])),
  )
  const missing = [...wanted].find((name) => !known.has(name))
  if (missing !== undefined)
    throw new AppError('unsupported', `QEMU ${guest.version} cannot ${words[missing]}`, {
      cure: 'Choose the move without it, or bring QEMU up to date.',
    })
  await guest.execute('migrate-set-capabilities', {
    capabilities: capabilities
      .filter((name) => known.has(name))
      .map((capability) => ({ capability, state: wanted.has(capability) })),
  })
}

/** Other sizes of the cache are refused. */
function powerOfTwo(bytes: number): number {
  return 2 ** Math.floor(Math.log2(bytes))
}
