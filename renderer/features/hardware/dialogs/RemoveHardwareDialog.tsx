import { kindOf } from '../../../../shared/model/hardware/kinds'
import type { ItemRef } from '../../../../shared/model/hardware/view'
import type { VmRef } from '../../../../shared/model/ids'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { TrashIcon } from '../../../ui/icons/general'
import { removeItem } from '../draft'
import { usePlace } from '../place'
import { effectsOf, findItem, useHardwareSession } from '../session'
import { putChanges } from '../store'
import './dialogs.css'

/** Says what goes and what stays; the removal is a change like others, and applied with them. */
export function RemoveHardwareDialog({ target, item: ref }: { target: VmRef; item: ItemRef }) {
  const session = useHardwareSession(target)
  const { closeDialog, isDraft } = usePlace()
  const item = session && findItem(session.items, ref)
  const kind = kindOf(ref.kind)
  if (!session || !item || !kind) return null
  const goes = kind.whatGoes?.(item.values) ?? []
  const [effect] = effectsOf([{ kind: 'remove', item: { ...ref } }], session, session.state.when)
  const title = kind.title(item.values)
  return (
    <Dialog
      title={`Remove ${title}?`}
      icon={TrashIcon}
      width={460}
      role="alertdialog"
      onClose={closeDialog}
      onSubmit={() => {
        putChanges(session.key, removeItem(session.changes, ref))
        closeDialog()
      }}
      footer={
        <>
          <Button onPress={closeDialog}>Cancel</Button>
          <Button type="submit" variant="primary" autoFocus>
            Remove
          </Button>
        </>
      }
    >
      {goes.length === 0 ? (
        <p>The guest loses this device.</p>
      ) : (
        <ul className="hw-goes">
          {goes.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <p className="secondary">
        {isDraft
          ? 'The VM is made without it.'
          : session.view.isRunning && effect?.when !== 'now'
            ? `It goes at the next start${effect?.why === undefined ? '' : `: ${effect.why}`}.`
            : session.view.isRunning
              ? 'The running guest loses it as soon as the changes are applied.'
              : 'It goes when the changes are applied.'}
      </p>
    </Dialog>
  )
}
