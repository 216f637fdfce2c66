import { useContext, useMemo, useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { HardwareChange } from '../../../shared/model/hardware/change'
import { CommandBlock } from '../../components/CommandBlock'
import { ErrorBox } from '../../components/ErrorBox'
import { Button } from '../../ui/Button'
import { ClipboardContext } from '../../ui/clipboard'
import { Dialog } from '../../ui/Dialog'
import { DiffView } from '../../ui/diff/DiffView'
import { Disclosure } from '../../ui/Disclosure'
import { CodeIcon } from '../../ui/icons/hardware'
import { Spinner } from '../../ui/Spinner'
import { applyOther } from './apply'
import type { HardwareSession } from './session'
import { usePreview } from './use-preview'
import { readHardware } from './use-hardware-view'

interface Props {
  readonly session: HardwareSession
  readonly base: string
  readonly xml: string
  readonly title: string
  readonly onClose: () => void
  readonly onApplied: () => void
  /** What the host does not accept, to be shown where the text is; without it the dialog shows it. */
  readonly onRefused?: (error: ErrorData) => void
}

/** A whole definition, compared with what is stored before it takes its place. */
export function DefinitionReview(props: Props) {
  const { session, base, xml, title, onClose, onApplied, onRefused } = props
  const changes = useMemo((): HardwareChange[] => [{ kind: 'definition', xml }], [xml])
  const preview = usePreview(session.target, base, changes, 'next-start')
  const copyText = useContext(ClipboardContext)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorData>()
  const apply = async (): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      const outcome = await applyOther(session.target, base, changes)
      await readHardware(session.target)
      if (outcome === 'applied') onApplied()
      else onClose()
    } catch (reason) {
      const refused = errorData(reason)
      if (onRefused) onRefused(refused)
      else setError(refused)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={title}
      icon={CodeIcon}
      width={880}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            variant="primary"
            isBusy={isBusy}
            isDisabled={!preview.value}
            keepsFocus
            disabledReason={session.lockedReason}
            onPress={() => void apply()}
          >
            Apply
          </Button>
        </>
      }
    >
      {session.view.isRunning ? (
        <p className="secondary">The running guest goes on as it is; this is used at the next start.</p>
      ) : null}
      {error ? <ErrorBox error={error} title="The definition was not applied" /> : null}
      {preview.error ? (
        <ErrorBox error={preview.error} title="This definition cannot be used" />
      ) : preview.value ? (
        <>
          <div className="hw-review">
            <DiffView
              label="What would change"
              before={preview.value.before}
              after={preview.value.after}
              onCopy={copyText}
              emptyText="Nothing would change"
            />
          </div>
          {preview.value.commands.length > 0 ? (
            <Disclosure summary="Same as commands">
              <CommandBlock text={preview.value.commands.join('\n')} what="commands" />
            </Disclosure>
          ) : null}
        </>
      ) : (
        <p className="hw-loading" role="status">
          <Spinner /> Trying it out…
        </p>
      )}
    </Dialog>
  )
}
