import { useEffect } from 'react'
import type { DiskJob, DiskJobKind, DiskRef } from '../../../shared/model/disk-jobs/disk-job'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import { isActive, type Vm } from '../../../shared/model/vm'
import { formatBytes, formatBytesPerSecond } from '../../../shared/units'
import { api } from '../../api/client'
import { useAnswer } from '../../api/use-answer'
import { openDialog } from '../../stores/dialogs'
import { useHost } from '../../stores/hosts'
import { onTaskEnd, useTasks } from '../../stores/tasks'
import { showToast } from '../../stores/toasts'
import { Button } from '../../ui/Button'
import { DiskIcon } from '../../ui/icons/hardware'
import { ProgressBar } from '../../ui/ProgressBar'
import { errorData } from '../../../shared/errors'
import './disk-jobs.css'

/** While there is one; else now and then, as others may begin one. */
const busyMs = 1000
const idleMs = 5000

/** Work of the hypervisor on this VM's disks, whoever began it. Nothing while there is none. */
export function DiskJobStrip({ target: { host, vm }, record }: { target: VmRef; record: Vm }) {
  const status = useHost(host)?.status
  const isWanted = status?.kind === 'connected' && isActive(record.state)
  const hasTask = useTasks(({ byId }) =>
    Object.values(byId).some(
      (task) => task.host === host && task.kind.startsWith('disk.') && task.state === 'running',
    ),
  )
  const key = `disk jobs ${vmKey({ host, vm })}`
  const { value, reload } = useAnswer(key, () => api.diskJobs.list({ host, vm }), {
    isWanted,
    everyMs: hasTask ? busyMs : idleMs,
  })
  useEffect(
    () =>
      onTaskEnd((task) => {
        if (task.host === host && task.kind.startsWith('disk.')) reload()
      }),
    [host, reload],
  )
  if (!isWanted || !value || value.length === 0) return null
  const locked = status.info.isReadOnly ? 'This connection is read-only' : undefined
  return (
    <section className="disk-jobs" aria-label="Work on disks">
      {value.map((job) => (
        <Job key={job.target} disk={{ host, vm, target: job.target }} job={job} locked={locked} />
      ))}
    </section>
  )
}

interface JobProps {
  readonly disk: DiskRef
  readonly job: DiskJob
  readonly locked: string | undefined
}

function Job({ disk, job, locked }: JobProps) {
  const { target, kind, doneBytes, totalBytes, to, isReady } = job
  const title = `${target} ${kindText[kind]}`
  const canSwitch = isReady && (kind === 'copy' || kind === 'merge-top')
  const end = async (): Promise<void> => {
    try {
      await api.diskJobs.end({ ...disk, how: 'switch' })
    } catch (error) {
      showToast({ tone: 'error', title: `${target} was not switched`, error: errorData(error) })
    }
  }
  return (
    <div className="disk-job">
      <DiskIcon />
      <span className="disk-job-title truncate" title={to}>
        {title}
        {to === undefined ? null : <span className="mono"> {to}</span>}
      </span>
      <span className="disk-job-progress">
        <ProgressBar label={title} value={totalBytes > 0 ? doneBytes / totalBytes : undefined} />
      </span>
      <span className="disk-job-amount">{amountOf(job)}</span>
      <span className="disk-job-buttons">
        {canSwitch ? (
          <Button className="button-small" disabledReason={locked} onPress={() => void end()}>
            Switch to it
          </Button>
        ) : null}
        {kind === 'backup' ? null : (
          <>
            <Button
              className="button-small"
              disabledReason={locked}
              onPress={() => openDialog({ kind: 'diskJobLimit', disk, job })}
            >
              Speed…
            </Button>
            <Button
              className="button-small"
              disabledReason={locked}
              onPress={() => openDialog({ kind: 'stopDiskJob', disk, job })}
            >
              Stop…
            </Button>
          </>
        )}
      </span>
    </div>
  )
}

const kindText: Record<DiskJobKind, string> = {
  copy: 'is copied to',
  flatten: 'is flattened',
  merge: 'has layers merged',
  'merge-top': 'is merged into',
  backup: 'is backed up',
  other: 'is worked on by the host',
}

function amountOf({ doneBytes, totalBytes, isReady, bytesPerSecond, limitBytesPerSecond }: DiskJob): string {
  if (isReady) return 'Both are equal'
  return [
    totalBytes > 0 ? `${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}` : 'Beginning',
    ...(bytesPerSecond === undefined ? [] : [formatBytesPerSecond(bytesPerSecond)]),
    ...(limitBytesPerSecond === undefined ? [] : [`at most ${formatBytesPerSecond(limitBytesPerSecond)}`]),
  ].join(', ')
}
