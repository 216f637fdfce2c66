/** Networks, disks and room at the destination. */
import { hasImageFiles } from '../../../shared/model/storage/volume-abilities'
import { formatBytes } from '../../../shared/units'
import type {
  MoveCheck,
  MoveInput,
  PlannedMoveDisk,
  PlannedMoveNetwork,
} from '../../../shared/model/migration/move'
import type { MoveSurroundings } from '../look'
import { bad, ok } from './check'
import { sharedStorageChecks } from './shared-storage'

export function placeChecks(
  { options }: MoveInput,
  around: MoveSurroundings,
  disks: readonly PlannedMoveDisk[],
  networks: readonly PlannedMoveNetwork[],
): MoveCheck[] {
  return [
    ...networkChecks(around, networks),
    ...disks.flatMap((disk) =>
      disk.isCopied ? copyChecks(disk, around) : sharedChecks(disk, around, options.storage !== 'shared'),
    ),
    ...(options.storage === 'topLayer' ? baseChecks(around, disks) : []),
    ...roomChecks(around, disks),
    ...(options.storage === 'shared' && around.isRunning
      ? [...cacheChecks(options.isUnsafe === true, around), ...sharedStorageChecks(around.disks)]
      : []),
    memoryCheck(around),
  ]
}

function networkChecks(
  { targetChoices }: MoveSurroundings,
  networks: readonly PlannedMoveNetwork[],
): MoveCheck[] {
  return networks.map(({ from, to, isBridge }) => {
    const id = `network.${from}`
    const what = isBridge ? 'bridge' : 'network'
    if (!targetChoices)
      return bad(
        'unknown',
        id,
        'Network',
        `The destination does not tell its ${what}s, so "${from}" is not looked for.`,
      )
    const { error } = isBridge ? targetChoices.interfaces : targetChoices.networks
    if (to === undefined && isBridge && error !== undefined)
      return bad('unknown', id, 'Network', `The destination does not tell its bridges.`, {
        cure: `The VM starts there only where "${from}" is one, and may be used.`,
      })
    if (to === undefined)
      return bad('error', id, 'Network', `The destination has no ${what} "${from}".`, {
        cure: `Make it there, or choose another for it.`,
        field: `networks.${from}`,
      })
    const found = targetChoices.networks.items.find(({ name }) => name === to)
    if (!isBridge && found?.isActive === false)
      return bad('error', id, 'Network', `The network "${to}" is not running at the destination.`, {
        cure: 'Start it there.',
        field: `networks.${from}`,
      })
    return ok(id, 'Network', from === to ? `"${to}" is there.` : `"${from}" becomes "${to}".`)
  })
}

function sharedChecks(
  { target, from }: PlannedMoveDisk,
  { targetPools, disks, targetVolumes }: MoveSurroundings,
  areOthersCopied: boolean,
): MoveCheck[] {
  const facts = disks.find(({ disk }) => disk.target === target)
  const id = `disk.${target}`
  if (facts?.disk.place.kind === 'other')
    return [ok(id, 'Disk', `${target} is reached over the network from both hosts.`)]
  const pool = targetPools.find(({ path, name }) =>
    facts?.disk.place.kind === 'volume'
      ? name === facts.disk.place.pool
      : path === from.slice(0, from.lastIndexOf('/')),
  )
  if (!pool)
    return [
      bad(
        'warning',
        id,
        'Disk',
        `The destination has no active pool for ${from}, so nobody can say whether ${target} is there.`,
        {
          cure: 'Copy the pool’s definition to it, or copy the disks.',
          field: 'storage',
        },
      ),
    ]
  const volume = facts?.volume ?? from.slice(from.lastIndexOf('/') + 1)
  const names = targetVolumes.get(pool.name)
  if (names && !names.has(volume))
    return [
      bad('error', id, 'Disk', `${target}: the pool "${pool.name}" of the destination has no ${volume}.`, {
        cure: missingCure(facts?.disk.device === 'cdrom', areOthersCopied),
        field: 'storage',
      }),
    ]
  const source = facts?.pool?.source
  if (source !== undefined && pool.source !== undefined && source === pool.source)
    return [ok(id, 'Disk', `${target} is in the same storage, ${source}, for both hosts.`)]
  return [
    bad(
      'warning',
      id,
      'Disk',
      `${target}: both hosts have ${from}; whether it is the same file nobody tells.`,
      {
        cure: 'If the pools are not the same storage, copy the disks: the VM would go on with another content.',
        field: 'storage',
      },
    ),
  ]
}

function missingCure(isDisc: boolean, areOthersCopied: boolean): string {
  if (isDisc) return 'Eject the disc, or put it there too.'
  return areOthersCopied
    ? 'It is not copied, as it is read-only or several VMs share it: put it there, or take it out of the VM.'
    : 'Copy the disks.'
}

function copyChecks(
  { target, pool, volume, sizeBytes, format = 'raw' }: PlannedMoveDisk,
  around: MoveSurroundings,
): MoveCheck[] {
  const id = `disk.${target}`
  if (pool === undefined || volume === undefined)
    return [
      bad('error', id, 'Disk', `The destination has no active pool for the copy of ${target}.`, {
        cure: 'Make or start one there.',
        field: `pools.${target}`,
      }),
    ]
  const type = around.targetPools.find(({ name }) => name === pool)?.type ?? ''
  if (!hasImageFiles(type) && format !== 'raw')
    return [
      bad('error', id, 'Disk', `${target} is ${format}, and the pool "${pool}" holds raw disks only.`, {
        cure: 'Choose a pool that is a folder.',
        field: `pools.${target}`,
      }),
    ]
  if (sizeBytes === undefined)
    return [
      bad('error', id, 'Disk', `How large ${target} is cannot be found out.`, {
        cure: 'Put it into a pool of the source.',
        field: `pools.${target}`,
      }),
    ]
  if (around.targetVolumes.get(pool)?.has(volume) === true)
    return [
      bad('error', id, 'Disk', `The pool "${pool}" of the destination has a ${volume} already.`, {
        cure: 'Choose another pool, or remove that one.',
        field: `pools.${target}`,
      }),
    ]
  return [ok(id, 'Disk', `${target} is copied to ${volume} in the pool "${pool}".`)]
}

function baseChecks(
  { disks, targetVolumes, targetPools }: MoveSurroundings,
  planned: readonly PlannedMoveDisk[],
): MoveCheck[] {
  return planned.flatMap(({ target, isCopied }) => {
    const base = disks.find(({ disk }) => disk.target === target)?.backingPath
    if (!isCopied) return []
    if (base === undefined)
      return [
        bad(
          'error',
          `base.${target}`,
          'Base image',
          `${target} is not built on another image, so there is no top layer to copy alone.`,
          {
            cure: 'Copy the disks in full.',
            field: 'storage',
          },
        ),
      ]
    const pool = targetPools.find(({ path }) => path === base.slice(0, base.lastIndexOf('/')))
    const isThere = pool && targetVolumes.get(pool.name)?.has(base.slice(base.lastIndexOf('/') + 1))
    return isThere === true
      ? [ok(`base.${target}`, 'Base image', `${base} is at the destination.`)]
      : [
          bad(
            'error',
            `base.${target}`,
            'Base image',
            `${target} is built on ${base}, which no pool of the destination has.`,
            {
              cure: 'Put the same image there, or copy the disks in full.',
              field: 'storage',
            },
          ),
        ]
  })
}

function roomChecks({ targetPools }: MoveSurroundings, disks: readonly PlannedMoveDisk[]): MoveCheck[] {
  const needed = new Map<string, number>()
  for (const { isCopied, pool, sizeBytes } of disks)
    if (isCopied && pool !== undefined) needed.set(pool, (needed.get(pool) ?? 0) + (sizeBytes ?? 0))
  return [...needed].flatMap(([name, bytes]) => {
    const free = targetPools.find((pool) => pool.name === name)?.availableBytes
    if (free === undefined) return []
    const id = `room.${name}`
    return free < bytes
      ? [
          bad(
            'warning',
            id,
            'Room',
            `The disks may grow to ${formatBytes(bytes)}; the pool "${name}" has ${formatBytes(free)} left.`,
            {
              cure: 'A copy breaks off when the pool is full; the VM stays where it is then.',
            },
          ),
        ]
      : [
          ok(
            id,
            'Room',
            `The pool "${name}" has ${formatBytes(free)} left, and ${formatBytes(bytes)} are needed at most.`,
          ),
        ]
  })
}

/** File systems that keep the caches of several hosts the same (https://libvirt.org/migration.html). */
const clusterPools = ['gluster', 'rbd', 'sheepdog', 'iscsi-direct']

function cacheChecks(isUnsafe: boolean, { disks, source }: MoveSurroundings): MoveCheck[] {
  const bad_ = disks.filter(({ disk, pool }) => {
    if (disk.place.kind === 'none' || disk.place.kind === 'other' || disk.isReadOnly || disk.isShareable)
      return false
    if (clusterPools.includes(pool?.type ?? '')) return false
    const cache = disk.element.find('driver')?.attribute('cache')
    return disk.device === 'disk' && cache !== 'none' && cache !== 'directsync'
  })
  const odd = disks.filter(
    ({ disk }) => disk.device === 'disk' && !['raw', 'qcow2', undefined].includes(disk.format),
  )
  return [
    ...odd.map(({ disk }) =>
      bad(
        'warning',
        `format.${disk.target}`,
        'Format',
        `${disk.target} is ${disk.format}; only raw and qcow2 are made for moving.`,
      ),
    ),
    bad_.length === 0
      ? ok('cache', 'Cache', 'No disk has a cache that the other host would not see.')
      : bad(
          'warning',
          'cache',
          'Cache',
          `${bad_.map(({ disk }) => disk.target).join(', ')}: the host caches writes (cache other than "none").`,
          {
            cure: source.ways
              ? 'QEMU empties that cache when the VM arrives. To be certain, set the cache to "none".'
              : isUnsafe
                ? 'Unsafe is allowed: what is only in the cache may be lost.'
                : 'Newer hosts empty the cache in time, others refuse the move. Set the cache to "none", or allow unsafe.',
            ...(source.ways ? {} : { field: 'isUnsafe' }),
          },
        ),
  ]
}

function memoryCheck({ vm, target, targetDetails, isRunning }: MoveSurroundings): MoveCheck {
  const needed = vm.maxMemoryBytes
  const total = targetDetails?.memory.totalBytes
  const words = formatBytes(needed)
  if (total !== undefined && total < needed)
    return bad(
      isRunning ? 'error' : 'warning',
      'memory',
      'Memory',
      `The VM has ${words}, the destination ${formatBytes(total)} in all.`,
      {
        cure: 'Choose a larger host.',
      },
    )
  const free = target.freeMemoryBytes
  if (free === undefined)
    return bad('unknown', 'memory', 'Memory', 'The destination does not tell how much is free.')
  const usable = free + (targetDetails?.memory.cachedBytes ?? 0)
  return usable < needed
    ? bad(
        'warning',
        'memory',
        'Memory',
        `The VM has ${words}, the destination ${formatBytes(usable)} free.`,
        {
          cure: 'The host may have to swap, or kill VMs.',
        },
      )
    : ok(
        'memory',
        'Memory',
        `The VM has ${words}, of which the destination has enough. The more, the longer it takes.`,
      )
}
