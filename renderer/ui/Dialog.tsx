import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { classNames } from './class-names'
import { CloseIcon } from './icons/general'
import type { Icon } from './icons/icon'
import { IconButton } from './Button'
import './dialog.css'

interface Props {
  readonly title: string
  readonly icon?: Icon
  readonly tone?: 'plain' | 'danger'
  readonly width?: number
  readonly onClose: () => void
  /** False where a click beside it would lose what was typed or answer a question by accident. */
  readonly isDismissable?: boolean
  readonly role?: 'dialog' | 'alertdialog'
  readonly children: ReactNode
  /** Buttons, the affirmative one last. */
  readonly footer?: ReactNode
  readonly onSubmit?: () => void
}

/** A modal dialog. With `onSubmit` its body is a form, so Enter in a field does what the main button does. */
export function Dialog(props: Props) {
  const { title, icon: Icon, tone = 'plain', width = 480, onClose, isDismissable = false, role } = props
  const body = (
    <>
      <div className="dialog-body">{props.children}</div>
      {props.footer ? <footer className="dialog-footer">{props.footer}</footer> : null}
    </>
  )
  return (
    <ModalOverlay
      className="dialog-scrim"
      isOpen
      isDismissable={isDismissable}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
    >
      <Modal className="dialog-frame" style={{ width }}>
        <AriaDialog className="dialog" {...(role ? { role } : {})}>
          <header className="dialog-header">
            {Icon ? (
              <span className={classNames('dialog-icon', `dialog-icon-${tone}`)}>
                <Icon />
              </span>
            ) : null}
            <Heading slot="title" level={2} className="dialog-title">
              {title}
            </Heading>
            <IconButton icon={CloseIcon} label="Close" className="button-small" onPress={onClose} />
          </header>
          {props.onSubmit ? (
            <form
              className="dialog-form"
              noValidate
              onSubmit={(event) => {
                event.preventDefault()
                // React hands it on to the form of a dialog below, though that is another one on the page
                event.stopPropagation()
                props.onSubmit?.()
              }}
            >
              {body}
            </form>
          ) : (
            <div className="dialog-form">{body}</div>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
