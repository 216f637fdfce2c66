import type { ReactNode } from 'react'
import { ChevronRightIcon } from './icons/general'
import './notes.css'

export function Disclosure({ summary, children }: { summary: string; children: ReactNode }) {
  return (
    <details className="details">
      <summary>
        <ChevronRightIcon size={12} />
        {summary}
      </summary>
      {children}
    </details>
  )
}
