/** Building and starting pools of a demo host, and what keeps a pool from it. */
import { AppError } from '../../../../shared/errors'
import { plain } from '../../../../shared/model/hardware/field'
import { poolTypeOf } from '../../../../shared/model/storage/pool-types'
import { readPoolValues } from '../../../domain-xml/storage/pool-document'
import type { FakePool, FakeStorage } from './model'
import { definitionOf } from './pool-definitions'

/** What stands on the demo host's spare devices; the others are empty. */
const usedDevices = ['/dev/disk/by-id/nvme-backup', '/dev/sdb']

/** The file server that is switched off. */
export const deadServer = 'files.example.net'

export function failToStart(_: FakeStorage, pool: FakePool): void {
  const values = readPoolValues(definitionOf(pool).root)
  if (plain(values['server']) === deadServer) {
    throw notStarted(
      pool,
      `internal error: Child process (mount -t nfs ${pool.source ?? ''} ${pool.path ?? ''}) ` +
        'unexpected exit status 32: mount.nfs: Connection timed out',
    )
  }
  if (pool.path?.startsWith('/missing')) {
    throw notStarted(pool, `cannot open directory '${pool.path}': No such file or directory`)
  }
}

function notStarted(pool: FakePool, detail: string): AppError {
  return new AppError('invalid', `The pool ${pool.name} does not start`, {
    cure: poolTypeOf(pool.type)?.ifNotStarting,
    detail,
  })
}

export function buildPool(storage: FakeStorage, pool: FakePool, how: 'build' | 'overwrite'): void {
  if (pool.state === 'running')
    throw new AppError('invalid', 'The pool is active', { cure: 'Stop it first.' })
  const build = poolTypeOf(pool.type)?.build
  if (!build || (how === 'overwrite' && build.overwrites === undefined)) {
    throw new AppError('unsupported', 'There is nothing to build for a pool of this kind')
  }
  const values = readPoolValues(definitionOf(pool).root)
  const rows = Array.isArray(values['devices']) ? values['devices'] : []
  const devices = [plain(values['device']), ...rows.map((row) => plain(row['path']))]
  const used = devices.find((device) => usedDevices.includes(device))
  if (how === 'build' && used !== undefined) {
    throw new AppError('already-exists', `There is something on ${used} already`, {
      cure: 'Choose another device, or have it overwritten: what is on it is lost then.',
      detail: `Storage pool already built: device '${used}' is already formatted`,
    })
  }
  if (how === 'overwrite') for (const name of storage.volumes(pool).keys()) storage.take(pool, name)
}
