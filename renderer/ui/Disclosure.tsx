import type { ReactNode } from 'react'
import { ChevronRightIcon } from './icons/general'
import './notes.css'

interface Props {
  readonly summary: string
  /** How it begins. */
  readonly isOpen?: boolean
  readonly children: ReactNode
}

export function Disclosure({ summary, isOpen = false, children }: Props) {
  return (
    <details className="details" open={isOpen}>
      <summary>
        <ChevronRightIcon size={12} />
        {summary}
      </summary>
      {children}
    </details>
  )
}
