import type { ReactNode } from 'react'
import type { Icon } from './icons/icon'
import './notes.css'

interface Props {
  readonly icon: Icon
  readonly title: string
  readonly children?: ReactNode
  /** The next step, as buttons. */
  readonly actions?: ReactNode
}

export function EmptyState({ icon: Icon, title, children, actions }: Props) {
  return (
    <div className="empty">
      <span className="empty-icon">
        <Icon size={26} />
      </span>
      <h2>{title}</h2>
      {children ? <p>{children}</p> : null}
      {actions ? <div className="empty-actions">{actions}</div> : null}
    </div>
  )
}
