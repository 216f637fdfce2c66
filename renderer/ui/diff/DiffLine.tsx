import { memo, useEffect, useRef } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { UnfoldIcon } from '../icons/editing'
import type { DiffRow } from './diff-lines'
import { visibleText } from './visible-text'

const signs = { same: '', removed: '−', added: '+' } as const
const words = { same: '', removed: 'Removed', added: 'Added' } as const

interface Props {
  readonly row: DiffRow
  /** The first of the lines that the user has unfolded: the button that did it is gone, and the focus comes here. */
  readonly isFocused: boolean
}

export const DiffLine = memo(function DiffLine({ row, isFocused }: Props) {
  const line = useRef<HTMLTableRowElement>(null)
  useEffect(() => {
    if (isFocused) line.current?.focus({ preventScroll: true })
  }, [isFocused])
  return (
    <tr ref={line} className={`diff-line diff-${row.kind}`} {...(isFocused ? { tabIndex: -1 } : {})}>
      <td className="diff-number">{row.beforeLine}</td>
      <td className="diff-number">{row.afterLine}</td>
      <td className="diff-sign">
        <span aria-hidden="true">{signs[row.kind]}</span>
        <span className="visually-hidden">{words[row.kind]}</span>
      </td>
      <td className="diff-text selectable">
        {row.parts.map(({ text, isChanged }, index) =>
          isChanged ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one line, replaced as a whole
            <mark key={index}>{visibleText(text)}</mark>
          ) : (
            visibleText(text)
          ),
        )}
      </td>
    </tr>
  )
})

export function DiffFold({ count, onOpen }: { count: number; onOpen: () => void }) {
  return (
    <tr className="diff-fold">
      <td colSpan={4}>
        <AriaButton className="diff-fold-button" onPress={onOpen}>
          <UnfoldIcon size={14} />
          {count.toLocaleString('en')} unchanged lines
        </AriaButton>
      </td>
    </tr>
  )
}
