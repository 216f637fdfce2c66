/** Which snapshots a schedule may delete: those that it made, as long as nobody has made them their own. */
import { scheduledDescription } from '../../shared/model/snapshots/schedule'
import type { Snapshot } from '../../shared/model/snapshots/snapshot'
import type { OwnSnapshot } from '../settings/snapshot-schedules'

/**
 * Oldest first. One of the same name that was taken at another time is somebody else's, and one whose description was
 * changed is kept by whoever did that.
 */
export function ownSnapshots(own: readonly OwnSnapshot[], there: readonly Snapshot[]): Snapshot[] {
  return there
    .filter(
      ({ name, createdAtMs, description }) =>
        description === scheduledDescription &&
        own.some(
          (one) => one.name === name && (one.createdAtMs === undefined || one.createdAtMs === createdAtMs),
        ),
    )
    .toSorted((a, b) => a.createdAtMs - b.createdAtMs)
}
