import { useState } from 'react'
import type { DiskRef, MergeChoice } from '../../../shared/model/disk-jobs/disk-job'
import { api } from '../../api/client'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { closeDialog } from '../../stores/dialogs'
import { useBriefTask } from '../../stores/use-brief-task'
import { LayersIcon } from '../../ui/icons/storage'
import { Note } from '../../ui/Note'
import { Select } from '../../ui/Select'
import { LimitField, limitError, PathList, useDiskPlan, Waiting, type Limit } from './parts'

/** Layers written into one further down, which then is what the disk is built on, or is itself. */
export function MergeDialog({ disk }: { disk: DiskRef }) {
  const answer = useDiskPlan(disk)
  const { value: plan } = answer
  const [top, setTop] = useState<string>()
  const [base, setBase] = useState<string>()
  const [limit, setLimit] = useState<Limit>()
  const run = useBriefTask()
  const merges = plan?.merges ?? []
  const tops = [...new Set(merges.map((one) => one.top))]
  const wantedTop = top ?? tops[0]
  const bases = merges.filter((one) => one.top === wantedTop)
  const choice = bases.find((one) => one.base === base) ?? bases[0]
  const isPossible = choice !== undefined && choice.whyNot === undefined
  return (
    <ConfirmDialog
      title={`Merge layers of ${disk.target}${plan ? ` of ${plan.vmName}` : ''}`}
      confirmLabel={choice ? 'Merge' : undefined}
      icon={LayersIcon}
      width={600}
      canConfirm={isPossible && limitError(limit) === undefined}
      onClose={closeDialog}
      onConfirm={async () => {
        if (!choice) return closeDialog()
        await run(() =>
          api.diskJobs.merge({
            ...disk,
            top: choice.top,
            base: choice.base,
            ...(typeof limit === 'number' ? { limitBytesPerSecond: limit } : {}),
          }),
        )
        closeDialog()
      }}
    >
      {plan === undefined ? <Waiting answer={answer} /> : null}
      {plan && !choice ? <Note tone="info" title={whyNothing(plan.facts.isRunning)} /> : null}
      {choice ? (
        <>
          <Select
            label="From this layer down"
            value={choice.top}
            onChange={setTop}
            options={tops.map((place) => ({ id: place, label: place }))}
          />
          <Select
            label="Into this one"
            value={choice.base}
            onChange={setBase}
            options={bases.map((one) => ({ id: one.base, label: one.base }))}
          />
          {choice.whyNot === undefined ? (
            <>
              <Outcome choice={choice} isTop={choice.top === plan?.facts.layers[0]?.place} />
              <LimitField value={limit} onChange={setLimit} />
            </>
          ) : (
            <Note tone="warning" title={`${choice.whyNot}.`} />
          )}
        </>
      ) : null}
    </ConfirmDialog>
  )
}

function whyNothing(isRunning: boolean): string {
  return isRunning
    ? 'It is built on no other image, so there is nothing to merge.'
    : 'Only possible while the VM runs; while it is off, its image is committed in Storage.'
}

function Outcome({ choice, isTop }: { choice: MergeChoice; isTop: boolean }) {
  return (
    <>
      <p>
        {isTop
          ? 'The VM goes on with this image, whose own contents as they were are gone:'
          : 'This image gets what lies above it; its own contents as they were are gone:'}
      </p>
      <PathList label="Is changed" paths={[choice.base]} />
      <p>Nothing needs these afterwards. They stay until they are deleted in Storage:</p>
      <PathList label="Left over" paths={choice.leftOver} />
    </>
  )
}
