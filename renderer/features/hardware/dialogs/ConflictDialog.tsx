import { useState } from 'react'
import { changeTitle } from '../../../../shared/model/hardware/title'
import type { ApplyOutcome } from '../../../../shared/model/hardware/view'
import { vmKey, type VmRef } from '../../../../shared/model/ids'
import { closeDialog } from '../../../stores/dialogs'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { DiffView } from '../../../ui/diff/DiffView'
import { WarningIcon } from '../../../ui/icons/general'
import { Note } from '../../../ui/Note'
import { Tabs } from '../../../ui/Tabs'
import { rebase } from '../draft'
import { useHardwareSession } from '../session'
import { hardwareOf, putHardware } from '../store'
import './dialogs.css'

interface Props {
  readonly target: VmRef
  readonly conflict: Extract<ApplyOutcome, { kind: 'conflict' }>
}

/** Somebody else changed the VM meanwhile: shows what they did, and lets the user go on with or without it. */
export function ConflictDialog({ target, conflict }: Props) {
  const key = vmKey(target)
  const session = useHardwareSession(target)
  const [tab, setTab] = useState<'theirs' | 'ours'>('theirs')
  if (!session) return null
  const { view, changes, state } = session
  const { lost } = rebase(view, changes)
  const keepEditing = (): void => {
    const { xml, view: newest = view } = hardwareOf(key)
    const kept = rebase(newest, changes).changes
    putHardware(key, {
      changes: kept,
      base: kept.length === 0 ? undefined : newest.base,
      // the next review compares the text with what is stored now
      ...(xml ? { xml: { ...xml, base: newest.base } } : {}),
      failure: undefined,
    })
    closeDialog()
  }
  const discard = (): void => {
    putHardware(key, { changes: [], base: undefined, xml: undefined, failure: undefined })
    closeDialog()
  }
  const { before, theirs, ours } = conflict
  return (
    <Dialog
      title={`${view.name} was changed elsewhere`}
      icon={WarningIcon}
      width={880}
      role="alertdialog"
      onClose={closeDialog}
      footer={
        <>
          <Button onPress={closeDialog}>Cancel</Button>
          <Button onPress={discard}>Discard mine</Button>
          <Button variant="primary" onPress={keepEditing}>
            Keep editing on top of theirs
          </Button>
        </>
      }
    >
      <p>
        Nothing was applied. Since you began to edit, somebody or another program changed the definition of
        this VM. You can go on with your changes on top of theirs, review them once more and apply them then.
        {state.xml
          ? ' Your text replaces the whole definition: what they changed and your text does not have is taken back, as the review will show.'
          : ''}
      </p>
      {lost.length > 0 ? (
        <Note tone="warning" title="Some of your changes no longer have a place">
          <ul className="hw-outcome">
            {lost.map((change) => (
              <li key={changeTitle(change, session.items)}>{changeTitle(change, session.items)}</li>
            ))}
          </ul>
        </Note>
      ) : null}
      {before === undefined ? (
        <p className="secondary">
          What the definition was when you began is no longer known, so the differences cannot be shown.
        </p>
      ) : (
        <div className="hw-review">
          <Tabs
            label="Differences"
            selected={tab}
            onSelect={setTab}
            tabs={[
              {
                id: 'theirs',
                label: 'What they changed',
                content: (
                  <DiffView
                    label="What they changed"
                    before={before}
                    after={theirs}
                    emptyText="Nothing that the definition shows"
                  />
                ),
              },
              {
                id: 'ours',
                label: 'What you changed',
                content:
                  ours === undefined ? (
                    <p className="diff-empty">Your changes do not fit what was there when you began.</p>
                  ) : (
                    <DiffView label="What you changed" before={before} after={ours} />
                  ),
              },
            ]}
          />
        </div>
      )}
    </Dialog>
  )
}
