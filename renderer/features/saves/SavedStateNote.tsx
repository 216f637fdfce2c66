import type { VmRef } from '../../../shared/model/ids'
import type { Vm } from '../../../shared/model/vm'
import { openDialog } from '../../stores/dialogs'
import { useHost } from '../../stores/hosts'
import { savesOf, useKnownSaves } from '../../stores/known-saves'
import { usePendingTask } from '../../stores/tasks'
import { Button } from '../../ui/Button'
import { Note } from '../../ui/Note'
import { whyLocked } from '../hosts/why-locked'
import { runAction } from '../vm-actions/run'
import { whenText } from './words'
import './saves.css'

interface Props {
  readonly target: VmRef
  readonly record: Vm
  /** Over the hardware: what changes there mean for the saved guest. */
  readonly isOverHardware?: boolean
}

/** The guest's memory is saved: what goes on with it, and what would lose it. */
export function SavedStateNote({ target, record, isOverHardware = false }: Props) {
  const host = useHost(target.host)
  const { saves } = useKnownSaves()
  const pending = usePendingTask(target)
  const file = record.state === 'shut-off' ? savesOf(saves, target).at(-1) : undefined
  if (!host || (!record.hasSavedState && !file)) return null
  const locked = whyLocked(host) ?? (pending ? `${record.name} is busy: ${pending.title}` : undefined)
  const of = record.hasSavedState
    ? { kind: 'managed' as const, vm: target.vm }
    : { kind: 'file' as const, path: file?.path ?? '' }
  return (
    <section className={isOverHardware ? 'saves-note-bar' : 'saves-note'} aria-label="Saved state">
      <Note
        tone={isOverHardware ? 'warning' : 'info'}
        title={
          record.hasSavedState || !file
            ? `The memory of ${record.name} is saved`
            : `${record.name} was saved to ${file.path}, ${whenText(file.savedAtMs)}`
        }
        actions={
          <>
            <Button
              className="button-small"
              disabledReason={locked}
              onPress={() =>
                record.hasSavedState || !file
                  ? runAction('restore', [record])
                  : openDialog({ kind: 'restoreFile', host: target.host, path: file.path })
              }
            >
              {record.hasSavedState ? 'Restore' : 'Restore…'}
            </Button>
            <Button
              className="button-small"
              variant="quiet"
              disabledReason={locked}
              onPress={() =>
                openDialog({ kind: 'savedDefinition', host: target.host, of, name: record.name })
              }
            >
              Edit saved definition…
            </Button>
            {record.hasSavedState ? (
              <Button
                className="button-small"
                variant="quiet"
                disabledReason={locked}
                onPress={() => runAction('discardSaved', [record])}
              >
                Discard…
              </Button>
            ) : null}
          </>
        }
      >
        {isOverHardware
          ? 'Restored, it comes back with the hardware it was saved with. What is changed here counts for a start that boots anew, which loses the saved memory.'
          : 'Restored, it goes on where it was. Booted anew, what it had not yet written to its disks is lost.'}
      </Note>
    </section>
  )
}
