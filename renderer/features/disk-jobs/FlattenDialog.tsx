import { useState } from 'react'
import type { DiskRef } from '../../../shared/model/disk-jobs/disk-job'
import { api } from '../../api/client'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { closeDialog } from '../../stores/dialogs'
import { useBriefTask } from '../../stores/use-brief-task'
import { LayersIcon } from '../../ui/icons/storage'
import { Note } from '../../ui/Note'
import { LimitField, limitError, PathList, useDiskPlan, Waiting, type Limit } from './parts'

/** What lies below the top layer is written into it. */
export function FlattenDialog({ disk }: { disk: DiskRef }) {
  const answer = useDiskPlan(disk)
  const { value: plan } = answer
  const [limit, setLimit] = useState<Limit>()
  const run = useBriefTask()
  const why = plan?.whyNot.flatten
  const isPossible = plan !== undefined && why === undefined
  const [top, ...below] = plan?.facts.layers.map(({ place }) => place) ?? []
  return (
    <ConfirmDialog
      title={`Flatten disk ${disk.target}${plan ? ` of ${plan.vmName}` : ''}`}
      confirmLabel={isPossible ? 'Flatten' : undefined}
      icon={LayersIcon}
      width={560}
      canConfirm={isPossible && limitError(limit) === undefined}
      onClose={closeDialog}
      onConfirm={async () => {
        if (!isPossible) return closeDialog()
        await run(() =>
          api.diskJobs.flatten({
            ...disk,
            ...(typeof limit === 'number' ? { limitBytesPerSecond: limit } : {}),
          }),
        )
        closeDialog()
      }}
    >
      {plan === undefined ? <Waiting answer={answer} /> : null}
      {why === undefined ? null : <Note tone="warning" title={`${why}.`} />}
      {isPossible ? (
        <>
          <p>Everything the disk has is written into this image, which grows and then stands alone:</p>
          <PathList label="Grows" paths={top === undefined ? [] : [top]} />
          <p>These are no longer needed by this VM, and stay as they are:</p>
          <PathList label="Stays" paths={below} />
          <LimitField value={limit} onChange={setLimit} />
        </>
      ) : null}
    </ConfirmDialog>
  )
}
