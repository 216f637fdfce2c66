import { useState } from 'react'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import {
  figureNames,
  thresholdFigures,
  type Threshold,
  type ThresholdFigure,
} from '../../../shared/model/thresholds'
import { api } from '../../api/client'
import { useAnswer } from '../../api/use-answer'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { ErrorBox } from '../../components/ErrorBox'
import { closeDialog } from '../../stores/dialogs'
import { useVms } from '../../stores/vms'
import { Button } from '../../ui/Button'
import { PlusIcon } from '../../ui/icons/general'
import { GaugeIcon } from '../../ui/icons/hardware'
import { Spinner } from '../../ui/Spinner'
import { draftOf, errorsOf, thresholdOf, type Draft } from './draft'
import { ThresholdRow } from './ThresholdRow'
import './thresholds.css'

/** Limits of loads: of all VMs, or of one. Opened from a VM's page, new ones are for that VM. */
export function ThresholdsDialog({ target }: { target: VmRef | undefined }) {
  const known = useAnswer('thresholds', () => api.stats.thresholds())
  const [changed, setChanged] = useState<readonly Draft[]>()
  const drafts = changed ?? known.value?.map(draftOf)
  const vms = useVms(({ byKey }) => byKey)
  const nameOf = (vm: VmRef): string => vms.get(vmKey(vm))?.name ?? 'a VM that is gone'
  const isRight = drafts?.every((draft) => Object.keys(errorsOf(draft)).length === 0) === true
  return (
    <ConfirmDialog
      title="Limits"
      icon={GaugeIcon}
      width={760}
      confirmLabel="Save"
      canConfirm={changed !== undefined && isRight}
      onClose={closeDialog}
      onConfirm={async () => {
        const thresholds = (drafts ?? [])
          .map(thresholdOf)
          .filter((one): one is Threshold => one !== undefined)
        await api.stats.setThresholds({ thresholds })
        closeDialog()
      }}
    >
      <p>
        A VM that is above a limit for a while is marked in the list until it is a tenth below for as long.
      </p>
      {known.error ? <ErrorBox error={known.error} /> : null}
      {drafts === undefined ? (
        known.error ? null : (
          <Spinner />
        )
      ) : (
        <>
          {drafts.length === 0 ? <p className="secondary">No limit is set.</p> : null}
          <ul className="thresholds" aria-label="Limits">
            {drafts.map((draft, index) => (
              <ThresholdRow
                key={draft.id}
                draft={draft}
                target={target}
                nameOf={nameOf}
                onChange={(next) => setChanged(drafts.map((one) => (one === draft ? next : one)))}
                onRemove={() => setChanged(drafts.filter((_, at) => at !== index))}
              />
            ))}
          </ul>
          <Button
            icon={PlusIcon}
            className="threshold-add"
            onPress={() => setChanged([...drafts, newDraft(target, drafts)])}
          >
            Add a limit
          </Button>
        </>
      )}
    </ConfirmDialog>
  )
}

/** The first figure that has none yet. */
function newDraft(target: VmRef | undefined, drafts: readonly Draft[]): Draft {
  const figure: ThresholdFigure =
    figureNames.find((name) => drafts.every((draft) => draft.figure !== name)) ?? 'cpu'
  return {
    id: crypto.randomUUID(),
    figure,
    above: thresholdFigures[figure].usual,
    forSeconds: 30,
    notifies: true,
    vm: target,
  }
}
