import type { ReactNode } from 'react'
import type { Icon } from '../../ui/icons/icon'

interface Props {
  readonly icon: Icon
  readonly title: string
  readonly about: string
  readonly children?: ReactNode
}

export function PageHeader({ icon: HeaderIcon, title, about, children }: Props) {
  return (
    <header className="snap-page-header">
      <span className="snap-page-icon">
        <HeaderIcon size={18} />
      </span>
      <div className="snap-page-title">
        <h2 className="truncate selectable" title={title}>
          {title}
        </h2>
        <p className="snap-page-about truncate">{about}</p>
      </div>
      {children === undefined ? null : <div className="snap-page-actions">{children}</div>}
    </header>
  )
}
