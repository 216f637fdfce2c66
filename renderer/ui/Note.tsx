import type { ReactNode } from 'react'
import { ErrorIcon, InfoIcon, WarningIcon } from './icons/general'
import './notes.css'

const icons = { error: ErrorIcon, warning: WarningIcon, info: InfoIcon }

interface Props {
  readonly tone: 'error' | 'warning' | 'info'
  readonly title?: ReactNode
  readonly children?: ReactNode
  readonly actions?: ReactNode
}

/** A coloured box that says something beside the work. Errors are announced. */
export function Note({ tone, title, children, actions }: Props) {
  const Icon = icons[tone]
  return (
    <div className={`note note-${tone}`} role={tone === 'error' ? 'alert' : undefined}>
      <Icon />
      <div className="note-text">
        {title === undefined ? null : <span className="note-title">{title}</span>}
        {children}
        {actions ? <div className="note-actions">{actions}</div> : null}
      </div>
    </div>
  )
}
