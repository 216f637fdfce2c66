import { useState, type ReactNode } from 'react'
import { errorData, type ErrorData } from '../../shared/errors'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { WarningIcon } from '../ui/icons/general'
import type { Icon } from '../ui/icons/icon'
import { ErrorBox } from './ErrorBox'

interface Props {
  readonly title: string
  /** Without it there is nothing left to confirm, only to close. */
  readonly confirmLabel: string | undefined
  readonly tone?: 'plain' | 'danger'
  readonly icon?: Icon
  readonly width?: number
  readonly canConfirm?: boolean
  readonly onClose: () => void
  /** Closes the dialog itself when it is done; what it throws is shown in the dialog. */
  readonly onConfirm: () => Promise<void>
  readonly children: ReactNode
  /** Buttons at the left of the footer. */
  readonly extraButtons?: ReactNode
}

/** Asks before something happens, does it, and shows its failure in the same place. */
export function ConfirmDialog(props: Props) {
  const { title, confirmLabel, tone = 'plain', canConfirm = true, onClose, onConfirm } = props
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorData>()
  const confirm = async (): Promise<void> => {
    if (isBusy || !canConfirm) return
    setBusy(true)
    setError(undefined)
    try {
      await onConfirm()
    } catch (reason) {
      setError(errorData(reason))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={title}
      icon={props.icon ?? WarningIcon}
      tone={tone}
      width={props.width ?? 460}
      role="alertdialog"
      onClose={onClose}
      onSubmit={() => void confirm()}
      footer={
        <>
          {props.extraButtons}
          <Button onPress={onClose} autoFocus={tone === 'danger'}>
            {confirmLabel === undefined ? 'Close' : 'Cancel'}
          </Button>
          {confirmLabel === undefined ? null : (
            <Button
              type="submit"
              variant={tone === 'danger' ? 'danger' : 'primary'}
              isDisabled={!canConfirm}
              keepsFocus
              isBusy={isBusy}
              autoFocus={tone !== 'danger'}
            >
              {confirmLabel}
            </Button>
          )}
        </>
      }
    >
      {props.children}
      {error ? <ErrorBox error={error} /> : null}
    </Dialog>
  )
}
