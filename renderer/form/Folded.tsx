import { useState, type ReactNode } from 'react'
import { ChevronRightIcon } from '../ui/icons/general'

interface Props {
  readonly title: ReactNode
  /** Shown whether asked for or not: something in it was changed, or is refused. */
  readonly isForced: boolean
  readonly children: ReactNode
}

/** What is rarely wanted, behind a line that unfolds it. */
export function Folded({ title, isForced, children }: Props) {
  const [isOpen, setOpen] = useState(false)
  const isShown = isOpen || isForced
  return (
    <div className="hw-more">
      <button
        type="button"
        className="hw-more-button"
        aria-expanded={isShown}
        onClick={() => setOpen(!isShown)}
      >
        <ChevronRightIcon size={12} />
        {title}
      </button>
      {isShown ? children : null}
    </div>
  )
}
