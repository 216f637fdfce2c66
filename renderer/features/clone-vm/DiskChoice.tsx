import {
  cloneWays,
  type CloneDisk,
  type ClonePool,
  type CloneWay,
  type PlannedCloneDisk,
} from '../../../shared/model/clone'
import type { PlanProblem } from '../../../shared/model/new-vm/new-vm'
import { formatBytes } from '../../../shared/units'
import { DiskIcon } from '../../ui/icons/hardware'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'

interface Props {
  readonly disk: PlannedCloneDisk
  readonly choice: CloneDisk | undefined
  readonly pools: readonly ClonePool[]
  /** Several clones name their volumes themselves. */
  readonly isOne: boolean
  readonly problems: readonly PlanProblem[]
  readonly onChange: (choice: CloneDisk) => void
}

const wayText: Record<CloneWay, { label: string; hint: string }> = {
  copy: { label: 'Copy', hint: 'All of it, standing alone' },
  linked: { label: 'Linked', hint: 'Only what differs is stored; the original must stay as it is' },
  share: { label: 'Share', hint: 'The same disk in both VMs' },
  skip: { label: 'Leave out', hint: 'The clone has no such disk' },
}

/** What becomes of one disk, and every path that it comes to. */
export function DiskChoice({ disk, choice, pools, isOne, problems, onChange }: Props) {
  const { target, device, how, from, to, sizeBytes, neededBytes } = disk
  const change = (more: Partial<CloneDisk>): void => onChange({ target, how, ...choice, ...more })
  const errorAt = (part: string): string | undefined =>
    problems.find(({ level, field }) => level === 'error' && field === `disks.${target}${part}`)?.message
  const isMade = how === 'copy' || how === 'linked'
  const pool = pools.find(({ name }) => name === disk.pool)
  const facts = [
    sizeBytes === undefined ? undefined : formatBytes(sizeBytes),
    disk.format,
    how === 'copy' && neededBytes !== undefined ? `takes about ${formatBytes(neededBytes)}` : undefined,
    isMade && pool?.freeBytes !== undefined ? `${formatBytes(pool.freeBytes)} free there` : undefined,
  ].filter((fact) => fact !== undefined)
  return (
    <li className="clone-disk">
      <DiskIcon />
      <div className="clone-disk-body">
        <div className="clone-disk-line">
          <span className="clone-disk-name">{device === 'disk' ? target : `${target}, ${device}`}</span>
          <Select<CloneWay>
            label={`What becomes of ${target}`}
            className="clone-way"
            value={how}
            options={cloneWays.map((way) => ({
              id: way,
              ...wayText[way],
              ...(disk.whyNot[way] === undefined ? {} : { disabledReason: disk.whyNot[way] }),
            }))}
            onChange={(way) => change({ how: way })}
            error={errorAt('')}
          />
          {isMade && pools.length > 0 ? (
            <Select
              label={`Pool of ${target}`}
              className="clone-pool"
              value={disk.pool ?? ''}
              options={pools.map(({ name }) => ({ id: name, label: name }))}
              onChange={(name) => change({ pool: name })}
              error={errorAt('.pool')}
            />
          ) : null}
          {isMade && isOne ? (
            <TextField
              label={`Volume for ${target}`}
              className="clone-volume"
              value={choice?.volume ?? disk.volume ?? ''}
              onChange={(volume) => change({ volume: volume === '' ? undefined : volume })}
              error={errorAt('.volume')}
              isMono
            />
          ) : null}
        </div>
        <dl className="clone-paths">
          <dt>{how === 'share' ? 'Both' : 'From'}</dt>
          <dd className="mono selectable">{from ?? 'No medium'}</dd>
          {to !== undefined && isMade ? (
            <>
              <dt>To</dt>
              <dd className="mono selectable">{to}</dd>
            </>
          ) : null}
        </dl>
        {facts.length === 0 ? null : <span className="clone-facts">{facts.join(' · ')}</span>}
      </div>
    </li>
  )
}
