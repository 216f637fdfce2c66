import { useContext, useEffect, useState } from 'react'
import type { ChangeEffect } from '../../../../shared/model/hardware/view'
import type { VmRef } from '../../../../shared/model/ids'
import { CommandBlock } from '../../../components/CommandBlock'
import { ErrorBox } from '../../../components/ErrorBox'
import { Button, IconButton } from '../../../ui/Button'
import { ClipboardContext } from '../../../ui/clipboard'
import { Dialog } from '../../../ui/Dialog'
import { DiffView } from '../../../ui/diff/DiffView'
import { ClockIcon, CodeIcon, UndoIcon } from '../../../ui/icons/hardware'
import { Spinner } from '../../../ui/Spinner'
import { Tabs } from '../../../ui/Tabs'
import { applyDraft } from '../apply'
import { ChangeText } from '../ChangeText'
import { undoChange } from '../draft'
import { usePlace } from '../place'
import { blockersOf, useHardwareSession, type HardwareSession } from '../session'
import { putChanges } from '../store'
import { usePreview, type Preview } from '../use-preview'
import './dialogs.css'

/** What would happen, in words, as XML and as commands, before anything does. */
export function ReviewDialog({ target }: { target: VmRef }) {
  const session = useHardwareSession(target)
  const { closeDialog } = usePlace()
  const isEmpty = session?.changes.length === 0
  useEffect(() => {
    // the last change was taken back
    if (isEmpty) closeDialog()
  }, [isEmpty, closeDialog])
  return session && !isEmpty ? <Review session={session} /> : null
}

function Review({ session }: { session: HardwareSession }) {
  const { target, changes, view, state, key } = session
  const { closeDialog, isDraft } = usePlace()
  const [tab, setTab] = useState<'changes' | 'xml' | 'commands'>('changes')
  const preview = usePreview(target, state.base ?? view.base, changes, state.when)
  const [blocker] = blockersOf(session)
  const copyText = useContext(ClipboardContext)
  const waiting = <Waiting preview={preview} />
  return (
    <Dialog
      title={`Review the changes to ${view.name}`}
      icon={CodeIcon}
      width={880}
      onClose={closeDialog}
      footer={
        <>
          <Button onPress={closeDialog}>Back to editing</Button>
          {isDraft ? null : (
            <Button
              variant="primary"
              isBusy={state.isApplying}
              disabledReason={session.lockedReason ?? blocker?.message}
              onPress={() => void applyDraft(session)}
            >
              Apply
            </Button>
          )}
        </>
      }
    >
      <div className="hw-review">
        <Tabs
          label="What would change"
          selected={tab}
          onSelect={setTab}
          tabs={[
            {
              id: 'changes',
              label: 'Changes',
              content: (
                <ul className="hw-review-list">
                  {changes.map((change, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a change is its place in the order
                    <li key={index}>
                      <ChangeText change={change} session={session} />
                      {view.isRunning ? <EffectText effect={preview.value?.effects[index]} /> : null}
                      <IconButton
                        icon={UndoIcon}
                        label="Take back this change"
                        className="button-small"
                        onPress={() => putChanges(key, undoChange(changes, index))}
                      />
                    </li>
                  ))}
                </ul>
              ),
            },
            {
              id: 'xml',
              label: 'XML difference',
              content: preview.value ? (
                <DiffView
                  label={`Changes to ${view.name}`}
                  before={preview.value.before}
                  after={preview.value.after}
                  onCopy={copyText}
                  emptyText="The stored definition stays as it is"
                />
              ) : (
                waiting
              ),
            },
            ...(isDraft
              ? []
              : [
                  {
                    id: 'commands' as const,
                    label: 'Same as commands',
                    content: preview.value ? <Commands lines={preview.value.commands} /> : waiting,
                  },
                ]),
          ]}
        />
        {preview.error && tab === 'changes' ? (
          <ErrorBox error={preview.error} title="This could not be tried out" />
        ) : null}
      </div>
    </Dialog>
  )
}

function Commands({ lines }: { lines: readonly string[] }) {
  return (
    <div className="hw-commands">
      {lines.length === 0 ? (
        <p className="secondary">Nothing would be run.</p>
      ) : (
        <CommandBlock text={lines.join('\n')} what="commands" />
      )}
    </div>
  )
}

function Waiting({ preview }: { preview: Preview }) {
  if (preview.error) return <ErrorBox error={preview.error} title="This could not be tried out" />
  return (
    <p className="hw-loading" role="status">
      <Spinner /> Trying it out…
    </p>
  )
}

function EffectText({ effect }: { effect: ChangeEffect | undefined }) {
  if (!effect) return null
  if (effect.when === 'now') return <span className="hw-effect hw-effect-now">At once</span>
  return (
    <span className="hw-effect hw-effect-later" title={effect.why}>
      <ClockIcon size={14} />
      <span>
        {effect.when === 'partly' ? 'Partly at the next start' : 'At the next start'}
        {effect.why === undefined ? null : <span className="hw-effect-why">{effect.why}</span>}
      </span>
    </span>
  )
}
