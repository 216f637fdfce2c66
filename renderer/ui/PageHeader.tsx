import type { ReactNode } from 'react'
import { classNames } from './class-names'
import type { Icon } from './icons/icon'
import './panes.css'

interface Props {
  readonly icon: Icon
  readonly title: string
  readonly about: string
  /** What it is about rests: it is grey. */
  readonly isOff?: boolean
  /** Buttons for what can be done with it. */
  readonly children?: ReactNode
}

/** Over the page of what is chosen in a list. */
export function PageHeader({ icon: HeaderIcon, title, about, isOff = false, children }: Props) {
  return (
    <header className="panes-page-header">
      <span className={classNames('panes-page-icon', isOff && 'panes-page-icon-off')}>
        <HeaderIcon size={18} />
      </span>
      <div className="panes-page-title">
        <h2 className="truncate selectable" title={title}>
          {title}
        </h2>
        <p className="panes-page-about truncate">{about}</p>
      </div>
      {children === undefined ? null : <div className="panes-page-actions">{children}</div>}
    </header>
  )
}
