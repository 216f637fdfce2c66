import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { Button, IconButton } from '../../ui/Button'
import { ArrowDownIcon, ArrowUpIcon, CloseIcon } from '../../ui/icons/general'
import type { Matches } from './terminal'

interface Props {
  readonly matches: Matches | undefined
  readonly onFind: (text: string, isForward: boolean, isCaseSensitive: boolean) => void
  readonly onClose: () => void
}

/** Finds in all that the terminal still has, newest first. */
export function FindBar({ matches, onFind, onClose }: Props) {
  const [text, setText] = useState('')
  const [isCaseSensitive, setCaseSensitive] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.stopPropagation()
      onClose()
    } else if (event.key === 'Enter') {
      event.preventDefault()
      onFind(text, event.shiftKey, isCaseSensitive)
    }
  }
  return (
    <div className="text-find" role="search" aria-label="Find in the terminal">
      <input
        ref={field}
        type="search"
        className="input"
        aria-label="Text to find"
        placeholder="Find"
        spellCheck={false}
        value={text}
        onChange={({ target }) => {
          setText(target.value)
          onFind(target.value, false, isCaseSensitive)
        }}
        onKeyDown={onKeyDown}
      />
      <span className="text-find-count" role="status">
        {text === '' || matches === undefined ? '' : countText(matches)}
      </span>
      <IconButton
        icon={ArrowUpIcon}
        label="Previous match"
        shortcut="Enter"
        className="button-small"
        onPress={() => onFind(text, false, isCaseSensitive)}
      />
      <IconButton
        icon={ArrowDownIcon}
        label="Next match"
        shortcut="Shift+Enter"
        className="button-small"
        onPress={() => onFind(text, true, isCaseSensitive)}
      />
      <Button
        variant="quiet"
        className="button-small text-toggle"
        aria-pressed={isCaseSensitive}
        tooltip="Tell capital letters apart"
        onPress={() => {
          setCaseSensitive(!isCaseSensitive)
          onFind(text, false, !isCaseSensitive)
        }}
      >
        Aa
      </Button>
      <IconButton icon={CloseIcon} label="Close the search" className="button-small" onPress={onClose} />
    </div>
  )
}

function countText({ current, count }: Matches): string {
  if (count === 0) return 'Not found'
  return current === 0 ? `${count} matches` : `${current} of ${count}`
}
