import type { Pool } from '../../../shared/model/storage/pool'
import type { PoolAlarm } from '../../../shared/model/storage/pool-alarm'
import { formatBytes } from '../../../shared/units'
import { Note } from '../../ui/Note'

/** On the page of a pool that is about to run out of space. */
export function SpaceAlarm(props: {
  readonly pool: Pool
  readonly alarm: PoolAlarm
  /** What its volumes could grow to, when that is more than it has. */
  readonly promisedBytes: number | undefined
}) {
  const { pool, alarm, promisedBytes } = props
  const { capacityBytes = 0, availableBytes = 0 } = pool
  const free = `${formatBytes(availableBytes)} of ${formatBytes(capacityBytes)} are free`
  const promise =
    promisedBytes === undefined ? '' : `, and its volumes can grow to ${formatBytes(promisedBytes)}`
  return (
    <div className="storage-padded">
      <Note
        tone={alarm === 'full' ? 'error' : 'warning'}
        title={alarm === 'full' ? 'This pool is full' : 'This pool is nearly full'}
      >
        {free}
        {promise}. Images in it grow as guests write to them; a guest that finds no space left is paused.
        Delete or move what is not needed, or give the pool more space, then read it again.
      </Note>
    </div>
  )
}
