import { useRef, useState } from 'react'
import { poolTypes, type PoolType } from '../../../../shared/model/storage/pool-types'
import { walkOptions } from '../../../form/walk-options'
import { classNames } from '../../../ui/class-names'
import { ChevronRightIcon } from '../../../ui/icons/general'
import { CodeIcon } from '../../../ui/icons/hardware'
import { PoolTypeIcon } from '../storage-icons'

/** In place of a type: the definition is written as text. */
export const asXml = 'xml'

interface Props {
  readonly value: string
  readonly onChange: (type: string) => void
}

/** Kinds of storage, each with what it is for. The rare ones unfold. */
export function PoolTypes({ value, onChange }: Props) {
  const list = useRef<HTMLDivElement>(null)
  const usual = poolTypes.filter(({ rank }) => rank === 'usual')
  const others = poolTypes.filter(({ rank }) => rank === 'special')
  const [isOpen, setOpen] = useState(others.some(({ id }) => id === value))
  return (
    <div className="pool-types">
      <div
        ref={list}
        role="listbox"
        tabIndex={-1}
        aria-label="Kinds of storage"
        className="pool-types-list"
        onKeyDown={(event) => {
          const option = walkOptions(event, list.current)
          if (option) onChange(option.dataset['type'] ?? '')
        }}
      >
        {usual.map((type) => (
          <Entry key={type.id} type={type} isChosen={type.id === value} onChoose={onChange} />
        ))}
        {isOpen
          ? others.map((type) => (
              <Entry key={type.id} type={type} isChosen={type.id === value} onChoose={onChange} />
            ))
          : null}
      </div>
      {isOpen ? null : (
        <button type="button" className="pool-types-more" onClick={() => setOpen(true)}>
          <ChevronRightIcon size={12} /> {others.length} more kinds
        </button>
      )}
      <button
        type="button"
        aria-pressed={value === asXml}
        className="pool-type pool-type-xml"
        onClick={() => onChange(asXml)}
      >
        <CodeIcon />
        <span className="pool-type-label">From XML</span>
      </button>
    </div>
  )
}

interface EntryProps {
  readonly type: PoolType
  readonly isChosen: boolean
  readonly onChoose: (type: string) => void
}

function Entry({ type, isChosen, onChoose }: EntryProps) {
  return (
    // keys are handled by the list
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="option"
      aria-selected={isChosen}
      tabIndex={isChosen ? 0 : -1}
      data-type={type.id}
      className={classNames('pool-type')}
      onClick={() => onChoose(type.id)}
    >
      <PoolTypeIcon type={type.id} />
      <span className="pool-type-text">
        <span className="pool-type-label">{type.label}</span>
        <span className="pool-type-note">{type.explanation}</span>
      </span>
    </div>
  )
}
