import { useMemo } from 'react'
import type { HostId } from '../../../shared/model/ids'
import type { Pool } from '../../../shared/model/storage/pool'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { OffIcon, PlayIcon } from '../../ui/icons/power'
import { Note } from '../../ui/Note'
import { useStorageChanges } from './follow'
import { doToPool } from './pool-actions'
import { PoolHeader } from './PoolHeader'
import { usePoolAlarm } from './pools'
import { SpaceAlarm } from './SpaceAlarm'
import { UnfinishedUploads } from './UnfinishedUploads'
import { loadUsage, useUsage, usersOf, vmsOf } from './usage'
import { useVolumes } from './use-volumes'
import { VolumePane } from './VolumePane'
import { isActive } from './words'

interface Props {
  readonly host: HostId
  readonly pool: Pool
  readonly lockedReason: string | undefined
}

/** One pool: what it is, and its volumes. */
export function PoolPage({ host, pool, lockedReason }: Props) {
  const { name } = pool
  const isOn = isActive(pool)
  const volumes = useVolumes(host, name, isOn)
  const usage = useUsage(host)
  const { loader } = volumes
  useStorageChanges(host, isOn, (change) => {
    if (change.pool !== undefined && change.pool !== name) return
    void loader?.reload()
    void loadUsage(host)
  })
  const isUsed = useMemo(
    () =>
      usage.value !== undefined &&
      (volumes.rows ?? []).some((row) => usage.value && vmsOf(usersOf(usage.value, name, row)).length > 0),
    [usage.value, volumes.rows, name],
  )
  const alarm = usePoolAlarm(host, name)
  const promisedBytes = promised(pool, volumes)
  return (
    <section className="pool-page" aria-label={`Pool ${name}`}>
      <PoolHeader
        host={host}
        pool={pool}
        lockedReason={lockedReason}
        isUsed={isUsed}
        promisedBytes={promisedBytes}
      />
      {alarm === undefined ? null : <SpaceAlarm pool={pool} alarm={alarm} promisedBytes={promisedBytes} />}
      {pool.state === 'degraded' || pool.state === 'inaccessible' ? (
        <div className="storage-padded">
          <Note
            tone="warning"
            title={
              pool.state === 'degraded'
                ? 'The host calls this pool degraded'
                : 'The host does not reach this pool'
            }
          >
            {pool.state === 'degraded'
              ? 'Its volumes can be used, but part of what it is made of has failed. Look at the devices on the host.'
              : 'Look at its server or device, then read the pool again.'}
          </Note>
        </div>
      ) : null}
      <UnfinishedUploads host={host} pool={name} lockedReason={lockedReason} />
      {isOn ? (
        <VolumePane host={host} pool={pool} volumes={volumes} usage={usage} lockedReason={lockedReason} />
      ) : (
        <EmptyState
          icon={OffIcon}
          title={pool.state === 'building' ? 'The host is building this pool' : 'This pool is stopped'}
          actions={
            pool.state === 'building' ? null : (
              <Button
                icon={PlayIcon}
                disabledReason={lockedReason}
                onPress={() => doToPool(host, name, 'start')}
              >
                Start the pool
              </Button>
            )
          }
        >
          {pool.state === 'building'
            ? 'Its volumes are listed when it is ready.'
            : 'Its volumes are listed while it is started. VMs that run keep the disks they have.'}
        </EmptyState>
      )}
    </section>
  )
}

/** What all volumes could grow to, once all are known and when it is more than the pool has. */
function promised(
  { capacityBytes }: Pool,
  { rows, missing, isTruncated }: ReturnType<typeof useVolumes>,
): number | undefined {
  if (rows === undefined || missing > 0 || isTruncated || capacityBytes === undefined) return undefined
  const total = rows.reduce(
    (sum, { details }) => sum + (details ? Math.max(details.capacityBytes, details.allocationBytes) : 0),
    0,
  )
  return total > capacityBytes ? total : undefined
}
